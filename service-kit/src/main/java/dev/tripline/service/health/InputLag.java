package dev.tripline.service.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a service is behind with each topic it reads, in records and in time. One that has nothing to read is not behind, however
 * old the last record is. What happens is told by the threads that read; any may.
 */
public final class InputLag implements AutoCloseable {
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final Map<Place, Progress> places = new ConcurrentHashMap<>();
    private final Map<String, Instant> newest = new ConcurrentHashMap<>();
    private final List<Meter> gauges = new ArrayList<>();

    private record Place(String topic, int partition) {}

    /**
     * How far a partition was read.
     *
     * @param waiting records that wait; 0 or more
     * @param readTo whatever the broker took before was read
     */
    private record Progress(long waiting, Instant readTo) {}

    /**
     * Shows gauges of topics until it is closed: {@code SERVICE.lag.records}, {@code SERVICE.lag.seconds} and
     * {@code SERVICE.newest.age.seconds}, each with the name of its topic.
     *
     * @param service first words of the names, such as {@code tripline.sink}
     * @param topics names of the topics; others are passed over
     * @param clock the wall clock, which the time of a record is compared with
     */
    public InputLag(MeterRegistry registry, String service, List<String> topics, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        for (String topic : topics) {
            gauges.add(Gauge.builder(service + ".lag.records", () -> records(topic))
                    .description("Records of a topic that this process has yet to read")
                    .tag("topic", topic)
                    .register(registry));
            gauges.add(Gauge.builder(service + ".lag.seconds", () -> seconds(lag(topic)))
                    .description("How long the oldest of them may have waited at most")
                    .tag("topic", topic)
                    .register(registry));
            gauges.add(Gauge.builder(service + ".newest.age.seconds", () -> newestAgeSeconds(topic))
                    .description("Time since the broker took the newest record that was read")
                    .tag("topic", topic)
                    .register(registry));
        }
    }

    /** Takes in that all records of a partition up to one were read, that one included, which the broker took then. */
    public void read(String topic, int partition, Instant takenAt) {
        places.merge(
                new Place(topic, partition),
                new Progress(0, takenAt),
                (before, read) -> new Progress(before.waiting(), read.readTo()));
        newest.merge(topic, takenAt, (before, now) -> now.isAfter(before) ? now : before);
    }

    /**
     * Takes in how many records of a partition wait; to be told again and again.
     *
     * @param records 0 or more
     */
    public void waiting(String topic, int partition, long records) {
        Instant now = clock.instant();
        places.merge(
                new Place(topic, partition),
                new Progress(records, now),
                (before, found) -> records == 0 ? found : new Progress(records, before.readTo()));
    }

    /** Takes in that this process no longer reads a partition. */
    public void forget(String topic, int partition) {
        places.remove(new Place(topic, partition));
    }

    /** Returns how many records of a topic wait; 0 or more. */
    long records(String topic) {
        return places.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().waiting())
                .sum();
    }

    /** Returns how long the oldest record that waits may have done so; zero if none does. */
    Duration lag(String topic) {
        Instant now = clock.instant();
        return places.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .filter(entry -> entry.getValue().waiting() > 0)
                .map(entry -> Duration.between(entry.getValue().readTo(), now))
                .filter(lag -> !lag.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns the age of the newest record that was read; not a number before the first. */
    double newestAgeSeconds(String topic) {
        @Nullable Instant takenAt = newest.get(topic);
        return takenAt == null ? Double.NaN : seconds(Duration.between(takenAt, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    /** Shows no gauges any more. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}
