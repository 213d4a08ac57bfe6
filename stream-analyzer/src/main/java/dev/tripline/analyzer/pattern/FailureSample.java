package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A failure as evidence keeps it: its template and details are those of its pattern.
 *
 * @param patternId id of its pattern
 * @param type type of the failure; null if it has none
 * @param message redacted and cut; may be empty
 * @param service service under test; null if unknown
 * @param revision build that was live; null if unknown
 * @param links pages about its run by what they are; may be empty
 */
public record FailureSample(
        OutcomeId outcome,
        OutcomeStatus status,
        String patternId,
        @Nullable String type,
        String message,
        @Nullable String service,
        @Nullable String revision,
        SortedMap<String, String> links) {
    public FailureSample {
        links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
    }

    /** Returns it without what only explains it. */
    public FailureSample bare() {
        return new FailureSample(outcome, status, patternId, null, "", service, revision, Collections.emptySortedMap());
    }

    /** Returns how many characters it holds. */
    public int chars() {
        return outcome.chars()
                + length(type)
                + message.length()
                + length(service)
                + length(revision)
                + links.entrySet().stream()
                        .mapToInt(
                                link -> link.getKey().length() + link.getValue().length())
                        .sum();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
