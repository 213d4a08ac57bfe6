package dev.tripline.analyzer.environment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an environment has come: written with nearly each input, so there is little of it.
 *
 * @param now newest event time; {@link Instant#EPOCH} before the first outcome
 * @param firstSeenAt end of the oldest outcome; null before the first
 * @param completeRuns suite runs all of whose outcomes came
 */
public record Progress(Instant now, @Nullable Instant firstSeenAt, long completeRuns) {
    /** Of an environment of which nothing is known. */
    static final Progress NONE = new Progress(Instant.EPOCH, null, 0);

    Progress at(Instant first, Instant newest) {
        return new Progress(
                newest.isAfter(now) ? newest : now,
                firstSeenAt == null || first.isBefore(firstSeenAt) ? first : firstSeenAt,
                completeRuns);
    }

    Progress oneMoreRun() {
        return new Progress(now, firstSeenAt, completeRuns + 1);
    }
}
