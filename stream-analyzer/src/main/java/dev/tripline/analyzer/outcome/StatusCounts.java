package dev.tripline.analyzer.outcome;

import java.util.OptionalDouble;

/** Number of outcomes by status, each 0 or more. */
public record StatusCounts(long passed, long failed, long errored, long timedOut, long skipped, long inconclusive) {
    /** No outcome at all. */
    public static final StatusCounts NONE = new StatusCounts(0, 0, 0, 0, 0, 0);

    /** Returns the counts of a single outcome. */
    public static StatusCounts of(OutcomeStatus status) {
        return NONE.plus(status, 1);
    }

    /** Returns these counts with {@code times} more outcomes of one status. */
    public StatusCounts plus(OutcomeStatus status, long times) {
        return switch (status) {
            case PASSED -> new StatusCounts(passed + times, failed, errored, timedOut, skipped, inconclusive);
            case FAILED -> new StatusCounts(passed, failed + times, errored, timedOut, skipped, inconclusive);
            case ERRORED -> new StatusCounts(passed, failed, errored + times, timedOut, skipped, inconclusive);
            case TIMED_OUT -> new StatusCounts(passed, failed, errored, timedOut + times, skipped, inconclusive);
            case SKIPPED -> new StatusCounts(passed, failed, errored, timedOut, skipped + times, inconclusive);
            case INCONCLUSIVE -> new StatusCounts(passed, failed, errored, timedOut, skipped, inconclusive + times);
        };
    }

    /** Returns the sum of these counts and others. */
    public StatusCounts plus(StatusCounts other) {
        return new StatusCounts(
                passed + other.passed,
                failed + other.failed,
                errored + other.errored,
                timedOut + other.timedOut,
                skipped + other.skipped,
                inconclusive + other.inconclusive);
    }

    /** Returns these counts without others that are part of them. */
    public StatusCounts minus(StatusCounts part) {
        return new StatusCounts(
                passed - part.passed,
                failed - part.failed,
                errored - part.errored,
                timedOut - part.timedOut,
                skipped - part.skipped,
                inconclusive - part.inconclusive);
    }

    /** Number of outcomes that failed, broke or ran out of time. */
    public long failures() {
        return failed + errored + timedOut;
    }

    /** Number of outcomes that count in the rate. */
    public long conclusive() {
        return passed + failures();
    }

    /** Number of all outcomes. */
    public long total() {
        return conclusive() + skipped + inconclusive;
    }

    /** Success rate, 0 to 1; empty without a conclusive outcome. */
    public OptionalDouble rate() {
        return conclusive() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) passed / conclusive());
    }
}
