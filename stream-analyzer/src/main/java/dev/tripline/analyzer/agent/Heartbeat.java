package dev.tripline.analyzer.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of an agent.
 *
 * @param sentAt by the agent's clock
 * @param takenAt by the broker's
 * @param probes its probes
 */
public record Heartbeat(String agent, String location, Instant sentAt, Instant takenAt, List<Probe> probes) {
    /**
     * A probe, as its agent tells of it.
     *
     * @param environment environment it watches
     * @param nextDueAt when it runs next, by the agent's clock; null if it does not run by itself
     * @param lastEndedAt when it last ended, likewise; null before its first run
     * @param isRunning whether it runs now
     */
    public record Probe(
            String name,
            String environment,
            @Nullable Instant nextDueAt,
            @Nullable Instant lastEndedAt,
            boolean isRunning) {}

    /** How far the agent's clock is ahead of the broker's; negative if it is behind. */
    public Duration clockAhead() {
        return Duration.between(takenAt, sentAt);
    }
}
