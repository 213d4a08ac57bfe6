package dev.tripline.analyzer.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SeriesAnalysisTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");

    private final SeriesAnalysis analysis =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final SeriesState state = analysis.begin();
    private final CountedRuns runs = analysis.runsIn(SuiteTables.inMemory());

    @Test
    void aLateFailureIsWatchedUntilItIsGone() {
        // Given
        next(2, OutcomeStatus.PASSED);

        // When
        Counted late = next(1, OutcomeStatus.FAILED);

        // Then
        assertThat(late.absences()).isEmpty();
        assertThat(next(3, OutcomeStatus.PASSED).absences())
                .singleElement()
                .satisfies(absence -> assertThat(absence.isRecovered()).isFalse());
        assertThat(next(4, OutcomeStatus.PASSED).absences()).isEmpty();
        assertThat(next(5, OutcomeStatus.PASSED).absences())
                .singleElement()
                .satisfies(absence -> assertThat(absence.isRecovered()).isTrue());
    }

    @Test
    void aLateFailureLeavesACountThatHasBegun() {
        // Given
        next(1, OutcomeStatus.FAILED);
        next(3, OutcomeStatus.PASSED);

        // When
        next(2, OutcomeStatus.FAILED);

        // Then
        assertThat(state.absences().watched().values()).containsExactly(1);
    }

    @Test
    void aPatternThatStaysIsRepeated() {
        assertThat(next(1, OutcomeStatus.FAILED).isRepeated()).isFalse();
        assertThat(next(2, OutcomeStatus.FAILED).isRepeated()).isTrue();
        next(3, OutcomeStatus.PASSED);
        next(4, OutcomeStatus.PASSED);
        next(5, OutcomeStatus.PASSED);
        assertThat(next(6, OutcomeStatus.FAILED).isRepeated()).isFalse();
    }

    private Counted next(int minute, OutcomeStatus status) {
        Instant end = T0.plus(Duration.ofMinutes(minute));
        var outcome = new Outcome(
                new Series("staging", "s", "", "t", "local"),
                new RunId("agent", minute),
                1,
                status,
                false,
                end,
                end,
                null,
                null,
                status.isFailure() ? "boom" : "",
                status.isFailure() ? "trace at " + minute : null,
                null,
                null,
                "ingest",
                List.of(),
                new TreeMap<>(Map.of("build", "https://ci/7")));
        return (Counted) analysis.next(outcome, end, runs, state);
    }
}
