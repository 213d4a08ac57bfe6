package dev.tripline.analyzer.breach;

/**
 * How much of a new pattern it takes to open an incident.
 *
 * @param failures failures with it; 1 or more
 * @param tests tests it hits; 1 or more
 */
public record NewPatternPolicy(int failures, int tests) {
    /** Its first failure is enough. */
    public static final NewPatternPolicy FIRST = new NewPatternPolicy(1, 1);

    /** Three failures in two tests. */
    public static final NewPatternPolicy STANDARD = new NewPatternPolicy(3, 2);

    /** Tells whether so many failures in so many tests are enough. */
    public boolean isMetBy(long failuresSeen, long testsHit) {
        return failuresSeen >= failures && testsHit >= tests;
    }
}
