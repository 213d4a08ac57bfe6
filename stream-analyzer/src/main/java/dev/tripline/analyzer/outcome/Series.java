package dev.tripline.analyzer.outcome;

/**
 * What has outcomes in order: one test of one suite, seen from one place in one environment. Tests of one name in two
 * classes are two tests.
 *
 * @param environment where the target runs; not empty
 * @param suite suite the test is run with; not empty
 * @param className class of the test as its report gives it; empty if it gives none, and null counts as empty, because state
 *     that was written before the class was kept has none
 * @param test the test case; not empty
 * @param location where the agent stands; not empty
 */
public record Series(String environment, String suite, String className, String test, String location) {
    public Series {
        className = ClassNames.orEmpty(className);
    }
}
