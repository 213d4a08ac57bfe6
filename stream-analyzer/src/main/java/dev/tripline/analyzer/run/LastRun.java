package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.pattern.RunOfSuite;

/** The newest complete run of a suite and where it ran from. */
public record LastRun(String suite, String location, RunOfSuite run) {}
