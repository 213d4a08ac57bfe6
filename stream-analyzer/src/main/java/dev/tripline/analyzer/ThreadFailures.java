package dev.tripline.analyzer;

import dev.tripline.service.DurationText;
import dev.tripline.service.FailureReport;
import dev.tripline.service.text.Cut;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Failures of stream threads that come one after the other, and how long the threads that take their place wait: from 1 s, twice as
 * long with each failure, to 1 min. They end when none has come for as long as the last wait, at least {@link #CALM}. May be
 * called from any thread.
 */
final class ThreadFailures {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    static final Duration CALM = Duration.ofSeconds(10);

    /** Longest cause in characters that is told where one line is read. */
    private static final int CAUSE = 400;

    private final InstantSource clock;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What failed since the last time that nothing did; null if nothing did lately. */
    private @Nullable Series series;

    /**
     * Failures, one after the other.
     *
     * @param count 1 or more
     * @param since when the first came
     * @param pause how long the threads wait since the last one
     * @param goOnAt when that is over
     * @param cause of the last one, on one line
     */
    private record Series(int count, Instant since, Duration pause, Instant goOnAt, String cause) {
        boolean isOver(Instant now) {
            return now.isAfter(goOnAt.plus(pause.compareTo(CALM) < 0 ? CALM : pause));
        }
    }

    /** @param clock tells when failures come, and when a wait is over */
    ThreadFailures(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Takes in that a thread failed.
     *
     * @return how many did so far, since when, and what happens now: for the log
     */
    synchronized String add(Throwable failure) {
        Instant now = clock.instant();
        Series before = current(now);
        int count = before == null ? 1 : before.count() + 1;
        Duration pause = before == null ? FIRST_PAUSE : longer(before.pause());
        String cause = Cut.marked(FailureReport.of(failure).line(), CAUSE);
        series = new Series(count, before == null ? now : before.since(), pause, now.plus(pause), cause);
        return "a stream thread failed ("
                + (before == null ? "the first" : count + " since " + shown(before.since()))
                + "), another takes its place in " + DurationText.format(pause);
    }

    /** Tells how many failed since when and why; empty if none did lately. */
    synchronized Optional<String> describe() {
        Instant now = clock.instant();
        Series failing = current(now);
        if (failing == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(now, failing.goOnAt());
        return Optional.of("stream threads fail since " + shown(failing.since()) + ", " + failing.count() + " so far, "
                + (left.isNegative() ? "tried again now" : "tried again in " + (left.toSeconds() + 1) + " s") + ": "
                + failing.cause());
    }

    /** Waits until it is time to try again, which is at once if nothing failed, or until {@link #end}. */
    void awaitTurn() {
        try {
            boolean isEnded = false;
            for (long millis = millisLeft(); millis > 0 && !isEnded; millis = millisLeft()) {
                isEnded = ended.await(millis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go who waits, and all who would: the service stops. */
    void end() {
        ended.countDown();
    }

    private synchronized long millisLeft() {
        Instant now = clock.instant();
        Series failing = current(now);
        return failing == null ? 0 : Duration.between(now, failing.goOnAt()).toMillis();
    }

    private @Nullable Series current(Instant now) {
        return series == null || series.isOver(now) ? null : series;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static Instant shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
