package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a suite, as far as its outcomes have come.
 *
 * @param counts outcomes that came
 * @param flaky passes among them that needed a retry
 * @param totals outcomes that were published; null until the run's totals came
 * @param failures the failures by pattern, at most {@value PatternChange#EVIDENCE} for each
 * @param patterns number of failures by pattern
 */
public record RunOfSuite(
        RunId id,
        Instant startedAt,
        Instant endedAt,
        StatusCounts counts,
        long flaky,
        @Nullable StatusCounts totals,
        SortedMap<String, Long> patterns,
        SortedMap<String, List<FailedTest>> failures,
        @Nullable String service,
        @Nullable String revision) {
    /** One failure of the run. */
    public record FailedTest(OutcomeId outcome, OutcomeStatus status) {}

    /** Oldest first; runs that ended together by identity. */
    public static final Comparator<RunOfSuite> BY_TIME =
            Comparator.comparing(RunOfSuite::endedAt).thenComparing(RunOfSuite::id);

    public RunOfSuite {
        patterns = Collections.unmodifiableSortedMap(new TreeMap<>(patterns));
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    }

    /** Returns a run of which nothing has come yet. */
    public static RunOfSuite begin(
            RunId id, Instant startedAt, Instant endedAt, @Nullable String service, @Nullable String revision) {
        return new RunOfSuite(
                id,
                startedAt,
                endedAt,
                StatusCounts.NONE,
                0,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                service,
                revision);
    }

    /** Tells whether all outcomes that were published have come. */
    public boolean isComplete() {
        return totals != null && counts.total() >= totals.total();
    }

    /** Returns the run after more of its outcomes came. */
    public RunOfSuite plus(
            StatusCounts more, long moreFlaky, List<PatternedFailure> moreFailures, Instant begin, Instant end) {
        var allPatterns = new TreeMap<>(patterns);
        var allFailures = new TreeMap<>(failures);
        for (PatternedFailure failure : moreFailures) {
            String pattern = failure.pattern().id();
            allPatterns.merge(pattern, 1L, Long::sum);
            var known = new ArrayList<>(allFailures.getOrDefault(pattern, List.of()));
            if (known.size() < PatternChange.EVIDENCE) {
                known.add(new FailedTest(failure.outcome(), failure.status()));
            }
            allFailures.put(pattern, List.copyOf(known));
        }
        return new RunOfSuite(
                id,
                begin.isBefore(startedAt) ? begin : startedAt,
                end.isAfter(endedAt) ? end : endedAt,
                counts.plus(more),
                flaky + moreFlaky,
                totals,
                allPatterns,
                allFailures,
                service,
                revision);
    }

    /** Returns the run after its totals came. */
    public RunOfSuite with(StatusCounts published, Instant begin, Instant end) {
        return new RunOfSuite(
                id,
                begin.isBefore(startedAt) ? begin : startedAt,
                end.isAfter(endedAt) ? end : endedAt,
                counts,
                flaky,
                published,
                patterns,
                failures,
                service,
                revision);
    }

    /** Returns the pattern with most failures, the smaller id of equals; empty without failures. */
    public Optional<String> dominantPattern() {
        return patterns.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }
}
