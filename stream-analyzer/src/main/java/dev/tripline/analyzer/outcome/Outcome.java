package dev.tripline.analyzer.outcome;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Result of one test in one suite run.
 *
 * @param flaky whether it passed only on a retry
 * @param durationMillis measured duration, 0 or more; null if the report gives none
 * @param failureType type of the failure; null if none is named
 * @param failureMessage message of the failure; empty if there is none
 * @param failureDetails stack trace or longer output, redacted; null if there is none
 * @param links pages about its run by what they are, {@code build} or {@code report}; may be empty
 * @param tags tags of the test, sorted, without repeats
 */
public record Outcome(
        Series series,
        RunId runId,
        int attempt,
        OutcomeStatus status,
        boolean flaky,
        Instant startedAt,
        Instant endedAt,
        @Nullable Long durationMillis,
        @Nullable String failureType,
        String failureMessage,
        @Nullable String failureDetails,
        @Nullable String service,
        @Nullable String revision,
        String probeKind,
        List<String> tags,
        SortedMap<String, String> links) {
    public Outcome {
        links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
        tags = tags.stream().distinct().sorted().toList();
    }

    /** Returns what identifies the outcome within its environment. */
    public OutcomeId id() {
        return new OutcomeId(
                series.suite(),
                series.className(),
                series.test(),
                series.location(),
                runId.source(),
                runId.run(),
                attempt,
                endedAt);
    }
}
