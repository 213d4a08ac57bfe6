package dev.tripline.analyzer.series;

import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.analyzer.state.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one run of a suite at a location; which of its outcomes were counted stands beside it. Mutable; not for
 * several threads.
 */
public final class CountedRun {
    private final String location;
    private final RunId id;
    private Instant startedAt;
    private Instant endedAt;
    private Instant takenAt;
    private StatusCounts counts;
    private @Nullable RunTotals totals;
    private RunEnd told;
    private final Numbers blocks;

    CountedRun(String location, RunId id, Instant startedAt, Instant endedAt, Instant takenAt) {
        this(location, id, startedAt, endedAt, takenAt, StatusCounts.NONE, null, RunEnd.OPEN, new Numbers());
    }

    /**
     * Restores a run.
     *
     * @param startedAt earliest begin of what came of it
     * @param endedAt latest end of what came of it
     * @param takenAt when the broker took the last of it
     * @param counts its outcomes that were counted
     * @param totals what was published of it; null while nobody said
     * @param told how it was told to be over
     * @param blocks blocks of series that have outcomes in it
     */
    public CountedRun(
            String location,
            RunId id,
            Instant startedAt,
            Instant endedAt,
            Instant takenAt,
            StatusCounts counts,
            @Nullable RunTotals totals,
            RunEnd told,
            Numbers blocks) {
        this.location = location;
        this.id = id;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.takenAt = takenAt;
        this.counts = counts;
        this.totals = totals;
        this.told = told;
        this.blocks = blocks;
    }

    public String location() {
        return location;
    }

    public RunId id() {
        return id;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endedAt() {
        return endedAt;
    }

    public Instant takenAt() {
        return takenAt;
    }

    public StatusCounts counts() {
        return counts;
    }

    public @Nullable RunTotals totals() {
        return totals;
    }

    /** How it was told to be over; {@link RunEnd#OPEN} until then. */
    public RunEnd told() {
        return told;
    }

    public Numbers blocks() {
        return blocks;
    }

    /** Tells whether all that was published of it was counted. */
    boolean isComplete() {
        return totals != null && counts.total() >= totals.totals().total();
    }

    /** Tells whether its totals were wrong: nobody knows what is still to come. */
    boolean hasMoreThanPublished() {
        return totals != null && counts.total() > totals.totals().total();
    }

    Duration took() {
        return Duration.between(startedAt, endedAt);
    }

    void count(OutcomeStatus status, Instant begin, Instant end, Instant taken) {
        counts = counts.plus(StatusCounts.of(status));
        reach(begin, end, taken);
    }

    void publish(RunTotals published, Instant taken) {
        totals = published;
        reach(published.startedAt(), published.endedAt(), taken);
    }

    /** Notes that it is over, and returns what is told of it. */
    RunTotals end(String suite, RunEnd end) {
        told = end;
        @Nullable RunTotals published = totals;
        return published != null
                ? published.ended(end)
                : new RunTotals(
                        suite, location, id, startedAt, endedAt, counts, null, null, "ingest", null, List.of(), end);
    }

    private void reach(Instant begin, Instant end, Instant taken) {
        startedAt = begin.isBefore(startedAt) ? begin : startedAt;
        endedAt = end.isAfter(endedAt) ? end : endedAt;
        takenAt = taken.isAfter(takenAt) ? taken : takenAt;
    }
}
