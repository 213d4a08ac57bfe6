package dev.tripline.agent.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times and durations as test frameworks write them; {@code docs/reports.md} lists the spellings. */
public final class ReportText {
    private static final int MOST_CHARACTERS = 100;

    /** As many as nanoseconds have, and seconds that are believed. */
    private static final int MOST_PLAIN_DIGITS = 9;

    /** Longest duration that is believed: about 31 years. */
    private static final BigDecimal MOST_SECONDS = new BigDecimal("1e9");

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    /** How times are written in ISO 8601, a zero for each digit. */
    private static final String ISO_FORM = "0000-00-00T00:00:00";

    private static final int ISO_CHARACTERS = ISO_FORM.length();

    private static final String CLOCK = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?";
    private static final Pattern YEAR_FIRST = Pattern.compile(
            "(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?:(?:[Tt]|\\s+)\\s*" + CLOCK + ")?(?:\\s*([^\\s\\d].*))?");
    private static final Pattern BASIC = Pattern.compile(
            "(\\d{4})(\\d{2})(\\d{2})(?:[Tt]?(\\d{2})(\\d{2})(\\d{2})(?:[.,](\\d+))?)?(?:\\s*([^\\s\\d].*))?");
    /** RFC 1123 and RFC 5322: {@code Thu, 11 Sep 2025 08:00:00 GMT}. */
    private static final Pattern DAY_FIRST =
            Pattern.compile("(?:[A-Za-z]{3,9},?\\s+)?(\\d{1,2})[\\s-]([A-Za-z]{3})[a-z]*[\\s-](\\d{4})\\s+" + CLOCK
                    + "(?:\\s*([^\\s\\d].*))?");
    /** The command {@code date}, C's {@code ctime}, Java's {@code Date}: {@code Thu Sep 11 08:00:00 CEST 2025}. */
    private static final Pattern YEAR_LAST = Pattern.compile(
            "[A-Za-z]{3}\\s+([A-Za-z]{3})\\s+(\\d{1,2})\\s+" + CLOCK + "(?:\\s+([A-Za-z+-][\\w:+-]*))?\\s+(\\d{4})");

