package dev.tripline.analyzer.series;

import dev.tripline.analyzer.state.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a suite remembers of which there is one: how far it has come, and what is still open. Mutable; not for several threads. */
public final class Suite {
    /** Runs that are waited for at once; of more, the oldest are over. */
    static final int MOST_OPEN = 256;

    /** Locations whose usual time is known; the others have none. */
    static final int MOST_LOCATIONS = 256;

    /** A run that says it took longer has a begin that is none. */
    static final Duration LONGEST = Duration.ofDays(2);

    /** How much of the usual time stays when another run is complete. */
    private static final long INERTIA = 7;

    private final String name;
    private Instant newest;
    private Instant takenAt;
    private int series;
    private final LinkedHashSet<String> open;
    private final TreeMap<String, Duration> usual;
    private final Numbers fresh;
    private final Numbers kept;

    Suite(String name) {
        this(name, Instant.MIN, Instant.MIN, 0, List.of(), Map.of(), new Numbers(), new Numbers());
    }

    /**
     * Restores a suite.
     *
     * @param newest end of the newest outcome that counted; {@link Instant#MIN} before the first
     * @param takenAt when the broker took the last of what counted
     * @param series numbers that were given to series; 0 or more
     * @param open keys of runs that are waited for, in the order in which they began to come
     * @param usual how long complete runs take, by short key of the location
     * @param fresh hours under which runs are filed until they are settled or older
     * @param kept hours under which older ones are filed, and sources
     */
    public Suite(
            String name,
            Instant newest,
            Instant takenAt,
            int series,
            Collection<String> open,
            Map<String, Duration> usual,
            Numbers fresh,
            Numbers kept) {
        this.name = name;
        this.newest = newest;
        this.takenAt = takenAt;
        this.series = series;
        this.open = new LinkedHashSet<>(open);
        this.usual = new TreeMap<>(usual);
        this.fresh = fresh;
        this.kept = kept;
    }

    public String name() {
        return name;
    }

    public Instant newest() {
        return newest;
    }

    public Instant takenAt() {
        return takenAt;
    }

    public int series() {
        return series;
    }

    public List<String> open() {
        return List.copyOf(open);
    }

    public Map<String, Duration> usual() {
        return Map.copyOf(usual);
    }

    public Numbers fresh() {
        return fresh;
    }

    public Numbers kept() {
        return kept;
    }

    /** How long complete runs take at a location; null if none was. */
    @Nullable
    Duration usualAt(String location) {
        return usual.get(location);
    }

    /** Returns a number for a series that has none. */
    int another() {
        return series++;
    }

    void reached(Instant endedAt, Instant taken) {
        newest = endedAt.isAfter(newest) ? endedAt : newest;
        takenAt = taken.isAfter(takenAt) ? taken : takenAt;
    }

    /** Notes that a series has a number, after a restart. */
    void knows(int number) {
        series = Math.max(series, number + 1);
    }

    void opened(String run) {
        open.add(run);
    }

    void closed(String run) {
        open.remove(run);
    }

    void completed(String location, Duration given) {
        Duration took = given.compareTo(LONGEST) > 0 ? LONGEST : given;
        @Nullable Duration before = usual.get(location);
        if (before != null) {
            long millis = (INERTIA * before.toMillis() + took.toMillis()) / (INERTIA + 1);
            usual.put(location, Duration.ofMillis(millis));
        } else if (usual.size() < MOST_LOCATIONS) {
            usual.put(location, took);
        }
    }
}
