package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.outcome.ClassNames;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import java.time.Instant;

/**
 * One test an incident hits.
 *
 * @param className class of the test; empty if it has none
 * @param failures failures that belong to the incident; 1 or more
 * @param lastPatternId pattern of its newest failure
 * @param outcomesSince conclusive outcomes in a row without the incident's pattern, as far as signals told
 * @param changedAt when its condition changed last
 */
public record AffectedTest(
        String suite,
        String className,
        String test,
        String location,
        long failures,
        Instant firstFailedAt,
        Instant lastFailedAt,
        String lastPatternId,
        Condition condition,
        int outcomesSince,
        Instant changedAt) {
    /** What a test of an incident did last. */
    public enum Condition {
        FAILING,
        /** It fails, but with another pattern. */
        FAILING_DIFFERENTLY,
        PASSING,
        /** The incident's pattern has stayed away for long enough. */
        RECOVERED
    }

    public AffectedTest {
        className = ClassNames.orEmpty(className);
    }

    /** Returns a key that differs for different tests, and for a test at different locations. */
    public static String keyOf(OutcomeId outcome) {
        return key(outcome.suite(), outcome.className(), outcome.test(), outcome.location());
    }

    /** Returns the key of {@link #keyOf} of its outcomes. */
    public String key() {
        return key(suite, className, test, location);
    }

    /** Returns a key that differs for different tests. */
    public String testKey() {
        return key(suite, className, test, "");
    }

    /** Returns how many characters its names have together. */
    public int chars() {
        return suite.length() + className.length() + test.length() + location.length();
    }

    private static String key(String suite, String className, String test, String location) {
        return suite + '\u0000' + className + '\u0000' + test + '\u0000' + location;
    }

    static AffectedTest first(OutcomeId outcome, String patternId) {
        return new AffectedTest(
                outcome.suite(),
                outcome.className(),
                outcome.test(),
                outcome.location(),
                1,
                outcome.endedAt(),
                outcome.endedAt(),
                patternId,
                Condition.FAILING,
                0,
                outcome.endedAt());
    }

    /** A failure older than a sign of recovery is counted and changes nothing else. */
    AffectedTest failedAgain(OutcomeId outcome, String patternId) {
        boolean newer = outcome.endedAt().isAfter(lastFailedAt);
        boolean relapse = outcome.endedAt().isAfter(changedAt);
        return new AffectedTest(
                suite,
                className,
                test,
                location,
                failures + 1,
                outcome.endedAt().isBefore(firstFailedAt) ? outcome.endedAt() : firstFailedAt,
                newer ? outcome.endedAt() : lastFailedAt,
                newer ? patternId : lastPatternId,
                relapse ? Condition.FAILING : condition,
                relapse ? 0 : outcomesSince,
                relapse ? outcome.endedAt() : changedAt);
    }

    AffectedTest without(OutcomeStatus status, int outcomes, boolean recovered, Instant at) {
        Condition now = recovered
                ? Condition.RECOVERED
                : status == OutcomeStatus.PASSED ? Condition.PASSING : Condition.FAILING_DIFFERENTLY;
        return new AffectedTest(
                suite,
                className,
                test,
                location,
                failures,
                firstFailedAt,
                lastFailedAt,
                lastPatternId,
                now,
                outcomes,
                at);
    }
}
