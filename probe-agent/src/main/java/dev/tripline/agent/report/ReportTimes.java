package dev.tripline.agent.report;

import dev.tripline.agent.report.PassedOver.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the times of one report. What cannot be read or cannot be true is told and counts as not given. */
final class ReportTimes {
    /** No framework that is read here is older; earlier times are clocks that were never set, or zero in some calendar. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** Clocks of a machine and of the file server it writes to differ by less. */
    private static final Duration LITTLE = Duration.ofMinutes(1);

    /** Reports round to thousandths of a second and most tests are short, so that many have one duration. A power of two. */
    private static final int KNOWN_DURATIONS = 1 << 10;

    private static final int LONGEST_KNOWN = 16;

    private final @Nullable KnownDuration[] known = new @Nullable KnownDuration[KNOWN_DURATIONS];
    private final ZoneId zone;
    private final @Nullable Instant written;
    private final @Nullable Instant latest;
    private final ReportListener listener;

    /**
     * Reads times of a report.
     *
     * @param zone zone of times that name none
     * @param written when the report was last written, for a report whose times may be guesses; null believes any
     */
    ReportTimes(ZoneId zone, @Nullable Instant written, ReportListener listener) {
        this.zone = zone;
        this.written = written;
        this.latest = written == null ? null : written.plus(LITTLE);
        this.listener = listener;
    }

    /** Tells whether a time may be one at which the report's machine worked: an unset clock gives others. */
    static boolean isPlausible(Instant time) {
        return !time.isBefore(EARLIEST);
    }

    /** Returns the latest time that can be true; null if any can. */
    @Nullable
    Instant latest() {
        return latest;
    }

    /** Returns when something ended whose duration goes beyond the time of writing; null if it does not. */
    @Nullable
    Instant endBeforeWritten(@Nullable Instant startedAt, @Nullable Duration duration) {
        if (startedAt == null || duration == null || written == null || latest == null) {
            return null;
        }
        if (!startedAt.plus(duration).isAfter(latest)) {
            return null;
        }
        return written.isAfter(startedAt) ? written : startedAt;
    }

    /** Reads a time; null if it is not given, or counts so. */
    @Nullable
    Instant time(String field, @Nullable String text, int line) {
        if (text == null || text.isBlank() || isNoTime(text.strip())) {
            return null;
        }
        Optional<Instant> time = ReportText.instant(text, zone);
        if (time.isEmpty()) {
            passOver(line, field, Reason.NO_TIME, text);
            return null;
        }
        if (!isPlausible(time.get())) {
            passOver(line, field, Reason.TOO_OLD, text);
            return null;
        }
        if (latest != null && time.get().isAfter(latest)) {
            passOver(line, field, Reason.TOO_LATE, text);
            return null;
        }
        return time.get();
    }

    /** Reads a duration; null if it is not given, or counts so. */
    @Nullable
    Duration duration(String field, @Nullable String text, int line) {
        if (text == null || text.isBlank()) {
            return null;
        }
        int place = text.hashCode() & (KNOWN_DURATIONS - 1);
        KnownDuration before = known[place];
        if (before != null && before.text().equals(text)) {
            return before.duration();
        }
        Optional<Duration> duration = ReportText.duration(text);
        if (duration.isEmpty()) {
            passOver(line, field, Reason.NO_DURATION, text);
            return null;
        }
        if (text.length() <= LONGEST_KNOWN) {
            known[place] = new KnownDuration(text, duration.get());
        }
        return duration.get();
    }

    /** What a text was read as, so that equal durations of outcomes that are held take the memory of one. */
    private record KnownDuration(String text, Duration duration) {}

    /** Tells of a detail that counts as not given. */
    void passOver(int line, String field, Reason reason, String value) {
        listener.passedOver(new PassedOver(line, field, reason, value));
    }

    /** The zero of Go's and of .NET's time is how they write that there is none. */
    private static boolean isNoTime(String text) {
        return text.startsWith("0001-01-01T00:00:00") || text.startsWith("0001-01-01 00:00:00");
    }
}
