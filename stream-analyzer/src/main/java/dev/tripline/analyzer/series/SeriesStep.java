package dev.tripline.analyzer.series;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a series keeps of an outcome that counted: enough to take it in again.
 *
 * @param source as in {@link dev.tripline.analyzer.outcome.RunId}
 * @param run as there
 * @param attempt attempt within the run, from 1
 * @param isFlaky whether it passed only on a retry
 * @param durationMillis 0 or more; null if it was not measured
 * @param patternId pattern of its failure; null if it did not fail
 */
public record SeriesStep(
        String source,
        long run,
        int attempt,
        Instant endedAt,
        OutcomeStatus status,
        boolean isFlaky,
        @Nullable Long durationMillis,
        @Nullable String patternId) {
    static SeriesStep of(Outcome outcome, @Nullable String patternId) {
        return new SeriesStep(
                outcome.runId().source(),
                outcome.runId().run(),
                outcome.attempt(),
                outcome.endedAt(),
                outcome.status(),
                outcome.flaky(),
                outcome.durationMillis(),
                patternId);
    }
}
