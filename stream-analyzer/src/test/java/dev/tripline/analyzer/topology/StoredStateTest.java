package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.NoteWritten;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.environment.MemoryState;
import dev.tripline.analyzer.environment.TestTotals;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.AffectedTest.Condition;
import dev.tripline.analyzer.incident.HitSuite;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.incident.Reach;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.events.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an environment remembers is the same in stores as in memory, whenever it is read back. */
final class StoredStateTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ENVIRONMENT = "staging/eu";
    private static final List<String> MESSAGES =
            List.of("boom", "no route to host", "assert False", "HTTP 500", "connection refused", "HTTP 503");

    private final EnvironmentAnalysis analysis = new EnvironmentAnalysis(RateWindows.STANDARD);
    private final LedgerBytes ledgers = new LedgerBytes(RateWindows.STANDARD);
    private EnvironmentStores stores;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        stores = new EnvironmentStores(
                InMemory.store("heads", Serdes.String(), context),
                InMemory.store("rows", Serdes.Bytes(), context),
                InMemory.store("untold", Serdes.String(), context),
                (entry, why) -> {
                    throw new AssertionError(why);
                });
    }

    @AfterEach
    void close() {
        stores.heads().close();
        stores.rows().close();
        stores.untold().close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void decidesAsStateThatNeverLeftMemory(long seed) {
        var random = new SplittableRandom(seed);
        var memory = new MemoryState(ENVIRONMENT);
        StoredState stored = stored();
        Set<String> kinds = new HashSet<>();
        for (EnvironmentInput input : new Fleet(random).inputs(60)) {
            if (random.nextInt(10) == 0) {
                stored = stored(); // a restart
            }
            if (random.nextInt(10) == 0) {
                analysis.process(input, stored, decision -> {}); // a failure on the way
                stored.rollback();
            }
            List<Decision> expected = new ArrayList<>();
            List<Decision> actual = new ArrayList<>();
            analysis.process(input, memory, expected::add);
            analysis.process(input, stored, actual::add);
            if (random.nextInt(3) == 0) {
                memory.untold().take().forEach(mark -> analysis.tell(mark, memory, expected::add));
                StoredState now = stored;
                now.untold().take().forEach(mark -> analysis.tell(mark, now, actual::add));
            }
            stored.commit();
            assertThat(actual).as("seed %d, %s", seed, input).isEqualTo(expected);
            actual.forEach(decision -> kinds.add(decision.getClass().getSimpleName()));
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "PatternSeen", "PatternChanged", "Breached", "IncidentChanged", "RateChanged");
    }

    /** Numbers that go along are those of a count of all rows. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void whatAnIncidentReachesIsACountOfItsRows(long seed) {
        var state = new MemoryState(ENVIRONMENT);
        int incidents = 0;
        for (EnvironmentInput input : new Fleet(new SplittableRandom(seed)).inputs(60)) {
            List<Incident> told = new ArrayList<>();
            analysis.process(input, state, decision -> {});
            state.untold()
                    .takeFindings()
                    .forEach(mark -> analysis.tell(mark, state, decision -> {
                        if (decision instanceof IncidentChanged changed) {
                            told.add(changed.incident());
                        }
                    }));
            for (Incident incident : told) {
                incidents++;
                assertThat(incident.reach()).as("seed %d, %s", seed, input).isEqualTo(counted(state, incident.id()));
                boolean isOpen = state.openIncidents().of(EnvironmentState.ONLY, 1_000).stream()
                        .anyMatch(open -> open.name().equals(incident.id()));
                assertThat(isOpen).isEqualTo(incident.isOpen());
                for (HitSuite hit : state.suitesOfIncidents().of(incident.id(), 1_000)) {
                    assertThat(state.openIncidentsOfSuites().get(hit.suite(), incident.id()) != null)
                            .isEqualTo(incident.isOpen());
                }
            }
        }
        assertThat(incidents).isGreaterThan(50);
    }

    private static Reach counted(EnvironmentState state, String incident) {
        List<AffectedTest> places = state.affectedTests().of(incident, Integer.MAX_VALUE);
        Map<Condition, Long> conditions = new EnumMap<>(Condition.class);
        Set<String> tests = new HashSet<>();
        Set<String> suites = new HashSet<>();
        for (AffectedTest place : places) {
            conditions.merge(place.condition(), 1L, Long::sum);
            tests.add(place.suite() + ' ' + place.className() + ' ' + place.test());
            suites.add(place.suite());
        }
        return new Reach(
                tests.size(),
                suites.size(),
                conditions.getOrDefault(Condition.FAILING, 0L),
                conditions.getOrDefault(Condition.FAILING_DIFFERENTLY, 0L),
                conditions.getOrDefault(Condition.PASSING, 0L),
                conditions.getOrDefault(Condition.RECOVERED, 0L));
    }

    @Test
    void whatWasNotToldIsToldAfterARestartInTheSameOrder() {
        // Given
        var memory = new MemoryState(ENVIRONMENT);
        StoredState stored = stored();
        for (EnvironmentInput input : new Fleet(new SplittableRandom(7)).inputs(5)) {
            analysis.process(input, memory, decision -> {});
            analysis.process(input, stored, decision -> {});
            stored.commit();
        }

        // When
        List<Decision> expected = new ArrayList<>();
        List<Decision> actual = new ArrayList<>();
        memory.untold().take().forEach(mark -> analysis.tell(mark, memory, expected::add));
        StoredState restarted = stored();
        restarted.untold().take().forEach(mark -> analysis.tell(mark, restarted, actual::add));
        restarted.commit();

        // Then
        assertThat(actual).hasSizeGreaterThan(5).isEqualTo(expected);
        assertThat(stored().untold().marks()).isEmpty();
        assertThat(stores.untold().approximateNumEntries()).isZero();
    }

    @Test
    void rowsOfAnOwnerComeInOneOrderWhetherTheyAreWrittenOrNot() {
        var random = new SplittableRandom(8);
        var memory = new MemoryState(ENVIRONMENT);
        StoredState stored = stored();
        for (int i = 0; i < 2_000; i++) {
            String owner = "s" + random.nextInt(3);
            String key = "t" + random.nextInt(40);
            for (EnvironmentState each : List.of(memory, stored)) {
                if (i % 3 == 0) {
                    each.suitesOfIncidents().remove(owner, key);
                } else {
                    each.suitesOfIncidents().put(owner, key, new HitSuite(key, "p" + i));
                }
            }
            int most = random.nextInt(1, 50);
            assertThat(stored.suitesOfIncidents().of(owner, most))
                    .isEqualTo(memory.suitesOfIncidents().of(owner, most));
            assertThat(stored.suitesOfIncidents().get(owner, key))
                    .isEqualTo(memory.suitesOfIncidents().get(owner, key));
            if (random.nextInt(5) == 0) {
                stored.commit();
            }
            if (random.nextInt(50) == 0) {
                stored.commit();
                stored = stored();
            }
        }
    }

    private StoredState stored() {
        return new StoredState(ENVIRONMENT, stores, ledgers);
    }

    /** Suites at two locations whose tests fail in six ways, with all else that decides. */
    private static final class Fleet {
        private final SeriesAnalysis perTest =
                new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
        private final Map<Series, SeriesState> series = new HashMap<>();
        private final CountedRuns counted = perTest.runsIn(SuiteTables.inMemory());
        private final List<EnvironmentInput> inputs = new ArrayList<>();
        private final SplittableRandom random;

        Fleet(SplittableRandom random) {
            this.random = random;
        }

        List<EnvironmentInput> inputs(int runs) {
            inputs.add(rules(1, "critical: {suites: 2}"));
            for (int run = 0; run < runs; run++) {
                if (random.nextInt(15) == 0) {
                    inputs.add(new Deployed(new DeployedRevision(
                            "shop", "r" + run, T0.plus(Duration.ofMinutes(30L * run)), "ci", null)));
                }
                if (random.nextInt(20) == 0) {
                    inputs.add(rules(run + 2, random.nextBoolean() ? "high: {tests: 3}" : "critical: {tests: 4}"));
                }
                if (random.nextInt(10) == 0) {
                    inputs.add(new NoteWritten("unknown", new Incident.Note("ann", T0, "seen", null)));
                }
                run(run);
            }
            return inputs;
        }

        private void run(int number) {
            String suite = "suite-" + random.nextInt(4);
            String location = random.nextInt(3) == 0 ? "far" : "near";
            Instant start = T0.plus(Duration.ofMinutes(30L * number - (random.nextInt(8) == 0 ? 200 : 0)));
            int tests = random.nextInt(1, 8);
            int badness = random.nextInt(3);
            int way = random.nextInt(MESSAGES.size());
            List<Contribution> contributions = new ArrayList<>();
            StatusCounts totals = StatusCounts.NONE;
            var id = new RunId("agent", number);
            for (int test = 0; test < tests; test++) {
                boolean fails = random.nextInt(3) < badness;
                OutcomeStatus status = fails ? OutcomeStatus.FAILED : OutcomeStatus.PASSED;
                String message = fails ? MESSAGES.get(random.nextInt(4) == 0 ? random.nextInt(6) : way) : "";
                var outcome = new Outcome(
                        new Series(ENVIRONMENT, suite, random.nextInt(9) == 0 ? "c" : "", "t" + test, location),
                        id,
                        1,
                        status,
                        false,
                        start,
                        start.plusSeconds(test),
                        100L,
                        null,
                        message,
                        null,
                        "shop",
                        "r" + number,
                        "ingest",
                        List.of("smoke"),
                        new TreeMap<>());
                if (perTest.next(
                                outcome,
                                outcome.endedAt(),
                                counted,
                                series.computeIfAbsent(outcome.series(), each -> perTest.begin()))
                        instanceof Counted each) {
                    contributions.add(Contribution.of(each));
                }
                totals = totals.plus(status, 1);
            }
            int half = random.nextInt(contributions.size() + 1);
            var total =
                    TestTotals.of(suite, location, id, start, start.plusSeconds(tests), totals, "shop", "r" + number);
            inputs.addAll(Contribution.sum(contributions.subList(0, half), RateWindows.STANDARD));
            if (random.nextInt(3) == 0) {
                inputs.add(total);
            }
            inputs.addAll(Contribution.sum(contributions.subList(half, contributions.size()), RateWindows.STANDARD));
            inputs.add(total);
        }

        private static RulesActivated rules(int number, String severity) {
            Rules rules = RulesReader.read(new RuleSet("v" + number, T0, null, """
                    learning: {suite_runs: 3}
                    journeys: [{name: buy, suites: [suite-1]}]
                    rules:
                      - {id: all, suites: ['*'], new_pattern: first, target: 80 %%}
                      - {id: grave, suites: [suite-1, suite-2], severity: {%s}}
                    """.formatted(severity)));
            return new RulesActivated(rules, number, T0.plusSeconds(number));
        }
    }
}
