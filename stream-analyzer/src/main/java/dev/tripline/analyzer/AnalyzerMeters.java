package dev.tripline.analyzer;

import dev.tripline.analyzer.topology.StageMeters;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.service.health.InputLag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * What the analyzer measures of itself, beside what Kafka Streams does. All of it can be seen from the start on. Its names are those
 * of {@code docs/metrics.md}.
 */
public final class AnalyzerMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final InputLag lag;
    private final Counter threadsReplaced;
    private final List<Meter> gauges = new ArrayList<>();

    /**
     * Shows what can be measured without a client of Kafka Streams until it is closed.
     *
     * @param heldPartitions tells how many partitions stand still because the Schema Registry is away
     * @param clock the wall clock
     */
    public AnalyzerMeters(MeterRegistry registry, Topics topics, IntSupplier heldPartitions, InstantSource clock) {
        this.registry = registry;
        StageMeters.register(registry, topics);
        List<String> read = StageMeters.read(topics).stream().map(Topic::name).toList();
        lag = new InputLag(registry, "tripline.analyzer", read, clock);
        threadsReplaced = Counter.builder("tripline.analyzer.threads.replaced")
                .description("Stream threads that failed and were replaced")
                .register(registry);
        gauges.add(Gauge.builder("tripline.analyzer.held.partitions", heldPartitions::getAsInt)
                .description("Partitions that stand still until the Schema Registry answers")
                .register(registry));
    }

    /**
     * Shows how large stores are, too.
     *
     * @param stores their names
     * @param bytes tells the size of a store of this process; 0 or more
     */
    public void showStores(Collection<String> stores, ToDoubleFunction<String> bytes) {
        for (String store : stores) {
            gauges.add(Gauge.builder("tripline.analyzer.state.bytes", () -> bytes.applyAsDouble(store))
                    .description("Size of a store on this machine")
                    .baseUnit("bytes")
                    .tag("store", store)
                    .register(registry));
        }
    }

    /** Returns what is told how far stream threads have read. */
    InputLag lag() {
        return lag;
    }

    /** Counts a stream thread that was replaced. */
    void threadReplaced() {
        threadsReplaced.increment();
    }

    /** Shows no gauges any more. */
    @Override
    public void close() {
        lag.close();
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}
