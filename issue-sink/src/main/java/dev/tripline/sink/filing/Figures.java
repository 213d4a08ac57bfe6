package dev.tripline.sink.filing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Writes numbers and instants the same way everywhere, whatever the machine's language. */
public final class Figures {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    /** Returns an instant to the minute, in UTC, such as {@code 2025-09-11 15:02 UTC}. */
    public static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** Returns a count with its noun, such as {@code 1 test} or {@code 4 tests}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns a span in its largest unit of which it holds two, such as {@code 22 hours}; empty below two minutes. */
    static Optional<String> span(Duration span) {
        if (span.compareTo(Duration.ofMinutes(2)) < 0) {
            return Optional.empty();
        }
        if (span.compareTo(Duration.ofHours(2)) < 0) {
            return Optional.of(count(span.toMinutes(), "minute"));
        }
        return Optional.of(
                span.compareTo(Duration.ofDays(2)) < 0 ? count(span.toHours(), "hour") : count(span.toDays(), "day"));
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
