package dev.tripline.analyzer.rate;

import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.StatusCounts;
import java.util.Map;
import java.util.OptionalDouble;
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
    private final SortedCounts<Integer> durations;
    private final SortedCounts<String> patterns;

    public Tally() {
        durations = new SortedCounts<>();
        patterns = new SortedCounts<>();
    }

    private Tally(Tally other) {
        counts = other.counts;
        flaky = other.flaky;
        durations = new SortedCounts<>(other.durations);
        patterns = new SortedCounts<>(other.patterns);
    }

    /** Makes a tally of what was counted elsewhere. */
    public static Tally of(StatusCounts counts, long flaky, Map<Integer, Long> durations, Map<String, Long> patterns) {
        var tally = new Tally();
        tally.counts = counts;
        tally.flaky = flaky;
        durations.forEach(tally.durations::add);
        patterns.forEach(tally.patterns::add);
        return tally;
    }

    /** Returns one that counted the same. */
    Tally copy() {
        return new Tally(this);
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
            durations.add(DurationSketch.bucketOf(durationMillis), 1);
        }
        if (patternId != null) {
            patterns.add(patternId, 1);
        }
    }

    /** Adds all that another tally counted. */
    public void add(Tally other) {
        counts = counts.plus(other.counts);
        flaky += other.flaky;
        durations.add(other.durations);
        patterns.add(other.patterns);
    }

    /**
     * Takes away what another tally counted.
     *
     * @param other all of it was added before
     */
    void subtract(Tally other) {
        counts = counts.minus(other.counts);
        flaky -= other.flaky;
        durations.subtract(other.durations);
        patterns.subtract(other.patterns);
    }

    /** Returns the same tally with the patterns that are not known taken together as {@value #OTHER_PATTERNS}. */
    Tally withPatterns(Predicate<String> isKnown) {
        var folded = new Tally();
        folded.counts = counts;
        folded.flaky = flaky;
        folded.durations.add(durations);
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.key(i);
            folded.patterns.add(isKnown.test(pattern) ? pattern : OTHER_PATTERNS, patterns.count(i));
        }
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

    /** Number of durations by bucket of {@link DurationSketch}; a copy. */
    public SortedMap<Integer, Long> durations() {
        return mapOf(durations);
    }

    /** Number of failures by pattern id; a copy. */
    public SortedMap<String, Long> patterns() {
        return mapOf(patterns);
    }

    /**
     * Returns a quantile of the durations in milliseconds; empty without one.
     *
     * @param q 0 to 1; 0.5 for the median
     */
    public OptionalDouble durationQuantile(double q) {
        return DurationSketch.quantile(durations, q);
    }

    /** The same as {@link #durations()}, not copied; not to be changed. */
    SortedCounts<Integer> durationCounts() {
        return durations;
    }

    /** The same as {@link #patterns()}, not copied; not to be changed. */
    SortedCounts<String> patternCounts() {
        return patterns;
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> mapOf(SortedCounts<K> counts) {
        var map = new TreeMap<K, Long>();
        for (int i = 0; i < counts.size(); i++) {
            map.put(counts.key(i), counts.count(i));
        }
        return map;
    }
}
