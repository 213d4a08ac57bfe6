package dev.tripline.analyzer.series;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rate.Tally;
import dev.tripline.analyzer.series.AbsenceWatch.Absence;
import dev.tripline.service.time.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the outcomes of a series: counts each once, measures its rate, names its failure, and notices when a pattern
 * stays away. Has no state of its own and may be shared.
 */
public final class SeriesAnalysis {
    /** Span before the newest outcome of a suite within which outcomes of runs count of which nothing came before. */
    public static final Duration STANDARD_HORIZON = Acceptance.HORIZON;

    /** What became of an outcome. */
    public sealed interface Result {
        /**
         * It counts.
         *
         * @param step what of it the series keeps
         * @param pattern pattern of its failure; null if it did not fail
         * @param isRepeated whether the series failed with the pattern a moment ago, too
         * @param absences patterns it showed to be absent
         */
        record Counted(
                Outcome outcome,
                SeriesStep step,
                @Nullable ErrorPattern pattern,
                boolean isRepeated,
                List<Absence> absences)
                implements Result {}

        /** It counted before. */
        record Repeated() implements Result {}

        /**
         * It is too old to tell whether it counted before.
         *
         * @param newest newest outcome of its suite
         * @param horizon how much older it may be
         */
        record Late(Instant newest, Duration horizon) implements Result {}
    }

    private final RateWindows windows;
    private final Duration horizon;
    private final Normaliser normaliser;

    public SeriesAnalysis(RateWindows windows, Duration horizon, Normaliser normaliser) {
        this.windows = windows;
        this.horizon = horizon;
        this.normaliser = normaliser;
    }

    /** Returns the state of a series without outcomes. */
    public SeriesState begin() {
        return new SeriesState(new RateLedger(windows), new AbsenceWatch());
    }

    /** Returns what counts the runs of suites in tables. */
    public CountedRuns runsIn(SuiteTables suites) {
        return new CountedRuns(suites, horizon);
    }

    /**
     * Takes in the next outcome of a series.
     *
     * @param takenAt when the broker took it
     * @param runs the runs of its suite; changed if the outcome counts
     * @param state what the series remembers; changed if the outcome counts
     */
    public Result next(Outcome outcome, Instant takenAt, CountedRuns runs, SeriesState state) {
        return switch (runs.verdict(outcome, state.number())) {
            case REPEATED -> new Result.Repeated();
            case LATE -> new Result.Late(runs.newest(outcome), horizon);
            case COUNTED -> counted(outcome, takenAt, runs, state);
        };
    }

    private Result counted(Outcome outcome, Instant takenAt, CountedRuns runs, SeriesState state) {
        // What may fail comes first: afterwards the outcome is counted.
        @Nullable
        ErrorPattern pattern = outcome.status().isFailure()
                ? normaliser.patternOf(outcome.failureType(), outcome.failureMessage())
                : null;
        int number = runs.numberOf(outcome, state.number());
        SeriesStep step = SeriesStep.of(outcome, number, pattern == null ? null : pattern.id());
        boolean isRepeated = pattern != null && state.absences().isWatched(pattern.id());
        List<Absence> absences = repeat(step, state);
        runs.count(outcome, number, takenAt);
        return new Result.Counted(outcome, step, pattern, isRepeated, absences);
    }

    /**
     * Takes in again what counted before, to make the state again that it was followed by.
     *
     * @param state as it was before the step; changed
     * @return patterns that it showed to be absent
     */
    public List<Absence> repeat(SeriesStep step, SeriesState state) {
        state.number(step.number());
        return apply(step, state);
    }

    private static List<Absence> apply(SeriesStep step, SeriesState state) {
        @Nullable String patternId = step.patternId();
        var tally = new Tally();
        tally.count(step.status(), step.isFlaky(), step.durationMillis(), patternId);
        boolean isNewest = !step.endedAt().isBefore(state.rates().now());
        state.rates().add(step.endedAt(), tally);
        if (step.status().isConclusive() && isNewest) {
            return state.absences().next(patternId);
        }
        if (patternId != null) {
            // It says nothing about what the test does now, but may open an incident, whose end must be noticed.
            state.absences().nextLate(patternId);
        }
        return List.of();
    }
}
