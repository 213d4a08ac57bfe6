package dev.tripline.analyzer.environment;

/**
 * A row that says no more than that it is there.
 *
 * @param name what it is about; empty where nobody asks
 */
public record Named(String name) {}
