package dev.tripline.analyzer.run;

import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.rate.PatternShare;
import dev.tripline.analyzer.rate.Tally;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a suite, as far as its outcomes have come.
 *
 * @param counts outcomes that came
 * @param flaky passes among them that needed a retry
 * @param totals outcomes that were published; null until the run's totals came
 * @param patterns number of failures by pattern, for at most {@value #PATTERNS} patterns
 * @param otherFailures failures with further patterns
 * @param end how it was told to be over
 */
public record RunOfSuite(
        RunId id,
        Instant startedAt,
        Instant endedAt,
        StatusCounts counts,
        long flaky,
        @Nullable StatusCounts totals,
        SortedMap<String, Long> patterns,
        long otherFailures,
        @Nullable String service,
        @Nullable String revision,
        RunEnd end) {
    /** Patterns that are told apart: those that came first. */
    public static final int PATTERNS = 256;

    /** Oldest first; runs that ended together by identity. */
    public static final Comparator<RunOfSuite> BY_TIME =
            Comparator.comparing(RunOfSuite::endedAt).thenComparing(RunOfSuite::id);

    public RunOfSuite {
        patterns = Collections.unmodifiableSortedMap(new TreeMap<>(patterns));
        // State of before does not have it.
        end = end == null ? RunEnd.OPEN : end;
    }

    /** Returns a run of which nothing has come yet. */
    public static RunOfSuite begin(
            RunId id, Instant startedAt, Instant endedAt, @Nullable String service, @Nullable String revision) {
        return new RunOfSuite(
                id, startedAt, endedAt, StatusCounts.NONE, 0, null, new TreeMap<>(), 0, service, revision, RunEnd.OPEN);
    }

    /** Tells whether it is over: nothing is waited for that belongs to it. */
    public boolean isComplete() {
        return end != RunEnd.OPEN || (totals != null && counts.total() >= totals.total());
    }

    /** Returns how many outcomes were published and did not come; empty if nobody said how many were. */
    public OptionalLong lost() {
        StatusCounts published = totals;
        return published == null || end == RunEnd.UNTOLD
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, published.total() - counts.total()));
    }

    /** Tells whether totals say more than is known: the first, or that what was missing came after all. */
    public boolean isNews(RunEnd told) {
        return switch (end) {
            case OPEN -> totals == null || told != RunEnd.OPEN;
            case UNTOLD -> told == RunEnd.COMPLETE || told == RunEnd.INCOMPLETE;
            case INCOMPLETE -> told == RunEnd.COMPLETE;
            case COMPLETE -> false;
        };
    }

    /** Returns the run after more of its outcomes came. */
    public RunOfSuite plus(
            StatusCounts more, long moreFlaky, List<PatternedFailure> moreFailures, Instant begin, Instant latest) {
        var allPatterns = new TreeMap<>(patterns);
        long others = otherFailures;
        for (PatternedFailure failure : moreFailures) {
            String pattern = failure.pattern().id();
            if (allPatterns.containsKey(pattern) || allPatterns.size() < PATTERNS) {
                allPatterns.merge(pattern, 1L, Long::sum);
            } else {
                others++;
            }
        }
        return new RunOfSuite(
                id,
                begin.isBefore(startedAt) ? begin : startedAt,
                latest.isAfter(endedAt) ? latest : endedAt,
                counts.plus(more),
                flaky + moreFlaky,
                totals,
                allPatterns,
                others,
                service,
                revision,
                end);
    }

    /** Returns the run after its totals came. */
    public RunOfSuite with(StatusCounts published, Instant begin, Instant latest, RunEnd told) {
        return new RunOfSuite(
                id,
                begin.isBefore(startedAt) ? begin : startedAt,
                latest.isAfter(endedAt) ? latest : endedAt,
                counts,
                flaky,
                published,
                patterns,
                otherFailures,
                service,
                revision,
                told);
    }

    /** Returns how much of the failures each pattern holds, most frequent first. */
    public List<PatternShare> shares() {
        if (otherFailures == 0) {
            return PatternShare.of(patterns);
        }
        var all = new TreeMap<>(patterns);
        all.put(Tally.OTHER_PATTERNS, otherFailures);
        return PatternShare.of(all);
    }

    /** Returns the pattern with most failures, the smaller id of equals; empty without failures. */
    public Optional<String> dominantPattern() {
        return patterns.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }
}
