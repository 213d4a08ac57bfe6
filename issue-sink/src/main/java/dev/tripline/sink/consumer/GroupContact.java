package dev.tripline.sink.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Notices that Kafka has gone away. A poll that brings nothing does not tell: the consumer tries again in silence. The number
 * of heartbeats that were answered does. Not thread-safe.
 */
final class GroupContact {
    /** Ten times Kafka's usual time between two heartbeats. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** Heartbeats that were answered; see {@code AbstractCoordinator} of Kafka's clients. */
    private static final String ANSWERS = "heartbeat-total";

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
    private @Nullable Metric answers;
    private @Nullable Object lastCount;
    private Instant lastAnswerAt = Instant.MIN;

    /**
     * @param metrics the measures of a consumer that is in a group
     */
    GroupContact(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        this.metrics = metrics;
    }

    /** Returns what to tell about a silence of Kafka; empty if it answers. To be asked every few seconds. */
    String silence(Instant now) {
        Object count = count();
        if (count == null) {
            return "";
        }
        if (!count.equals(lastCount)) {
            lastCount = count;
            lastAnswerAt = now;
        }
        Duration silence = Duration.between(lastAnswerAt, now);
        return silence.compareTo(LONGEST_SILENCE) <= 0
                ? ""
                : "waiting for Kafka: no answer of its group for " + silence.toSeconds() + " s";
    }

    private @Nullable Object count() {
        Metric found = answers;
        if (found == null) {
            found = metrics.get().entrySet().stream()
                    .filter(entry -> entry.getKey().name().equals(ANSWERS))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(null);
            answers = found;
        }
        return found == null ? null : found.metricValue();
    }
}
