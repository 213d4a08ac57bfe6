package dev.tripline.sink.tracker;

import java.time.Instant;
import java.util.function.Function;

/**
 * How a tracker answered a call.
 *
 * @param <T> what it gives when all is well
 */
public sealed interface TrackerReply<T> {

    /** Handles the reply; exactly one function is called. */
    <R> R match(
            Function<Done<T>, R> done,
            Function<Unknown<T>, R> unknown,
            Function<NotSent<T>, R> notSent,
            Function<RateLimited<T>, R> rateLimited,
            Function<Refused<T>, R> refused);

    /** It did what was asked. */
    record Done<T>(T value) implements TrackerReply<T> {
        @Override
        public <R> R match(
                Function<Done<T>, R> done,
                Function<Unknown<T>, R> unknown,
                Function<NotSent<T>, R> notSent,
                Function<RateLimited<T>, R> rateLimited,
                Function<Refused<T>, R> refused) {
            return done.apply(this);
        }
    }

    /**
     * It may have done it, now or later: a timeout, a reset, a 5xx, an answer that cannot be read.
     *
     * @param reason what happened
     */
    record Unknown<T>(String reason) implements TrackerReply<T> {
        @Override
        public <R> R match(
                Function<Done<T>, R> done,
                Function<Unknown<T>, R> unknown,
                Function<NotSent<T>, R> notSent,
                Function<RateLimited<T>, R> rateLimited,
                Function<Refused<T>, R> refused) {
            return unknown.apply(this);
        }
    }

    /**
     * The call never left: no connection could be made.
     *
     * @param reason what happened
     */
    record NotSent<T>(String reason) implements TrackerReply<T> {
        @Override
        public <R> R match(
                Function<Done<T>, R> done,
                Function<Unknown<T>, R> unknown,
                Function<NotSent<T>, R> notSent,
                Function<RateLimited<T>, R> rateLimited,
                Function<Refused<T>, R> refused) {
            return notSent.apply(this);
        }
    }

    /**
     * It did nothing, and wants no call before an instant.
     *
     * @param until when to try again
     * @param reason which limit it named
     */
    record RateLimited<T>(Instant until, String reason) implements TrackerReply<T> {
        @Override
        public <R> R match(
                Function<Done<T>, R> done,
                Function<Unknown<T>, R> unknown,
                Function<NotSent<T>, R> notSent,
                Function<RateLimited<T>, R> rateLimited,
                Function<Refused<T>, R> refused) {
            return rateLimited.apply(this);
        }
    }

    /**
     * It did nothing, and will not as things are.
     *
     * @param status HTTP status; 0 where there is none
     * @param reason what it said and what to do
     * @param fault who has to act
     */
    record Refused<T>(int status, String reason, Fault fault) implements TrackerReply<T> {
        /** Tells whether what was asked about is not there: deleted, moved away, or hidden from the token. */
        public boolean isNotThere() {
            return switch (status) {
                case 301, 302, 307, 308, 404, 410 -> true;
                default -> false;
            };
        }

        /** Tells whether the token or its permissions were refused, so that any other call would be as well. */
        public boolean meetsEveryCall() {
            return status == 401 || status == 403;
        }

        @Override
        public <R> R match(
                Function<Done<T>, R> done,
                Function<Unknown<T>, R> unknown,
                Function<NotSent<T>, R> notSent,
                Function<RateLimited<T>, R> rateLimited,
                Function<Refused<T>, R> refused) {
            return refused.apply(this);
        }
    }
}
