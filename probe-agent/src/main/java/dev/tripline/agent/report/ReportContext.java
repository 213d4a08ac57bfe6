package dev.tripline.agent.report;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a report before it is read, and what a first reading found out. Hand the same one to each reading of a
 * report: what stands late in it then holds for what stands before.
 *
 * @param name what to call it in errors, usually its path
 * @param written when it was last written, after which nothing in it can have happened; null if unknown
 * @param zone zone of times that name none
 * @param mustSayWhen whether JSON lines without a time are an error
 * @param late what stands behind the cases it is about; filled by readings
 */
public record ReportContext(
        String name, @Nullable Instant written, ZoneId zone, boolean mustSayWhen, LateProperties late) {
    /** Knows nothing yet from readings. */
    public ReportContext(String name, @Nullable Instant written, ZoneId zone, boolean mustSayWhen) {
        this(name, written, zone, mustSayWhen, new LateProperties());
    }
}
