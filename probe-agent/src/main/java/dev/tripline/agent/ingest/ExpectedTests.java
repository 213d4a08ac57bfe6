package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a first reading says, so that a second one knows which outcomes have no other of their name and need not wait
 * for the end. Keeps one number for each name, never the names.
 */
final class ExpectedTests {
    private final Fingerprints outcomes = new Fingerprints(0);
    private final SeriesFingerprints names = new SeriesFingerprints();

    /** Whether there are names, and each came once, as in most reports. */
    private boolean areAllAlone;

    private boolean isRepeated;

    void add(ReportedOutcome reported) {
        add(key(reported), 1);
    }

    void addAll(ExpectedTests others) {
        others.outcomes.forEach(this::add);
    }

    private void add(long name, long number) {
        isRepeated |= outcomes.add(name, number) > 1;
        areAllAlone = !isRepeated;
    }

    /**
     * Tells whether no other outcome of this name comes; false for one that was not expected, unless all that were are alone:
     * it comes from a report that changed since, whose reading fails.
     */
    boolean isAlone(ReportedOutcome reported) {
        return areAllAlone || outcomes.get(key(reported)) == 1;
    }

    private long key(ReportedOutcome reported) {
        return names.of(
                "",
                "",
                text(reported.className()),
                "",
                text(reported.test()),
                text(reported.source()),
                text(reported.run()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
