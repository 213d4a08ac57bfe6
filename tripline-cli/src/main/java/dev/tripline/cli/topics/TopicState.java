package dev.tripline.cli.topics;

import java.util.Map;

/**
 * A topic as it is.
 *
 * @param partitions number of partitions
 * @param settings Kafka's settings in force, also those that are defaults
 */
public record TopicState(int partitions, Map<String, String> settings) {
    public TopicState {
        settings = Map.copyOf(settings);
    }
}
