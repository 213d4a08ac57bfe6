package dev.tripline.analyzer.series;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a series keeps of an outcome that counted: enough to take it in again.
 *
 * @param number number of the series within its suite, 0 or more
 * @param isFlaky whether it passed only on a retry
 * @param durationMillis 0 or more; null if it was not measured
 * @param patternId pattern of its failure; null if it did not fail
 */
public record SeriesStep(
        int number,
        Instant endedAt,
        OutcomeStatus status,
        boolean isFlaky,
        @Nullable Long durationMillis,
        @Nullable String patternId) {
    static SeriesStep of(Outcome outcome, int number, @Nullable String patternId) {
        return new SeriesStep(
                number, outcome.endedAt(), outcome.status(), outcome.flaky(), outcome.durationMillis(), patternId);
    }
}
