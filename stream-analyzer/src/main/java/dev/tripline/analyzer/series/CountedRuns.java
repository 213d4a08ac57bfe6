package dev.tripline.analyzer.series;

import dev.tripline.service.time.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which runs of a series were counted, so that each counts once. Runs are kept as intervals for each source: small when
 * they come in order, exact when they do not. Mutable; not for several threads.
 */
public final class CountedRuns {
    /** What became of an outcome. */
    public enum Verdict {
        COUNTED,
        /** It was counted before. */
        REPEATED,
        /** It ended longer than the horizon before the newest outcome of its series: nobody remembers whether it counted. */
        LATE
    }

    /**
     * Intervals of one source, for state stores.
     *
     * @param bounds first and last run of each interval, in turn, ascending
     * @param newest end of the newest outcome of the source
     */
    public record SourceRuns(List<Long> bounds, Instant newest) {}

    private final Duration horizon;
    private final TreeMap<String, TreeMap<Long, Long>> intervals = new TreeMap<>();
    private final TreeMap<String, Instant> newestBySource = new TreeMap<>();
    private Instant newest;

    /**
     * @param horizon span of event time before the newest outcome within which each outcome is remembered; positive
     */
    public CountedRuns(Duration horizon) {
        this(horizon, Instant.MIN, Map.of());
    }

    /** Restores what {@link #newest()} and {@link #sources()} told. */
    public CountedRuns(Duration horizon, Instant newest, Map<String, SourceRuns> sources) {
        this.horizon = horizon;
        this.newest = newest;
        sources.forEach((source, runs) -> {
            var bySource = new TreeMap<Long, Long>();
            for (int i = 0; i < runs.bounds().size(); i += 2) {
                bySource.put(runs.bounds().get(i), runs.bounds().get(i + 1));
            }
            intervals.put(source, bySource);
            newestBySource.put(source, runs.newest());
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
        if (!add(intervals.computeIfAbsent(counter, s -> new TreeMap<>()), run)) {
            return Verdict.REPEATED;
        }
        newestBySource.merge(counter, endedAt, (a, b) -> a.isAfter(b) ? a : b);
        if (endedAt.isAfter(newest)) {
            newest = endedAt;
            forgetBefore(newest.minus(horizon));
        }
        return Verdict.COUNTED;
    }

    /** End of the newest outcome that counted; {@link Instant#MIN} before the first. */
    public Instant newest() {
        return newest;
    }

    /** Returns what is remembered, by source. */
    public Map<String, SourceRuns> sources() {
        var sources = new TreeMap<String, SourceRuns>();
        intervals.forEach((source, runs) -> {
            var bounds = new ArrayList<Long>();
            runs.forEach((first, last) -> {
                bounds.add(first);
                bounds.add(last);
            });
            sources.put(source, new SourceRuns(List.copyOf(bounds), newestBySource.getOrDefault(source, newest)));
        });
        return sources;
    }

    /** A source whose newest outcome is beyond the horizon can only send late ones. */
    private void forgetBefore(Instant begin) {
        newestBySource.entrySet().removeIf(source -> {
            boolean old = source.getValue().isBefore(begin);
            if (old) {
                intervals.remove(source.getKey());
            }
            return old;
        });
    }

    private static boolean add(NavigableMap<Long, Long> runs, long run) {
        var before = runs.floorEntry(run);
        if (before != null && before.getValue() >= run) {
            return false;
        }
        boolean joinsBefore = before != null && before.getValue() == run - 1;
        Long lastOfNext = run == Long.MAX_VALUE ? null : runs.remove(run + 1);
        long last = lastOfNext == null ? run : lastOfNext;
        runs.put(joinsBefore ? before.getKey() : run, last);
        return true;
    }
}
