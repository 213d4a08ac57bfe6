package dev.tripline.agent.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times and durations as test frameworks write them. */
public final class ReportText {
    /** Longest duration that is believed: about 31 years. */
    private static final BigDecimal MOST_SECONDS = new BigDecimal("1e9");

    private static final Pattern GROUPED = Pattern.compile("-?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("-?\\d+,\\d+");
    private static final Pattern PLAIN = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,2})?");

    private ReportText() {}

    /**
     * Reads a time: ISO 8601 with or without an offset, a space or {@code T} between date and time, or RFC 1123. A time
     * without an offset is UTC.
     *
     * @return empty if the text is no time, or lies outside the years 1970 to 9999
     */
    public static Optional<Instant> instant(String text) {
        String iso = text.strip();
        if (iso.length() > 10 && iso.charAt(10) == ' ' && Character.isDigit(iso.charAt(9))) {
            iso = iso.substring(0, 10) + 'T' + iso.substring(11);
        }
        try {
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            Instant instant = parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
            return believable(instant);
        } catch (DateTimeException notIso) {
            return rfc1123(text.strip());
        }
    }

    /**
     * Reads seconds: {@code 0.604}, {@code 1,234.5} (as Surefire writes large ones) or {@code 0,604} (some locales).
     *
     * @return empty if the text is no number or more than 31 years; a clock that was set back gives negative values,
     *     which are no measure and count as zero
     */
    public static Optional<Duration> seconds(String text) {
        String number = text.strip();
        if (number.length() > 40) {
            return Optional.empty();
        }
        if (GROUPED.matcher(number).matches()) {
            number = number.replace(",", "");
        } else if (DECIMAL_COMMA.matcher(number).matches()) {
            number = number.replace(',', '.');
        }
        if (!PLAIN.matcher(number).matches()) {
            return Optional.empty();
        }
        var seconds = new BigDecimal(number);
        if (seconds.abs().compareTo(MOST_SECONDS) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                seconds.signum() <= 0
                        ? Duration.ZERO
                        : Duration.ofNanos(seconds.movePointRight(9)
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValueExact()));
    }

    private static Optional<Instant> rfc1123(String text) {
        try {
            return believable(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> believable(Instant instant) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year < 1970 || year > 9999 ? Optional.empty() : Optional.of(instant);
    }
}
