package dev.tripline.analyzer.incident;

import org.jspecify.annotations.Nullable;

/**
 * A suite that an incident hits.
 *
 * @param shiftedFrom id of the pattern that was dominant before; null if none was replaced
 */
public record HitSuite(String suite, @Nullable String shiftedFrom) {}
