package dev.tripline.analyzer.outcome;

/**
 * What has outcomes in order: one test of one suite, seen from one place in one environment.
 *
 * @param environment where the target runs; not empty
 * @param suite suite the test is run with; not empty
 * @param test the test case; not empty
 * @param location where the agent stands; not empty
 */
public record Series(String environment, String suite, String test, String location) {}
