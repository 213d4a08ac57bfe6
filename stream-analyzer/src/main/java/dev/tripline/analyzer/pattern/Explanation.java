package dev.tripline.analyzer.pattern;

import java.util.List;

/**
 * How a message became its pattern.
 *
 * @param pattern the pattern, equal to what {@link Normaliser#patternOf} gives
 * @param masks what was masked, in order of the message, never overlapping; empty if nothing was
 * @param keeps what would have been masked had it not carried meaning, in the same form and order
 */
public record Explanation(ErrorPattern pattern, List<Mask> masks, List<Mask> keeps) {

    /** Copies the lists. */
    public Explanation {
        masks = List.copyOf(masks);
        keeps = List.copyOf(keeps);
    }
}
