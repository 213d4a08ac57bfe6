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

    void add(ReportedOutcome reported) {
        outcomes.add(key(reported), 1);
    }

    void addAll(ExpectedTests others) {
        others.outcomes.forEach(outcomes::add);
    }

    /** Tells whether no other outcome of this name comes; false for one that was not expected. */
    boolean isAlone(ReportedOutcome reported) {
        return outcomes.get(key(reported)) == 1;
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
