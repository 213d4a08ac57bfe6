package dev.tripline.service.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Which outcomes the analysis takes in by their time, for who publishes, who analyses and who looks back alike. The others are
 * put aside: they go to the dead letters with the reason.
 */
public final class Acceptance {
    /** How far an outcome may end ahead of the clock that takes it in. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** How long before the newest outcome of its suite one may end if nothing of its run is known. */
    public static final Duration HORIZON = Duration.ofDays(2);

    private Acceptance() {}

    /** Tells whether an outcome ends in the future of the clock that takes it in ({@code clock-skew}). */
    public static boolean isAhead(Instant endedAt, Instant takenAt) {
        return endedAt.isAfter(takenAt.plus(CLOCK_TOLERANCE));
    }

    /**
     * Tells whether an outcome is too old to know whether it counted before ({@code late}).
     *
     * @param newest end of the newest outcome of its suite so far; {@link Instant#MIN} for the first
     * @param horizon as {@link #HORIZON}; positive
     */
    public static boolean isLate(Instant endedAt, Instant newest, Duration horizon) {
        return !newest.equals(Instant.MIN) && endedAt.isBefore(newest.minus(horizon));
    }
}
