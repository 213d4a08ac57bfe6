package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import org.jspecify.annotations.Nullable;

/**
 * One failure with the pattern it was recognised as.
 *
 * @param message redacted message; may be empty
 * @param service service that was tested; null if unknown
 * @param revision build that was live; null if unknown
 */
public record PatternedFailure(
        OutcomeId outcome,
        OutcomeStatus status,
        ErrorPattern pattern,
        String message,
        @Nullable String service,
        @Nullable String revision) {}
