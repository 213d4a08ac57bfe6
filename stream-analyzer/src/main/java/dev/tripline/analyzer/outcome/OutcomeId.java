package dev.tripline.analyzer.outcome;

import java.time.Instant;
import java.util.Comparator;

/**
 * Identity of one outcome, with the time it ended.
 *
 * <p>Ordered by event time, then by identity: the order in which recorded outcomes are replayed.
 *
 * @param className class of the test; empty if it has none
 * @param attempt attempt within the run; 1 or more
 * @param endedAt when the outcome ended
 */
public record OutcomeId(
        String suite,
        String className,
        String test,
        String location,
        String source,
        long run,
        int attempt,
        Instant endedAt)
        implements Comparable<OutcomeId> {
    private static final Comparator<OutcomeId> ORDER = Comparator.comparing(OutcomeId::endedAt)
            .thenComparing(OutcomeId::suite)
            .thenComparing(OutcomeId::className)
            .thenComparing(OutcomeId::test)
            .thenComparing(OutcomeId::location)
            .thenComparing(OutcomeId::source)
            .thenComparingLong(OutcomeId::run)
            .thenComparingInt(OutcomeId::attempt);

    public OutcomeId {
        className = ClassNames.orEmpty(className);
    }

    /** Returns how many characters its names have together. */
    public int chars() {
        return suite.length() + className.length() + test.length() + location.length() + source.length();
    }

    /** Returns the suite run the outcome belongs to. */
    public RunId runId() {
        return new RunId(source, run);
    }

    @Override
    public int compareTo(OutcomeId other) {
        return ORDER.compare(this, other);
    }
}
