package dev.tripline.analyzer.rate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How much of a scope's failures one pattern holds.
 *
 * @param failures failures with the pattern; 1 or more
 * @param share failures / all failures with a pattern, 0 to 1
 */
public record PatternShare(String patternId, long failures, double share) {
    private static final Comparator<PatternShare> MOST_FREQUENT_FIRST =
            Comparator.comparingLong(PatternShare::failures).reversed().thenComparing(PatternShare::patternId);

    /** Returns the shares of all patterns, most frequent first, equals by id. */
    public static List<PatternShare> of(Map<String, Long> failuresByPattern) {
        long total =
                failuresByPattern.values().stream().mapToLong(Long::longValue).sum();
        return failuresByPattern.entrySet().stream()
                .map(e -> new PatternShare(e.getKey(), e.getValue(), (double) e.getValue() / total))
                .sorted(MOST_FREQUENT_FIRST)
                .toList();
    }
}
