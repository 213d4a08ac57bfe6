package dev.tripline.analyzer.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.events.AffectedTest;
import dev.tripline.events.Breach;
import dev.tripline.events.BreachState;
import dev.tripline.events.Failure;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentFact;
import dev.tripline.events.IncidentState;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.RuleSet;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestCondition;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How incidents and breaches begin and end, told by runs of a suite of tests {@code a}, {@code b}, …. */
final class IncidentLifeTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");
    private static final Rules FIRST =
            rules("learning: {suite_runs: 0}\nrules: [{id: r, suites: ['*'], new_pattern: first}]");

    private final Runs runs = new Runs();

    @Test
    void aNewEnvironmentIsLearnedWithoutAlarm() {
        // When
        Backtest.Result result = runs.run("s", "boom", "boom", "boom")
                .run("s", "boom", "boom", "boom")
                .by(Rules.BUILT_IN);

        // Then
        assertThat(result.incidents()).isEmpty();
        assertThat(result.patternChanges()).isEmpty();
    }

    @Test
    void threeFailuresInTwoTestsOpenAnIncident() {
        // Given
        Rules rules = rules("learning: {suite_runs: 0}");

        // When
        Backtest.Result two = new Runs().run("s", "boom", "boom").by(rules);
        Backtest.Result three =
                new Runs().run("s", "boom", "boom").run("s", "boom", "").by(rules);
        Backtest.Result oneTest =
                new Runs().run("s", "boom").run("s", "boom").run("s", "boom").by(rules);

        // Then
        assertThat(two.incidents()).isEmpty();
        assertThat(three.incidents()).hasSize(1);
        assertThat(oneTest.incidents()).isEmpty();
    }

    @Test
    void isResolvedAfterThreeOutcomesWithoutTheFailureOnEachTest() {
        // When
        Backtest.Result recovering =
                new Runs().run("s", "boom", "boom").run("s", "", "").by(FIRST);
        Backtest.Result half = new Runs()
                .run("s", "boom", "boom")
                .run("s", "", "boom")
                .run("s", "", "")
                .run("s", "", "")
                .by(FIRST);
        Backtest.Result resolved = new Runs()
                .run("s", "boom", "boom")
                .run("s", "", "")
                .run("s", "", "")
                .run("s", "", "")
                .by(FIRST);

        // Then
        assertThat(only(recovering).getState()).isEqualTo(IncidentState.RECOVERING);
        assertThat(only(half).getState()).isEqualTo(IncidentState.RECOVERING);
        assertThat(only(resolved).getState()).isEqualTo(IncidentState.RESOLVED);
        assertThat(only(resolved).getResolvedAt()).isNotNull();
    }

    @Test
    void opensAgainUnderTheSameIdWithinFiveDaysAndUnderANewOneLater() {
        // Given
        Runs over = new Runs().run("s", "boom").run("s", "").run("s", "").run("s", "");

        // When
        Backtest.Result soon =
                over.copy().after(Duration.ofDays(1)).run("s", "boom").by(FIRST);
        Backtest.Result later =
                over.copy().after(Duration.ofDays(6)).run("s", "boom").by(FIRST);

        // Then
        assertThat(only(soon).getState()).isEqualTo(IncidentState.OPEN);
        assertThat(only(soon).getReopenings()).isEqualTo(1);
        assertThat(later.incidents()).hasSize(2);
        assertThat(later.incidents().get(1).getPreviousIncidentId())
                .isEqualTo(later.incidents().get(0).getIncidentId());
    }

    @Test
    void aGenericPatternGroupsWithinASuiteOnly() {
        // When
        Backtest.Result result =
                runs.run("s", "assert False").run("t", "assert False").by(FIRST);

        // Then
        assertThat(result.incidents()).hasSize(2);
    }

    @Test
    void aTargetIsBrokenByTheLastRunAndMetAgain() {
        // Given
        Rules rules = rules("learning: {suite_runs: 0}\nrules: [{id: r, suites: [s], target: 80 %}]");

        // When
        Backtest.Result broken = new Runs().run("s", "boom", "", "").by(rules);
        Backtest.Result met =
                new Runs().run("s", "boom", "", "").run("s", "", "", "").by(rules);

        // Then
        assertThat(broken.breaches())
                .singleElement()
                .extracting(Breach::getState)
                .isEqualTo(BreachState.OPEN);
        assertThat(only(broken).getBreachIds())
                .as("a failure of no incident opens one")
                .containsExactly(broken.breaches().get(0).getBreachId());
        assertThat(met.breaches()).singleElement().extracting(Breach::getState).isEqualTo(BreachState.ENDED);
    }

    @Test
    void failuresWithoutACommonPatternAreAnIncidentOfTheirSuite() {
        // Given
        Rules rules = rules("learning: {suite_runs: 0}\nrules: [{id: r, suites: [s], target: 80 %}]");

        // When
        Backtest.Result result = runs.run("s", "boom", "no route to host", "").by(rules);

        // Then
        assertThat(only(result).getPattern()).isNull();
        assertThat(only(result).getScope().getName()).isEqualTo("s");
        assertThat(only(result).getTestCount()).isEqualTo(2);
    }

    @Test
    void aGenericPatternIsLearnedInEverySuite() {
        // Given
        Rules rules = rules("rules: [{id: r, suites: ['*'], new_pattern: first}]");

        // When
        Backtest.Result result =
                runs.run("s", "assert False").run("t", "assert False").by(rules);

        // Then
        assertThat(result.incidents()).isEmpty();
    }

    @Test
    void aTestThatFailsInAnotherWayOfTheSameIncidentDoesNotRecover() {
        // Given
        Rules rules = rules("learning: {suite_runs: 1}\nrules: [{id: r, suites: [s], target: 80 %}]");

        // When
        Backtest.Result result = runs.run("s", "boom", "no route to host", "")
                .run("s", "no route to host", "no route to host", "")
                .run("s", "no route to host", "no route to host", "")
                .run("s", "no route to host", "no route to host", "")
                .by(rules);

        // Then
        assertThat(only(result).getPattern()).isNull();
        assertThat(only(result).getTests())
                .extracting(AffectedTest::getCondition)
                .containsExactly(TestCondition.FAILING, TestCondition.FAILING);
    }

    @Test
    void aRunWithoutOutcomesTellsItsRateAtItsEnd() {
        // When
        Backtest.Result result = runs.run("s").by(FIRST);

        // Then
        assertThat(result.rates())
                .singleElement()
                .satisfies(rate -> assertThat(rate.getAsOf()).isEqualTo(T0));
    }

    /** Four classes with a test of one name; one of them fails in every run, with a mark between class and name. */
    @Test
    void aTestOfOneNameInAnotherClassSaysNothingAboutRecovery() {
        // When
        for (int i = 0; i < 6; i++) {
            runs.run("s", "c1#a=", "c2#a=boom", "c3#a=", "c4#a=");
        }
        Incident incident = only(runs.by(FIRST));

        // Then
        assertThat(incident.getState()).isEqualTo(IncidentState.OPEN);
        assertThat(incident.getReopenings()).isZero();
        assertThat(incident.getFailures()).isEqualTo(6);
        assertThat(incident.getTestCount()).isEqualTo(1);
        assertThat(incident.getTests())
                .extracting(AffectedTest::getClassName, AffectedTest::getTest, AffectedTest::getCondition)
                .containsExactly(tuple("c2", "a", TestCondition.FAILING));
        assertThat(incident.getFacts()).extracting(IncidentFact::getKind).doesNotContain("recovering", "resolved");
    }

    @Test
    void testsOfOneNameInManyClassesNeverMerge() {
        for (long seed = 0; seed < 30; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            int classes = random.nextInt(2, 7);
            Map<String, Long> failed = new TreeMap<>();
            var recorded = new Runs();
            for (int run = random.nextInt(1, 8); run > 0; run--) {
                String[] tests = new String[classes];
                for (int i = 0; i < classes; i++) {
                    boolean fails = random.nextInt(3) == 0;
                    tests[i] = "c" + i + "#a=" + (fails ? "boom" : "");
                    failed.merge("c" + i, fails ? 1L : 0L, Long::sum);
                }
                recorded.run("s", tests);
            }

            // When
            Backtest.Result result = recorded.by(FIRST);

            // Then
            Map<String, Long> counted = new TreeMap<>();
            result.rates().stream()
                    .filter(rate -> rate.getScope().getKind() == ScopeKind.TEST)
                    .forEach(rate -> counted.put(
                            rate.getScope().getClassName(),
                            rate.getWindows().get(2).getCounts().getFailed()));
            assertThat(counted).as("seed %d", seed).isEqualTo(failed);
            assertThat(result.incidents().stream()
                            .flatMap(incident -> incident.getTests().stream())
                            .map(AffectedTest::getClassName)
                            .distinct()
                            .count())
                    .as("seed %d", seed)
                    .isEqualTo(failed.values().stream().filter(n -> n > 0).count());
        }
    }

    @Test
    void passesThatNeededARetryAreCountedInRatesAndTheLastRun() {
        // When
        Backtest.Result result = runs.run("s", "", "~").run("s", "~", "~").by(FIRST);

        // Then
        assertThat(result.incidents()).isEmpty();
        assertThat(result.rates())
                .filteredOn(rate -> rate.getScope().getKind() == ScopeKind.SUITE)
                .singleElement()
                .satisfies(rate -> {
                    assertThat(rate.getLastRun().getFlaky()).isEqualTo(2);
                    assertThat(rate.getLastRun().getRate()).isEqualTo(1);
                    assertThat(rate.getWindows().get(2).getFlaky()).isEqualTo(3);
                });
    }

    private static Incident only(Backtest.Result result) {
        assertThat(result.incidents()).hasSize(1);
        return result.incidents().get(0);
    }

    private static Rules rules(String yaml) {
        return RulesReader.read(new RuleSet("v", Instant.EPOCH, null, yaml));
    }

    /** Suite runs an hour apart. */
    private static final class Runs {
        private static final Pattern NAMED = Pattern.compile("(\\w+)#(\\w+)=(.*)");

        private final List<TestOutcome> outcomes = new java.util.ArrayList<>();
        private final List<SuiteRun> totals = new java.util.ArrayList<>();
        private Instant next = T0;

        /** Adds a run; each text is the failure of one test, empty for a pass, {@code ~} for a flaky one; {@code class#test=} before it names the test. */
        Runs run(String suite, String... failures) {
            Instant end = next;
            long failed = 0;
            for (int i = 0; i < failures.length; i++) {
                end = end.plusSeconds(1);
                Matcher named = NAMED.matcher(failures[i]);
                boolean isNamed = named.matches();
                String message = isNamed ? named.group(3) : failures[i];
                boolean flaky = message.equals("~");
                boolean passed = message.isEmpty() || flaky;
                failed += passed ? 0 : 1;
                outcomes.add(TestOutcome.newBuilder()
                        .setEnvironment("staging")
                        .setSuite(suite)
                        .setClassName(isNamed ? named.group(1) : "")
                        .setTest(isNamed ? named.group(2) : String.valueOf((char) ('a' + i)))
                        .setLocation("local")
                        .setSource("agent")
                        .setRun(totals.size())
                        .setStatus(passed ? OutcomeStatus.PASSED : OutcomeStatus.FAILED)
                        .setFlaky(flaky)
                        .setStartedAt(end.minusSeconds(1))
                        .setEndedAt(end)
                        .setFailure(
                                passed
                                        ? null
                                        : Failure.newBuilder()
                                                .setMessage(message)
                                                .build())
                        .build());
            }
            totals.add(SuiteRun.newBuilder()
                    .setEnvironment("staging")
                    .setSuite(suite)
                    .setLocation("local")
                    .setSource("agent")
                    .setRun(totals.size())
                    .setStartedAt(next)
                    .setEndedAt(end)
                    .setTotals(new StatusCounts(failures.length - failed, failed, 0L, 0L, 0L, 0L))
                    .build());
            next = next.plus(Duration.ofHours(1));
            return this;
        }

        Runs after(Duration pause) {
            next = next.plus(pause);
            return this;
        }

        Runs copy() {
            var copy = new Runs();
            copy.outcomes.addAll(outcomes);
            copy.totals.addAll(totals);
            copy.next = next;
            return copy;
        }

        Backtest.Result by(Rules rules) {
            var backtest = new Backtest(rules, Instant.MAX.minusSeconds(1_000));
            outcomes.forEach(backtest::add);
            totals.forEach(backtest::add);
            return backtest.run();
        }
    }
}
