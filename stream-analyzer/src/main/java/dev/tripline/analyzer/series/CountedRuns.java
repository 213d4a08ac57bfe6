package dev.tripline.analyzer.series;

import dev.tripline.service.time.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a series were counted, so that each counts once. Runs are kept as intervals for each source: small when
 * they follow one another, exact when they do not. An interval whose newest outcome is older than the horizon goes: what comes of it
 * now is late. Mutable; not for several threads.
 */
public final class CountedRuns {
    /** Time between two looks for what is too old; a look takes time that grows with what is remembered. */
    private static final Duration LOOK = Duration.ofHours(1);

    /** What became of an outcome. */
    public enum Verdict {
        COUNTED,
        /** It was counted before. */
        REPEATED,
        /** It ended longer than the horizon before the newest outcome of its series: nobody remembers whether it counted. */
        LATE
    }

    /**
     * Runs that follow one another.
     *
     * @param first the first of them, 0 or more
     * @param last the last of them
     * @param newest end of the newest outcome of all of them
     */
    public record Interval(long first, long last, Instant newest) {}

    private final Duration horizon;
    private final TreeMap<String, TreeMap<Long, Interval>> sources = new TreeMap<>();
    private Instant newest;

    /**
     * @param horizon span of event time before the newest outcome within which each outcome is remembered; positive
     */
    public CountedRuns(Duration horizon) {
        this(horizon, Instant.MIN, Map.of());
    }

    /** Restores what {@link #newest()} and {@link #sources()} told. */
    public CountedRuns(Duration horizon, Instant newest, Map<String, List<Interval>> sources) {
        this.horizon = horizon;
        this.newest = newest;
        sources.forEach((source, intervals) -> {
            var byFirst = new TreeMap<Long, Interval>();
            intervals.forEach(interval -> byFirst.put(interval.first(), interval));
            this.sources.put(source, byFirst);
        });
    }

    /**
     * Counts an outcome unless it was counted before or is too late to know.
     *
     * @param attempt attempt within the run; attempts are told apart
     */
    public Verdict count(String source, long run, int attempt, Instant endedAt) {
        if (Acceptance.isLate(endedAt, newest, horizon)) {
            return Verdict.LATE;
        }
        String counter = attempt == 1 ? source : source + "#" + attempt;
        if (!add(sources.computeIfAbsent(counter, s -> new TreeMap<>()), run, endedAt)) {
            return Verdict.REPEATED;
        }
        if (endedAt.isAfter(newest)) {
            boolean look = newest.equals(Instant.MIN) || !hour(endedAt).equals(hour(newest));
            newest = endedAt;
            if (look) {
                forgetBefore(newest.minus(horizon));
            }
        }
        return Verdict.COUNTED;
    }

    /** End of the newest outcome that counted; {@link Instant#MIN} before the first. */
    public Instant newest() {
        return newest;
    }

    /** Returns what is remembered, by source, in the order of the runs. */
    public Map<String, List<Interval>> sources() {
        var copy = new TreeMap<String, List<Interval>>();
        sources.forEach((source, intervals) -> copy.put(source, new ArrayList<>(intervals.values())));
        return copy;
    }

    /** What is older can only send late outcomes. */
    private void forgetBefore(Instant begin) {
        sources.values().removeIf(intervals -> {
            intervals.values().removeIf(interval -> interval.newest().isBefore(begin));
            return intervals.isEmpty();
        });
    }

    private static Instant hour(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), LOOK.toSeconds()));
    }

    private static boolean add(NavigableMap<Long, Interval> intervals, long run, Instant endedAt) {
        var floor = intervals.floorEntry(run);
        @Nullable Interval before = floor == null ? null : floor.getValue();
        if (before != null && before.last() >= run) {
            return false;
        }
        long first = run;
        long last = run;
        Instant end = endedAt;
        if (before != null && before.last() == run - 1) {
            first = before.first();
            end = later(end, before.newest());
        }
        @Nullable Interval after = run == Long.MAX_VALUE ? null : intervals.remove(run + 1);
        if (after != null) {
            last = after.last();
            end = later(end, after.newest());
        }
        intervals.put(first, new Interval(first, last, end));
        return true;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
