package dev.tripline.analyzer.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.environment.Decision.Breached;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.FailureSample;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.events.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EnvironmentAnalysisTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final EnvironmentAnalysis analysis = new EnvironmentAnalysis(RateWindows.STANDARD);
    private final SeriesAnalysis perTest =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final MemoryState state = new MemoryState("staging");
    private final List<Decision> decisions = new ArrayList<>();

    /** When the analyzer catches up, totals of many runs come before the outcomes of the first of them. */
    @Test
    void aRunThatIsNoLongerRememberedIsCountedAndNotJudged() {
        // Given
        rules("rules: [{id: r, suites: ['*'], target: 100 %}]");
        for (int run = 0; run < 40; run++) {
            Instant at = at(run);
            handle(TestTotals.of(
                    "s", "local", new RunId("agent", run), at, at, new StatusCounts(0, 2, 0, 0, 0, 0), null, null));
        }
        decisions.clear();

        // When
        handle(outcome(5, "t", "boom"));

        // Then
        assertThat(decisions).noneMatch(Breached.class::isInstance);
        assertThat(state.untold().take()).contains(new Untold.Mark(Untold.Kind.SUITE, "s"));
    }

    /** Its cause may be lost with a damaged store. */
    @Test
    void anIncidentWhoseCauseIsLostIsNotBegunAgainOverItsRows() {
        // Given
        rules("rules: [{id: r, suites: ['*'], new_pattern: first}]");
        handle(outcome(0, "t", "boom"));
        Incident first = told().get(0);
        state.causes().remove(first.origin().cause().key());

        // When
        handle(outcome(1, "t", "boom"));

        // Then
        assertThat(told()).singleElement().satisfies(second -> {
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.reach().tests()).isEqualTo(1);
            assertThat(second.reach().failing()).isEqualTo(1);
        });
    }

    @Test
    void aCauseCountsItsNewestFailuresHoweverLongTheyAre() {
        // Given
        String url = "https://ci.example/" + "x".repeat(2_000);
        CauseRecord record = CauseRecord.of(true);

        // When
        for (int run = 0; run < 60; run++) {
            Outcome outcome = outcome(run, "t" + run, "boom");
            record = record.with(new FailureSample(
                    outcome.id(),
                    OutcomeStatus.FAILED,
                    "p",
                    "T".repeat(1_000),
                    "m".repeat(500),
                    null,
                    null,
                    new TreeMap<>(java.util.Map.of("build", url, "report", url))));
        }

        // Then
        assertThat(record.candidates()).hasSize(50);
        assertThat(record.candidateTests()).isEqualTo(50);
        assertThat(record.candidates().get(49).message()).hasSize(500);
        assertThat(record.candidates().get(0).message()).isEmpty();
        assertThat(record.candidates().stream().mapToInt(FailureSample::chars).sum())
                .isLessThan(70_000);
    }

    private void rules(String yaml) {
        handle(new RulesActivated(
                RulesReader.read(new RuleSet("v", T0, null, "learning: {suite_runs: 0}\n" + yaml)), 1, T0));
    }

    private void handle(EnvironmentInput input) {
        analysis.process(input, state, decisions::add);
    }

    private void handle(Outcome outcome) {
        Contribution contribution = Contribution.of((Counted)
                perTest.next(outcome, outcome.endedAt(), perTest.runsIn(SuiteTables.inMemory()), perTest.begin()));
        Contribution.sum(List.of(contribution), RateWindows.STANDARD).forEach(this::handle);
    }

    private List<Incident> told() {
        List<Decision> told = new ArrayList<>();
        state.untold().take().forEach(mark -> analysis.tell(mark, state, told::add));
        return told.stream()
                .filter(IncidentChanged.class::isInstance)
                .map(changed -> ((IncidentChanged) changed).incident())
                .toList();
    }

    private static Outcome outcome(int run, String test, String message) {
        return new Outcome(
                new Series("staging", "s", "", test, "local"),
                new RunId("agent", run),
                1,
                OutcomeStatus.FAILED,
                false,
                at(run),
                at(run),
                null,
                null,
                message,
                null,
                null,
                null,
                "command",
                List.of(),
                new TreeMap<>());
    }

    private static Instant at(int run) {
        return T0.plus(Duration.ofMinutes(run));
    }
}
