package dev.tripline.service.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes ratios as per cent. */
public final class Percent {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final BigDecimal NEARLY_ALL = new BigDecimal("99.9");
    private static final BigDecimal HARDLY_ANY = new BigDecimal("0.1");

    private Percent() {}

    /**
     * Returns a ratio as per cent, rounded half up to at most one decimal, such as {@code 40 %} or {@code 80.6 %}. What is
     * not all is never {@code 100 %}, what is not none never {@code 0 %}: those two say something that a person relies on.
     *
     * @param ratio 0 to 1
     * @throws IllegalArgumentException if it is no number or out of range
     */
    public static String of(double ratio) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio: must be from 0 to 1, got " + ratio);
        }
        BigDecimal percent = BigDecimal.valueOf(ratio).movePointRight(2).setScale(1, RoundingMode.HALF_UP);
        if (ratio < 1 && percent.compareTo(ALL) >= 0) {
            percent = NEARLY_ALL;
        }
        if (ratio > 0 && percent.signum() == 0) {
            percent = HARDLY_ANY;
        }
        return percent.stripTrailingZeros().toPlainString() + " %";
    }
}
