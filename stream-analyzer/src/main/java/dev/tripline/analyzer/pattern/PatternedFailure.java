package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One failure with the pattern it was recognised as.
 *
 * @param message redacted message; may be empty
 * @param service service that was tested; null if unknown
 * @param revision build that was live; null if unknown
 * @param details some lines of its stack trace or longer output, redacted; null if none are kept
 * @param links pages about its run by what they are; may be empty
 */
public record PatternedFailure(
        OutcomeId outcome,
        OutcomeStatus status,
        ErrorPattern pattern,
        String message,
        @Nullable String service,
        @Nullable String revision,
        @Nullable String details,
        SortedMap<String, String> links) {
    public PatternedFailure {
        // State of before may not have them.
        links = links == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(links));
    }

    /** Returns it as evidence keeps it. */
    public FailureSample sample() {
        return new FailureSample(outcome, status, pattern.id(), pattern.type(), message, service, revision, links);
    }
}
