package dev.tripline.service;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as operators write them: a whole number and one of the units ms, s, m, h and d. */
public final class DurationText {
    /** What a text must be, for problem reports. */
    public static final String RULE = "must be a whole number with a unit (ms, s, m, h, d) such as 15m";

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * Parses a duration.
     *
     * @throws IllegalArgumentException if the text is not of that form or longer than {@link Duration} can hold
     */
    public static Duration parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(RULE + ", got '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        try {
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(RULE + ", got '" + text + "', which is too long", e);
        }
    }

    /**
     * Writes a duration in the largest unit that gives a whole number; what is below a millisecond is cut.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative, got " + duration);
        }
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3_600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 != 0 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }
}
