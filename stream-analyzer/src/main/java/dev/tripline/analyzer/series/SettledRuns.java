package dev.tripline.analyzer.series;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one source that are complete and of before the horizon: whatever comes of them was counted. Kept as intervals, each as
 * long as the newest of its runs is remembered. Mutable; not for several threads.
 */
public final class SettledRuns {
    /**
     * Runs that follow one another.
     *
     * @param first the first of them, 0 or more
     * @param last the last of them
     * @param newest end of the newest outcome of all of them
     */
    public record Interval(long first, long last, Instant newest) {}

    private final TreeMap<Long, Interval> byFirst = new TreeMap<>();

    public SettledRuns() {
        this(List.of());
    }

    /** Restores what {@link #intervals()} told. */
    public SettledRuns(Collection<Interval> intervals) {
        intervals.forEach(interval -> byFirst.put(interval.first(), interval));
    }

    /** Returns the intervals, in the order of the runs. */
    public List<Interval> intervals() {
        return List.copyOf(byFirst.values());
    }

    /** Tells whether a run is among them. */
    public boolean contains(long run) {
        var floor = byFirst.floorEntry(run);
        return floor != null && floor.getValue().last() >= run;
    }

    /** Adds a run, if it is not there. */
    public void add(long run, Instant endedAt) {
        var floor = byFirst.floorEntry(run);
        @Nullable Interval before = floor == null ? null : floor.getValue();
        if (before != null && before.last() >= run) {
            byFirst.put(before.first(), new Interval(before.first(), before.last(), later(before.newest(), endedAt)));
            return;
        }
        long first = run;
        long last = run;
        Instant end = endedAt;
        if (before != null && before.last() == run - 1) {
            first = before.first();
            end = later(end, before.newest());
        }
        @Nullable Interval after = run == Long.MAX_VALUE ? null : byFirst.remove(run + 1);
        if (after != null) {
            last = after.last();
            end = later(end, after.newest());
        }
        byFirst.put(first, new Interval(first, last, end));
    }

    /** Forgets the intervals whose newest outcome ended before a time. */
    public void forgetBefore(Instant begin) {
        byFirst.values().removeIf(interval -> interval.newest().isBefore(begin));
    }

    /** End of the oldest interval; {@link Instant#MAX} without one. */
    public Instant oldest() {
        return byFirst.values().stream()
                .map(Interval::newest)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
