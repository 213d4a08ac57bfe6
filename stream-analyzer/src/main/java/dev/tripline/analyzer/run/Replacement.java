package dev.tripline.analyzer.run;

import java.util.Optional;

/**
 * A dominant pattern was replaced between two runs of a suite: an observation, not a test. The dominant pattern of the run
 * before is absent, and another holds at least {@value #TESTS} tests, or all that failed.
 *
 * @param before dominant pattern of the run before
 * @param after dominant pattern of the run that replaced it
 */
public record Replacement(String before, String after) {
    static final long TESTS = 3;

    /** Returns the replacement between two complete runs of a suite, the older first; empty if there is none. */
    public static Optional<Replacement> between(RunOfSuite older, RunOfSuite newer) {
        Optional<String> before = older.dominantPattern();
        Optional<String> after = newer.dominantPattern();
        if (before.isEmpty() || after.isEmpty() || newer.patterns().containsKey(before.get())) {
            return Optional.empty();
        }
        long held = newer.patterns().getOrDefault(after.get(), 0L);
        boolean holdsEnough = held >= TESTS || held == newer.counts().failures();
        return holdsEnough ? Optional.of(new Replacement(before.get(), after.get())) : Optional.empty();
    }
}
