package dev.tripline.analyzer.run;

/** The newest complete run of a suite and where it ran from. */
public record LastRun(String suite, String location, RunOfSuite run) {}
