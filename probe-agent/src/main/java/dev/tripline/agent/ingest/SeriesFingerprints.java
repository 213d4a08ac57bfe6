package dev.tripline.agent.ingest;

import dev.tripline.events.TestOutcome;

/**
 * Numbers of 64 bits in place of names: a report of a gigabyte has millions of tests, whose names need not be kept. They are
 * compared within one call, and never published. What is the same for the tests of a class is hashed once for those that come one
 * after the other. For one thread.
 */
final class SeriesFingerprints {
    private static final int BITS_OF_CLASS = 7;
    private static final long BEGIN = 0xcbf29ce484222325L;

    private String environment = "";
    private String suite = "";
    private String className = "";
    private String location = "";
    private long hashOfClass = ofClass();

    /**
     * Returns the fingerprint of an outcome's series. Two series with one fingerprint only wait for the end, or keep their reports
     * from being shards.
     */
    long of(TestOutcome outcome) {
        return of(
                outcome.getEnvironment(),
                outcome.getSuite(),
                outcome.getClassName(),
                outcome.getLocation(),
                outcome.getTest(),
                "",
                "");
    }

    /**
     * Returns the fingerprint of names, each of which may be empty.
     *
     * @param source source of the run, where outcomes of several runs are told apart
     * @param run number of the run, likewise
     */
    long of(
            String inEnvironment,
            String inSuite,
            String ofClass,
            String atLocation,
            String test,
            String source,
            String run) {
        if (!className.equals(ofClass)
                || !suite.equals(inSuite)
                || !environment.equals(inEnvironment)
                || !location.equals(atLocation)) {
            environment = inEnvironment;
            suite = inSuite;
            className = ofClass;
            location = atLocation;
            hashOfClass = ofClass();
        }
        long hash = with(hashOfClass, test);
        if (!source.isEmpty() || !run.isEmpty()) {
            hash = with(with(hash, source), run);
        }
        // Those of one class get the same beginning, by which they lie near each other.
        return hash >>> BITS_OF_CLASS | mixed(className.hashCode()) << (Long.SIZE - BITS_OF_CLASS);
    }

    private long ofClass() {
        return with(with(with(with(BEGIN, environment), suite), className), location);
    }

    /** Takes four characters at a time. */
    private static long with(long before, String part) {
        long hash = before;
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
        return mixed(mixed(hash ^ rest) ^ length);
    }

    /** An odd number near 2^64 divided by the golden ratio spreads low bits over high ones, the shift high over low. */
    private static long mixed(long bits) {
        long spread = bits * 0x9e3779b97f4a7c15L;
        return spread ^ (spread >>> 32);
    }
}
