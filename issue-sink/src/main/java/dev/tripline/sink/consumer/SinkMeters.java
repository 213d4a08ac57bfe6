package dev.tripline.sink.consumer;

import dev.tripline.service.health.InputLag;
import dev.tripline.sink.filing.FilingState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the sink measures of itself, beside its calls to the tracker. All of it can be seen from the start on. Its names are those of
 * {@code docs/metrics.md}. One thread tells; any may read.
 */
public final class SinkMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final InputLag lag;
    private final List<Meter> gauges = new ArrayList<>();
    private volatile Map<FilingState, Integer> issues = Map.of();

    /**
     * Shows gauges until it is closed.
     *
     * @param incidents name of the topic of incidents
     * @param clock the wall clock
     */
    public SinkMeters(MeterRegistry registry, String incidents, InstantSource clock) {
        this.registry = registry;
        this.lag = new InputLag(registry, "tripline.sink", List.of(incidents), clock);
        for (UnreadableMessage.Cause cause : UnreadableMessage.Cause.values()) {
            DeadLetters.counter(registry, cause);
        }
        for (FilingState state : FilingState.values()) {
            gauges.add(Gauge.builder("tripline.sink.issues", () -> issues.getOrDefault(state, 0))
                    .description("Issues this sink looks after, by where they stand; 0 in one that stands by")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Takes in how many issues stand where. */
    void issues(Map<FilingState, Integer> counts) {
        issues = Map.copyOf(counts);
    }

    /** Takes in that a record was handled. */
    void handled(TopicPartition partition, long takenAtMillis) {
        lag.read(partition.topic(), partition.partition(), Instant.ofEpochMilli(Math.max(0, takenAtMillis)));
    }

    /** Takes in how far a consumer is, as it knows without asking Kafka. */
    void note(Consumer<?, ?> consumer, TopicPartition partition) {
        OptionalLong waiting = consumer.currentLag(partition);
        if (waiting.isPresent()) {
            lag.waiting(partition.topic(), partition.partition(), waiting.getAsLong());
        }
    }

    /** Takes in that another sink has the incidents. */
    void gaveUp(TopicPartition partition) {
        lag.forget(partition.topic(), partition.partition());
        issues = Map.of();
    }

    /** Shows no gauges any more. */
    @Override
    public void close() {
        lag.close();
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}
