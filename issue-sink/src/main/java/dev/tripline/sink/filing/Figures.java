package dev.tripline.sink.filing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes numbers and instants the same way everywhere, whatever the machine's language. */
public final class Figures {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    /**
     * Returns a ratio as per cent with at most one decimal, such as {@code 40 %} or {@code 80.6 %}; what is not all is
     * never shown as 100 %, what is not none never as 0 %.
     *
     * @param ratio 0 to 1
     */
    public static String percent(double ratio) {
        BigDecimal percent = BigDecimal.valueOf(ratio).movePointRight(2).setScale(1, RoundingMode.HALF_UP);
        if (ratio < 1 && percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
            percent = new BigDecimal("99.9");
        }
        if (ratio > 0 && percent.signum() == 0) {
            percent = new BigDecimal("0.1");
        }
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** Returns an instant to the minute, in UTC, such as {@code 2025-09-11 15:02 UTC}. */
    public static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** Returns a count with its noun, such as {@code 1 test} or {@code 4 tests}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns how sure something is, in words. */
    public static String confidence(double confidence) {
        if (confidence >= 0.9) {
            return "very likely";
        }
        if (confidence >= 0.7) {
            return "likely";
        }
        return confidence >= 0.4 ? "possible" : "a guess";
    }
}
