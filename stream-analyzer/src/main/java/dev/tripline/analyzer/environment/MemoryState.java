package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.state.MemoryTables;

/** State of an environment in memory, for analysis without Kafka. Not for several threads. */
public final class MemoryState extends EnvironmentState {
    public MemoryState(String environment) {
        super(environment, new MemoryTables());
    }
}
