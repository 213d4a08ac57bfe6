package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.Keys;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a first reading says, so that a second one knows which outcomes have no other of their name and need not wait
 * for the end. Keeps one number for each name, never the names.
 */
final class ExpectedTests {
    private final Map<Long, Integer> outcomes = new HashMap<>();

    void add(ReportedOutcome reported) {
        outcomes.merge(key(reported), 1, Integer::sum);
    }

    void addAll(ExpectedTests others) {
        others.outcomes.forEach((key, number) -> outcomes.merge(key, number, Integer::sum));
    }

    /** Tells whether no other outcome of this name comes; false for one that was not expected. */
    boolean isAlone(ReportedOutcome reported) {
        return outcomes.getOrDefault(key(reported), 0) == 1;
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
