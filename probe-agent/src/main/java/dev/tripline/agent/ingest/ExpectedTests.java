package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a first reading says, so that a second one knows which outcomes have no other of their name and need not wait
 * for the end. Keeps one number for each name, never the names.
 */
final class ExpectedTests {
    private final Fingerprints outcomes = new Fingerprints(0);

    void add(ReportedOutcome reported) {
        add(key(reported), 1);
    }

    void addAll(ExpectedTests others) {
        others.outcomes.forEach(this::add);
    }

    private void add(long key, long number) {
        outcomes.put(key, outcomes.get(key) + number);
    }

    /** Tells whether no other outcome of this name comes; false for one that was not expected. */
    boolean isAlone(ReportedOutcome reported) {
        return outcomes.get(key(reported)) == 1;
    }

    private static long key(ReportedOutcome reported) {
        return fingerprint(Keys.of(
                text(reported.className()), text(reported.test()), text(reported.source()), text(reported.run())));
    }

    /**
     * FNV-1a, 64 bit: a report of a gigabyte has millions of tests, whose names need not be kept. Two names with one
     * fingerprint only wait for the end, or keep their reports from being shards.
     */
    static long fingerprint(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ (text.charAt(i) & 0xff)) * 0x100000001b3L;
            hash = (hash ^ (text.charAt(i) >> 8)) * 0x100000001b3L;
        }
        return hash;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
