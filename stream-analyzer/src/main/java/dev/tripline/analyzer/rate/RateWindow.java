package dev.tripline.analyzer.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * Span of event time over which a success rate is kept: the current bucket and the 59 before it.
 *
 * @param label short name in records and pages, such as {@code 1h}
 * @param span length of the window; a multiple of 60 s
 */
public record RateWindow(String label, Duration span) {
    /** Buckets of every window. */
    public static final int BUCKETS = 60;

    public RateWindow {
        if (span.isNegative() || span.isZero() || span.toMillis() % (BUCKETS * 1000L) != 0) {
            throw new IllegalArgumentException("window " + label + ": span must be a multiple of 60s, got " + span);
        }
    }

    /** Length of one bucket in milliseconds. */
    public long bucketMillis() {
        return span.toMillis() / BUCKETS;
    }

    /** Returns the begin of the oldest bucket that still counts at a moment, inclusive. */
    public Instant startAt(Instant now) {
        return Instant.ofEpochMilli(startMillis(now.toEpochMilli()));
    }

    /** Returns the first moment at which a bucket does not count any more that begins at another. */
    long endMillis(long startMillis) {
        return Math.floorDiv(startMillis + (BUCKETS - 1) * bucketMillis(), bucketMillis()) * bucketMillis()
                + bucketMillis();
    }

    long startMillis(long nowMillis) {
        return Math.floorDiv(nowMillis, bucketMillis()) * bucketMillis() - (BUCKETS - 1) * bucketMillis();
    }
}