    private static final Pattern EPOCH = Pattern.compile("\\d{9,19}|\\d{9,13}[.,]\\d+|0");
    private static final Pattern OFFSET =
            Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?(?:\\s.*|\\[.*)?");
    private static final Pattern WORD_AND_OFFSET = Pattern.compile("(?:UTC|GMT)\\s*([+-].*)");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** Words for offsets; those that two regions share mean what RFC 5322 gives them, else the more populous one. */
    private static final Map<String, String> ZONE_WORDS = Map.ofEntries(
            Map.entry("Z", "+00:00"),
            Map.entry("UTC", "+00:00"),
            Map.entry("GMT", "+00:00"),
            Map.entry("UT", "+00:00"),
            Map.entry("WET", "+00:00"),
            Map.entry("WEST", "+01:00"),
            Map.entry("BST", "+01:00"),
            Map.entry("CET", "+01:00"),
            Map.entry("MEZ", "+01:00"),
            Map.entry("CEST", "+02:00"),
            Map.entry("MESZ", "+02:00"),
            Map.entry("EET", "+02:00"),
            Map.entry("EEST", "+03:00"),
            Map.entry("MSK", "+03:00"),
            Map.entry("IST", "+05:30"),
            Map.entry("SGT", "+08:00"),
            Map.entry("HKT", "+08:00"),
            Map.entry("AWST", "+08:00"),
            Map.entry("JST", "+09:00"),
            Map.entry("KST", "+09:00"),
            Map.entry("ACST", "+09:30"),
            Map.entry("AEST", "+10:00"),
            Map.entry("AEDT", "+11:00"),
            Map.entry("NZST", "+12:00"),
            Map.entry("NZDT", "+13:00"),
            Map.entry("BRT", "-03:00"),
            Map.entry("AST", "-04:00"),
            Map.entry("EDT", "-04:00"),
            Map.entry("EST", "-05:00"),
            Map.entry("CDT", "-05:00"),
            Map.entry("CST", "-06:00"),
            Map.entry("MDT", "-06:00"),
            Map.entry("MST", "-07:00"),
            Map.entry("PDT", "-07:00"),
            Map.entry("PST", "-08:00"),
            Map.entry("AKDT", "-08:00"),
            Map.entry("AKST", "-09:00"),
            Map.entry("HST", "-10:00"));

    private static final Pattern GROUPED = Pattern.compile("[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern POINTS_GROUPED = Pattern.compile("[1-9]\\d{0,2}(\\.\\d{3})+,\\d+");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d+,\\d+");
    private static final Pattern PLAIN = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,2})?");
    private static final Pattern PART = Pattern.compile("(\\d+(?:[.,]\\d+)?|[.,]\\d+)\\s*([a-zµμ]+)\\s*");
    private static final Pattern CLOCK_TIME =
            Pattern.compile("(?:(?:(\\d{1,5})[.])?(\\d{1,6}):)?(\\d{1,6}):(\\d{1,2}(?:[.,]\\d+)?)");
    private static final Pattern ISO =
            Pattern.compile("P(?=.)(?:(\\d+)D)?(?:T(?=.)(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:[.,]\\d+)?)S)?)?");

    private ReportText() {}

    /**
     * Reads a time as {@link #instant(String, ZoneId)} does; one without an offset is UTC.
     *
     * @return empty if the text is no time, or lies outside the years 1970 to 9999
     */
    public static Optional<Instant> instant(String text) {
        return instant(text, ZoneOffset.UTC);
    }

    /**
     * Reads a time: ISO 8601 and its kin, RFC 1123, what {@code date} prints, or seconds, milliseconds, microseconds or
     * nanoseconds since 1970.
     *
     * @param zone zone of a time that names none
     * @return empty if the text is no time, or lies outside the years 1970 to 9999
     */
    public static Optional<Instant> instant(String text, ZoneId zone) {
        String time = text.strip();
        if (time.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            Instant usual = isoTime(time, zone);
            return Optional.ofNullable(usual == null ? parse(time, zone) : usual)
                    .filter(ReportText::isBelievable);
        } catch (DateTimeException | ArithmeticException noSuchTime) {
            return Optional.empty();
        }
    }

    /**
     * Reads what nearly all reports hold, {@code 2025-09-11T08:00:00} with or without a fraction and {@code Z} or an offset,
     * without a regular expression; null if it is anything else.
     *
     * @throws DateTimeException if there is no such day or time of day
     */
    private static @Nullable Instant isoTime(String time, ZoneId zone) {
        if (!hasIsoForm(time)) {
            return null;
        }
        int seconds = twoDigits(time, 17);
        int end = ISO_CHARACTERS;
        int nanos = 0;
        if (end < time.length() && (time.charAt(end) == '.' || time.charAt(end) == ',')) {
            int first = end + 1;
            for (end = first; end < time.length() && isDigit(time.charAt(end)); end++) {
                nanos = nanos * 10 + time.charAt(end) - '0';
                if (end - first >= MOST_PLAIN_DIGITS) {
                    return null;
                }
            }
            if (end == first) {
                return null;
            }
            for (int digits = end - first; digits < MOST_PLAIN_DIGITS; digits++) {
                nanos *= 10;
            }
        }
        ZoneId where = end == time.length() ? zone : isoZone(time, end);
        if (where == null || seconds > 59) {
            return null;
        }
        return LocalDateTime.of(
                        twoDigits(time, 0) * 100 + twoDigits(time, 2),
                        twoDigits(time, 5),
                        twoDigits(time, 8),
                        twoDigits(time, 11),
                        twoDigits(time, 14),
                        seconds,
                        nanos)
                .atZone(where)
                .toInstant();
    }

    private static boolean hasIsoForm(String time) {
        if (time.length() < ISO_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < ISO_CHARACTERS; i++) {
            char form = ISO_FORM.charAt(i);
            char c = time.charAt(i);
            if (form == '0' ? !isDigit(c) : c != form) {
                return false;
            }
        }
        return true;
    }

    /** Returns the zone that ends a time at an offset, {@code Z} or {@code +02:00}; null if it is none of these. */
    private static @Nullable ZoneOffset isoZone(String time, int at) {
        char sign = time.charAt(at);
        if (sign == 'Z' && at + 1 == time.length()) {
            return ZoneOffset.UTC;
        }
        boolean isOffset = (sign == '+' || sign == '-')
                && at + 6 == time.length()
                && isDigit(time.charAt(at + 1))
                && isDigit(time.charAt(at + 2))
                && time.charAt(at + 3) == ':'
                && isDigit(time.charAt(at + 4))
                && isDigit(time.charAt(at + 5));
        if (!isOffset) {
            return null;
        }
        int direction = sign == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(direction * twoDigits(time, at + 1), direction * twoDigits(time, at + 4));
    }

    private static int twoDigits(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Reads a time as {@link #instant(String, ZoneId)} does, by all the spellings there are; null if it is none of them. */
    static @Nullable Instant parse(String time, ZoneId zone) {
        Matcher first = YEAR_FIRST.matcher(time);
        if (first.matches() || first.usePattern(BASIC).matches()) {
            LocalDate day = LocalDate.of(number(first, 1), number(first, 2), number(first, 3));
            return at(day, first, 4, first.group(8), zone);
        }
        if (EPOCH.matcher(time).matches()) {
            return epoch(new BigDecimal(time.replace(',', '.')));
        }
        Matcher named = DAY_FIRST.matcher(time);
        if (named.matches()) {
            return at(
                    LocalDate.of(number(named, 3), month(named.group(2)), number(named, 1)),
                    named,
                    4,
                    named.group(8),
                    zone);
        }
        Matcher last = YEAR_LAST.matcher(time);
        if (last.matches()) {
            return at(
                    LocalDate.of(number(last, 8), month(last.group(1)), number(last, 2)), last, 3, last.group(7), zone);
        }
        return null;
    }

    /** Puts a day and a clock time, whose four groups begin at {@code hour}, into their zone. */
    private static @Nullable Instant at(
            LocalDate day, MatchResult match, int hour, @Nullable String zoneText, ZoneId zone) {
        ZoneId where = zoneText == null ? zone : zone(zoneText.strip());
        if (where == null) {
            return null;
        }
        if (match.group(hour) == null) {
            return day.atStartOfDay(where).toInstant();
        }
        int seconds = match.group(hour + 2) == null ? 0 : number(match, hour + 2);
        String fraction = match.group(hour + 3) == null ? "" : match.group(hour + 3);
        int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
        // A leap second is no second of its own in Java.
        LocalTime clock =
                LocalTime.of(number(match, hour), number(match, hour + 1), seconds == 60 ? 59 : seconds, nanos);
        return LocalDateTime.of(day, clock).atZone(where).toInstant();
    }

    private static @Nullable ZoneId zone(String text) {
        String word = text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
        String upper = word.toUpperCase(Locale.ROOT);
        Matcher both = WORD_AND_OFFSET.matcher(upper);
        Matcher offset = OFFSET.matcher(both.matches() ? both.group(1) : upper);
        if (offset.matches()) {
            int sign = offset.group(1).equals("-") ? -1 : 1;
            int minutes = offset.group(3) == null ? 0 : number(offset, 3);
            int seconds = offset.group(4) == null ? 0 : number(offset, 4);
            return ZoneOffset.ofHoursMinutesSeconds(sign * number(offset, 2), sign * minutes, sign * seconds);
        }
        int bracket = upper.indexOf('[');
        String known = ZONE_WORDS.get(bracket > 0 ? upper.substring(0, bracket) : upper);
        if (known != null) {
            return ZoneOffset.of(known);
        }
        return word.contains("/") ? ZoneId.of(word) : null;
    }

    private static Instant epoch(BigDecimal number) {
        int digits = number.toBigInteger().toString().length();
        int perSecond = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
        BigDecimal nanos = number.movePointRight(9 - perSecond).setScale(0, RoundingMode.DOWN);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.TEN.pow(9));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private static int month(String name) {
        // Not found is month 0, which LocalDate refuses.
        return MONTHS.indexOf(name.toLowerCase(Locale.ROOT)) + 1;
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    /**
     * Reads a duration. A bare number is seconds: {@code 0.604}, {@code 1,234.5} (as Surefire writes large ones) or
     * {@code 0,604} (some locales). Others have units ({@code 350ms}, {@code 1h2m3.5s}), are clock times
     * ({@code 00:00:01.5}) or ISO 8601 ({@code PT1.5S}).
     *
     * @return empty if the text is no duration, negative (a clock was set back) or more than 31 years
     */
    public static Optional<Duration> duration(String text) {
        String number = text.strip();
        if (number.isEmpty() || number.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        Duration usual = plainSeconds(number);
        if (usual != null) {
            return Optional.of(usual);
        }
        boolean negative = number.startsWith("-");
        BigDecimal seconds = seconds(negative || number.startsWith("+") ? number.substring(1) : number);
        if (seconds == null || seconds.compareTo(MOST_SECONDS) > 0 || (negative && seconds.signum() != 0)) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(
                seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact()));
    }

    /** Reads what nearly all reports hold, {@code 0.604}, without a regular expression; null if it is anything else. */
    private static @Nullable Duration plainSeconds(String number) {
        int point = number.indexOf('.');
        int whole = point < 0 ? number.length() : point;
        int digits = number.length() - whole - 1;
        if (whole < 1 || whole > MOST_PLAIN_DIGITS || digits > MOST_PLAIN_DIGITS) {
            return null;
        }
        long seconds = 0;
        long nanos = 0;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (i != whole && (c < '0' || c > '9')) {
                return null;
            }
            if (i < whole) {
                seconds = seconds * 10 + c - '0';
            } else if (i > whole) {
                nanos = nanos * 10 + c - '0';
            }
        }
        for (int i = Math.max(0, digits); i < MOST_PLAIN_DIGITS; i++) {
            nanos *= 10;
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    private static @Nullable BigDecimal seconds(String text) {
        if (GROUPED.matcher(text).matches()) {
            return new BigDecimal(text.replace(",", ""));
        }
        if (POINTS_GROUPED.matcher(text).matches()) {
            return decimal(text.replace(".", ""));
        }
        if (DECIMAL_COMMA.matcher(text).matches() || PLAIN.matcher(text).matches()) {
            return decimal(text);
        }
        Matcher clock = CLOCK_TIME.matcher(text);
        if (clock.matches()) {
            return sum(clock.group(1), clock.group(2), clock.group(3), clock.group(4));
        }
        Matcher iso = ISO.matcher(text.toUpperCase(Locale.ROOT));
        if (iso.matches()) {
            return sum(iso.group(1), iso.group(2), iso.group(3), iso.group(4));
        }
        return withUnits(text.toLowerCase(Locale.ROOT));
    }

    private static BigDecimal sum(
            @Nullable String days, @Nullable String hours, @Nullable String minutes, @Nullable String seconds) {
        return times(days, 86_400)
                .add(times(hours, 3_600))
                .add(times(minutes, 60))
                .add(times(seconds, 1));
    }

    private static BigDecimal times(@Nullable String number, long seconds) {
        return number == null ? BigDecimal.ZERO : decimal(number).multiply(BigDecimal.valueOf(seconds));
    }

    private static @Nullable BigDecimal withUnits(String text) {
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                return null;
            }
            BigDecimal unit = unit(part.group(2));
            if (unit == null) {
                return null;
            }
            sum = sum.add(decimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        return sum;
    }

    /** Returns how many seconds a unit has; null if it is none. */
    private static @Nullable BigDecimal unit(String word) {
        return switch (word) {
            case "d", "day", "days" -> BigDecimal.valueOf(86_400);
            case "h", "hr", "hrs", "hour", "hours" -> BigDecimal.valueOf(3_600);
            case "m", "min", "mins", "minute", "minutes" -> BigDecimal.valueOf(60);
            case "s", "sec", "secs", "second", "seconds" -> BigDecimal.ONE;
            case "ms", "msec", "msecs", "millis", "millisecond", "milliseconds" -> new BigDecimal("1e-3");
            case "us", "µs", "μs", "usec", "micros", "microsecond", "microseconds" -> new BigDecimal("1e-6");
            case "ns", "nsec", "nanos", "nanosecond", "nanoseconds" -> new BigDecimal("1e-9");
            default -> null;
        };
    }

    private static BigDecimal decimal(String number) {
        return new BigDecimal(number.replace(',', '.'));
    }

    private static boolean isBelievable(Instant instant) {
        return instant.getEpochSecond() >= 0 && instant.isBefore(YEAR_10000);
    }
}
