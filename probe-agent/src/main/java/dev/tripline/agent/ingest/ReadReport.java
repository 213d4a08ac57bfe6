package dev.tripline.agent.ingest;

/**
 * What one report turned out to be.
 *
 * @param outcomes outcomes that were handed out
 * @param contents what the file is, for the case that there were none: {@code no test cases}, or
 *     {@code NUnit 3, root <test-run>}
 */
public record ReadReport(long outcomes, String contents) {}
