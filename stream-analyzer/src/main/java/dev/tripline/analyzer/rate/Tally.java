package dev.tripline.analyzer.rate;

import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.StatusCounts;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is counted over one span of time: outcomes by status, durations by logarithmic bucket, failures by pattern. Mutable;
 * not for several threads.
 */
public final class Tally {
    /** Stands for all patterns of a scope that are not told apart; no pattern has this id. */
    public static final String OTHER_PATTERNS = "others";

    private StatusCounts counts = StatusCounts.NONE;
    private long flaky;
    private final TreeMap<Integer, Long> durations = new TreeMap<>();
    private final TreeMap<String, Long> patterns = new TreeMap<>();

    /** Makes a tally of what was counted elsewhere. */
    public static Tally of(StatusCounts counts, long flaky, Map<Integer, Long> durations, Map<String, Long> patterns) {
        var tally = new Tally();
        tally.counts = counts;
        tally.flaky = flaky;
        tally.durations.putAll(durations);
        tally.patterns.putAll(patterns);
        return tally;
    }

    /**
     * Counts one outcome.
     *
     * @param isFlaky whether it passed only on a retry
     * @param durationMillis null if it was not measured
     * @param patternId pattern of the failure; null unless it failed
     */
    public void count(
            OutcomeStatus status, boolean isFlaky, @Nullable Long durationMillis, @Nullable String patternId) {
        counts = counts.plus(status, 1);
        flaky += isFlaky && status == OutcomeStatus.PASSED ? 1 : 0;
        if (durationMillis != null && status.isConclusive()) {
            durations.merge(DurationSketch.bucketOf(durationMillis), 1L, Long::sum);
        }
        if (patternId != null) {
            patterns.merge(patternId, 1L, Long::sum);
        }
    }

    /** Adds all that another tally counted. */
    public void add(Tally other) {
        counts = counts.plus(other.counts);
        flaky += other.flaky;
        other.durations.forEach((bucket, times) -> durations.merge(bucket, times, Long::sum));
        other.patterns.forEach((pattern, times) -> patterns.merge(pattern, times, Long::sum));
    }

    /**
     * Takes away what another tally counted.
     *
     * @param other all of it was added before
     */
    void subtract(Tally other) {
        counts = counts.minus(other.counts);
        flaky -= other.flaky;
        other.durations.forEach((bucket, times) -> durations.computeIfPresent(bucket, (b, all) -> left(all, times)));
        other.patterns.forEach((pattern, times) -> patterns.computeIfPresent(pattern, (p, all) -> left(all, times)));
    }

    /** Returns null when nothing is left, so that the entry goes. */
    private static @Nullable Long left(Long all, Long gone) {
        return all > gone ? Long.valueOf(all - gone) : null;
    }

    /** Returns the same tally with the patterns that are not known taken together as {@value #OTHER_PATTERNS}. */
    Tally withPatterns(Predicate<String> isKnown) {
        var folded = new Tally();
        folded.counts = counts;
        folded.flaky = flaky;
        folded.durations.putAll(durations);
        patterns.forEach((pattern, times) ->
                folded.patterns.merge(isKnown.test(pattern) ? pattern : OTHER_PATTERNS, times, Long::sum));
        return folded;
    }

    /** Outcomes by status. */
    public StatusCounts counts() {
        return counts;
    }

    /** Passes that needed a retry. */
    public long flaky() {
        return flaky;
    }

    /** Number of durations by bucket of {@link DurationSketch}; unmodifiable. */
    public NavigableMap<Integer, Long> durations() {
        return Collections.unmodifiableNavigableMap(durations);
    }

    /** Number of failures by pattern id; unmodifiable. */
    public SortedMap<String, Long> patterns() {
        return Collections.unmodifiableSortedMap(patterns);
    }
}
