package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.pattern.ErrorPattern;
import org.jspecify.annotations.Nullable;

/**
 * What the failures of one incident share: a pattern, or a pattern too generic to name a cause within one suite, or only
 * the suite whose target they broke.
 *
 * @param patternId pattern; null if they share none
 * @param suite suite it is confined to; null for a pattern that names a cause by itself
 */
public record Cause(@Nullable String patternId, @Nullable String suite) {
    /** Returns the cause a failure with a pattern in a suite belongs to. */
    public static Cause of(ErrorPattern pattern, String suite) {
        return new Cause(pattern.id(), pattern.generic() ? suite : null);
    }

    /** Returns the cause of failures in a suite that share no pattern. */
    public static Cause of(String suite) {
        return new Cause(null, suite);
    }

    /** Returns a key that differs for different causes. */
    public String key() {
        return (patternId == null ? "-" : patternId) + (suite == null ? "" : "@" + suite);
    }

    /** Returns the id of the n-th incident of the cause in an environment. */
    public String incidentId(String environment, int episode) {
        return Digest.id("incident", environment, key(), Integer.toString(episode));
    }
}
