package dev.tripline.analyzer.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.analyzer.GoldenPath;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.events.AffectedTest;
import dev.tripline.events.Breach;
import dev.tripline.events.BreachState;
import dev.tripline.events.Failure;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentState;
import dev.tripline.events.PatternChangeKind;
import dev.tripline.events.RuleSet;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.Severity;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.TestCondition;
import dev.tripline.events.TestOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BacktestTest {
    private static final Rules RULES =
            RulesReader.read(new RuleSet("0123456789abcdef", Instant.EPOCH, null, GoldenPath.RULES));

    @Test
    void firstMorningIsOneIncidentInThreeSuites() {
        // When
        Backtest.Result result = backtest(GoldenPath.firstMorning());

        // Then
        assertThat(result.incidents()).hasSize(1);
        Incident race = result.incidents().get(0);
        assertThat(race.getPattern().getTemplate()).contains("received 1000 (OK) main cleanup");
        assertThat(race.getTestCount()).isEqualTo(8);
        assertThat(race.getSuiteCount()).isEqualTo(3);
        assertThat(race.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(race.getSeverityReason()).isEqualTo("8 tests in 3 suites: critical from 2 suites");
        assertThat(race.getPriority()).isEqualTo("P0");
        assertThat(race.getState()).isEqualTo(IncidentState.OPEN);
        assertThat(race.getFacts().get(0).getNumber()).isEqualTo(1);
        assertThat(race.getDeployment()).isNull();
        assertThat(lastRuns(result))
                .containsExactlyInAnyOrder(
                        tuple(GoldenPath.CRITICAL, 6L, 6L),
                        tuple(GoldenPath.WEBSOCKET, 2L, 5L),
                        tuple(GoldenPath.AGENTS, 3L, 6L),
                        tuple(GoldenPath.MESSAGES, 3L, 5L));
    }

    @Test
    void secondMorningShiftsAtAnUnchangedRateAndNamesTheDeployment() {
        // When
        Backtest.Result result = backtest(bothMornings());

        // Then
        assertThat(result.patternChanges())
                .filteredOn(change -> change.getKind() == PatternChangeKind.SHIFTED)
                .singleElement()
                .satisfies(shift -> {
                    assertThat(shift.getScope().getName()).isEqualTo(GoldenPath.WEBSOCKET);
                    assertThat(shift.getBefore().getType()).isEqualTo("websockets.exceptions.ConnectionClosedOK");
                    assertThat(shift.getAfter().getTemplate()).isEqualTo("no subprotocols supported");
                    assertThat(shift.getRateBefore()).isEqualTo(0.4);
                    assertThat(shift.getRateAfter()).isEqualTo(0.4);
                    assertThat(shift.getDeployment().getRevision()).isEqualTo("00412-s5g");
                    assertThat(shift.getDeployment().getDeployedAt()).isEqualTo(Instant.parse("2025-09-11T13:48:00Z"));
                    assertThat(shift.getEvidence()).hasSize(3);
                });
    }

    @Test
    void secondMorningHasThreeNewPatterns() {
        // When
        Backtest.Result result = backtest(bothMornings());

        // Then
        assertThat(result.patternChanges())
                .filteredOn(change -> change.getKind() == PatternChangeKind.NEW
                        && change.getAt().isAfter(Instant.parse("2025-09-11T00:00:00Z")))
                .extracting(change -> change.getAfter().getType())
                .containsExactlyInAnyOrder(
                        "websockets.exceptions.NegotiationError", "AuthenticationError", "TimeoutError");
    }

    @Test
    void bothMorningsAreFourIncidents() {
        // When
        Backtest.Result result = backtest(bothMornings());

        // Then
        assertThat(result.incidents())
                .extracting(
                        incident -> incident.getPattern().getType(),
                        Incident::getSeverity,
                        Incident::getPriority,
                        Incident::getTestCount,
                        Incident::getSuiteCount)
                .containsExactlyInAnyOrder(
                        tuple("websockets.exceptions.ConnectionClosedOK", Severity.CRITICAL, "P0", 8L, 3L),
                        tuple("websockets.exceptions.NegotiationError", Severity.CRITICAL, "P0", 4L, 2L),
                        tuple("TimeoutError", Severity.HIGH, "P1", 2L, 1L),
                        tuple("AuthenticationError", Severity.MEDIUM, "P2", 1L, 1L));
        assertThat(result.incidents())
                .filteredOn(incident -> incident.getStartedAt().isAfter(Instant.parse("2025-09-11T00:00:00Z")))
                .allSatisfy(incident -> assertThat(
                                incident.getDeployment().getDeployment().getRevision())
                        .isEqualTo("00412-s5g"));
    }

    @Test
    void firstIncidentIsNotResolvedBecauseFiveOfItsTestsHaveNotRunSince() {
        // When
        Backtest.Result result = backtest(bothMornings());

        // Then
        Incident race = result.incidents().get(0);
        assertThat(race.getState()).isEqualTo(IncidentState.OPEN);
        assertThat(race.getTests())
                .extracting(AffectedTest::getCondition)
                .containsOnly(TestCondition.NOT_RUN_SINCE, TestCondition.FAILING_DIFFERENTLY)
                .filteredOn(condition -> condition == TestCondition.NOT_RUN_SINCE)
                .hasSize(5);
    }

    @Test
    void breachesAttachToTheIncidentsThatHoldTheirFailures() {
        // When
        Backtest.Result result = backtest(bothMornings());

        // Then
        List<String> incidentIds =
                result.incidents().stream().map(Incident::getIncidentId).toList();
        assertThat(result.breaches())
                .extracting(breach -> breach.getScope().getName(), Breach::getState)
                .containsExactlyInAnyOrder(
                        tuple(GoldenPath.WEBSOCKET, BreachState.OPEN),
                        tuple(GoldenPath.AGENTS, BreachState.OPEN),
                        tuple(GoldenPath.MESSAGES, BreachState.OPEN),
                        tuple(GoldenPath.PRIORITY, BreachState.OPEN));
        assertThat(result.breaches())
                .allSatisfy(breach ->
                        assertThat(breach.getIncidentIds()).isNotEmpty().isSubsetOf(incidentIds));
    }

    /** Evidence has up to 50 failures: the trace is kept once, with the pattern. */
    @Test
    void anIncidentHasTheTraceOfItsPatternAndThePagesOfItsRuns() {
        // Given
        var backtest = new Backtest(RULES, Instant.MAX.minusSeconds(1_000));
        for (GoldenPath.Run run : GoldenPath.firstMorning()) {
            for (TestOutcome outcome : run.outcomes()) {
                TestOutcome.Builder whole = TestOutcome.newBuilder(outcome)
                        .setAttributes(Map.of("build.url", "https://ci/7", "report.url", "javascript:x", "other", "y"));
                if (outcome.getFailure() != null) {
                    whole.setFailure(Failure.newBuilder(outcome.getFailure())
                            .setDetails("Traceback\n  at connect, password=hunter2hunter2\n")
                            .build());
                }
                backtest.add(whole.build());
            }
            backtest.add(run.totals());
        }

        // When
        Incident race = backtest.run().incidents().get(0);

        // Then
        assertThat(race.getPattern().getDetails())
                .startsWith("Traceback\n  at connect")
                .doesNotContain("hunter2");
        assertThat(race.getEvidence())
                .isNotEmpty()
                .allSatisfy(
                        sample -> assertThat(sample.getLinks()).containsExactly(Map.entry("build", "https://ci/7")));
    }

    @Test
    void whatEndsInTheFutureIsPutAside() {
        var backtest = new Backtest(RULES, Instant.parse("2025-09-11T00:00:00Z"));
        for (GoldenPath.Run run : bothMornings()) {
            run.outcomes().forEach(backtest::add);
            backtest.add(run.totals());
        }

        Backtest.Result result = backtest.run();

        assertThat(result.ahead())
                .isEqualTo(GoldenPath.secondMorning().stream()
                        .mapToLong(run -> run.outcomes().size())
                        .sum());
        assertThat(result.incidents()).hasSize(1);
    }

    @Test
    void aSecondReadingChangesNothing() {
        // Given
        List<GoldenPath.Run> twice = new ArrayList<>(bothMornings());
        twice.addAll(bothMornings());

        // When
        Backtest.Result once = backtest(bothMornings());
        Backtest.Result again = backtest(twice);

        // Then
        assertThat(again.repeated()).isEqualTo(58);
        assertThat(again.rates()).isEqualTo(once.rates());
        assertThat(again.incidents()).isEqualTo(once.incidents());
        assertThat(again.breaches()).isEqualTo(once.breaches());
        assertThat(again.patternChanges()).isEqualTo(once.patternChanges());
    }

    @Test
    void theOrderInWhichRecordsAreAddedDoesNotMatter() {
        // Given
        Backtest.Result expected = backtest(bothMornings());

        for (long seed = 0; seed < 20; seed++) {
            // When
            List<GoldenPath.Run> shuffled = new ArrayList<>(bothMornings());
            Collections.shuffle(shuffled, new Random(seed));

            // Then
            assertThat(backtest(shuffled)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static List<GoldenPath.Run> bothMornings() {
        var both = new ArrayList<>(GoldenPath.firstMorning());
        both.addAll(GoldenPath.secondMorning());
        return both;
    }

    private static Backtest.Result backtest(List<GoldenPath.Run> runs) {
        var backtest = new Backtest(RULES, Instant.MAX.minusSeconds(1_000));
        GoldenPath.deployments().forEach(backtest::add);
        for (GoldenPath.Run run : runs) {
            run.outcomes().forEach(backtest::add);
            backtest.add(run.totals());
        }
        return backtest.run();
    }

    private static List<org.assertj.core.groups.Tuple> lastRuns(Backtest.Result result) {
        return result.rates().stream()
                .filter(rate -> rate.getScope().getKind() == ScopeKind.SUITE)
                .map(SuccessRate::getLastRun)
                .map(run -> tuple(
                        run.getSuite(),
                        run.getCounts().getPassed(),
                        run.getCounts().getPassed()
                                + run.getCounts().getFailed()
                                + run.getCounts().getTimedOut()))
                .toList();
    }
}
