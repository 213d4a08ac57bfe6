package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.ClassNames;
import dev.tripline.analyzer.outcome.DeployedRevision;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one environment knows of an error pattern.
 *
 * @param example one real, redacted message
 * @param details some lines of one real, redacted stack trace or longer output; null if none came
 * @param failures failures with it; 1 or more
 * @param suites suites it hit, at most {@value #SUITES}
 * @param testHashes hashes of the tests it hit, at most {@value #TESTS}
 * @param lastDeploymentBefore newest deployment before its first sight; null if none is known
 */
public record PatternKnowledge(
        ErrorPattern pattern,
        String example,
        @Nullable String details,
        Instant firstSeenAt,
        Instant lastSeenAt,
        long failures,
        SortedSet<String> suites,
        SortedSet<Integer> testHashes,
        @Nullable DeployedRevision lastDeploymentBefore) {
    private static final int SUITES = 100;
    private static final int TESTS = 1_000;

    public PatternKnowledge {
        suites = Collections.unmodifiableSortedSet(new TreeSet<>(suites));
        testHashes = Collections.unmodifiableSortedSet(new TreeSet<>(testHashes));
    }

    /** Returns what is known after the first failure with a pattern. */
    public static PatternKnowledge first(PatternedFailure failure, @Nullable DeployedRevision lastDeploymentBefore) {
        return new PatternKnowledge(
                failure.pattern(),
                failure.message(),
                failure.details(),
                failure.outcome().endedAt(),
                failure.outcome().endedAt(),
                1,
                SortedSetOf.one(failure.outcome().suite()),
                SortedSetOf.one(testHash(failure)),
                lastDeploymentBefore);
    }

    /** Returns what is known after one more failure with the pattern. */
    public PatternKnowledge after(PatternedFailure failure) {
        var at = failure.outcome().endedAt();
        return new PatternKnowledge(
                pattern,
                example,
                details == null ? failure.details() : details,
                at.isBefore(firstSeenAt) ? at : firstSeenAt,
                at.isAfter(lastSeenAt) ? at : lastSeenAt,
                failures + 1,
                SortedSetOf.with(suites, failure.outcome().suite(), SUITES),
                SortedSetOf.with(testHashes, testHash(failure), TESTS),
                lastDeploymentBefore);
    }

    /** Returns it without the suites and tests it hit, which take most of its room. */
    PatternKnowledge withoutWhere() {
        return suites.isEmpty() && testHashes.isEmpty()
                ? this
                : new PatternKnowledge(
                        pattern,
                        example,
                        details,
                        firstSeenAt,
                        lastSeenAt,
                        failures,
                        Collections.emptySortedSet(),
                        Collections.emptySortedSet(),
                        lastDeploymentBefore);
    }

    private static int testHash(PatternedFailure failure) {
        var outcome = failure.outcome();
        return ClassNames.key('\n', outcome.suite(), outcome.className(), outcome.test())
                .hashCode();
    }
}
