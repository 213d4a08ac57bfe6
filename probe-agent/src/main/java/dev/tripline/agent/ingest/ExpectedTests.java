package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.TestOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a first reading says, so that a second one knows which outcomes have no other of their name and need not wait
 * for the end. Keeps one number for each name, never the names.
 */
final class ExpectedTests {
    private static final int BITS_OF_CLASS = 7;

    private final Fingerprints outcomes = new Fingerprints(0);

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

    private static long key(ReportedOutcome reported) {
        String className = text(reported.className());
        return together(
                className, hash(className, text(reported.test()), text(reported.source()), text(reported.run())));
    }

    /**
     * Fingerprint of an outcome's series, 64 bit: a report of a gigabyte has millions of tests, whose names need not be kept. Two
     * series with one fingerprint only wait for the end, or keep their reports from being shards.
     */
    static long fingerprint(TestOutcome outcome) {
        return together(
                outcome.getClassName(),
                hash(
                        outcome.getEnvironment(),
                        outcome.getSuite(),
                        outcome.getClassName(),
                        outcome.getTest(),
                        outcome.getLocation()));
    }

    /** Gives fingerprints of one class the same beginning, because its tests mostly stand one after the other. */
    private static long together(String className, long hash) {
        return hash >>> BITS_OF_CLASS | mixed(className.hashCode()) << (Long.SIZE - BITS_OF_CLASS);
    }

    /** Takes four characters at a time. */
    private static long hash(String... parts) {
        long hash = 0xcbf29ce484222325L;
        for (String part : parts) {
            int length = part.length();
            int at = 0;
            for (; at + 3 < length; at += 4) {
                long four = part.charAt(at)
                        | (long) part.charAt(at + 1) << 16
                        | (long) part.charAt(at + 2) << 32
                        | (long) part.charAt(at + 3) << 48;
                hash = mixed(hash ^ four);
            }
            long rest = 0;
            for (; at < length; at++) {
                rest = rest << 16 | part.charAt(at);
            }
            // With its length, so that no part can end within another.
            hash = mixed(mixed(hash ^ rest) ^ length);
        }
        return hash;
    }

    /** An odd number near 2^64 divided by the golden ratio spreads low bits over high ones, the shift high over low. */
    private static long mixed(long bits) {
        long spread = bits * 0x9e3779b97f4a7c15L;
        return spread ^ (spread >>> 32);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
