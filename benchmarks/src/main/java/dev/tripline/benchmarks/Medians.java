package dev.tripline.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * Repeated measurements of one figure.
 *
 * @param values at least one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Medians(double[] values) {
    public Medians {
        values = values.clone();
        Arrays.sort(values);
    }

    /** Returns the middle one, or the mean of both. */
    public double median() {
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /** Says median, least and most: {@code 12,345 (11,200 to 13,100)}. */
    public String describe(int decimals) {
        String format = "%,." + decimals + "f";
        return values.length == 1
                ? String.format(Locale.ROOT, format, values[0])
                : String.format(
                        Locale.ROOT,
                        format + " (" + format + " to " + format + ")",
                        median(),
                        values[0],
                        values[values.length - 1]);
    }
}
