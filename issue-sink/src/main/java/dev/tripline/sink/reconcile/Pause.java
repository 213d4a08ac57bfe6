package dev.tripline.sink.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * A time without calls after a failure, twice as long after each one that follows: 1 s first, 5 min at most.
 *
 * @param until when the next call may be made at the earliest
 * @param length how long it lasts by our own measure; the tracker may have asked for more
 */
record Pause(Instant until, Duration length) {
    /** No failure yet. */
    static final Pause NONE = new Pause(Instant.MIN, Duration.ZERO);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Returns the pause after one more failure. */
    Pause longer(Instant now) {
        Duration doubled = length.isZero() ? FIRST : length.multipliedBy(2);
        Duration next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return new Pause(now.plus(next), next);
    }
}
