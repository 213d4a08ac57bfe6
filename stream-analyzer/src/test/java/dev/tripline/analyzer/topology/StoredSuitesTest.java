package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.environment.TestTotals;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.events.TextBounds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredSuitesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final String WIDE = "\u754c";

    private final SeriesAnalysis analysis =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final List<UnreadableState.Entry> putAside = new ArrayList<>();
    private KeyValueStore<String, byte[]> heads;
    private KeyValueStore<Bytes, byte[]> rows;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        heads = InMemory.store("heads", Serdes.String(), context);
        rows = InMemory.store("rows", Serdes.Bytes(), context);
    }

    @AfterEach
    void close() {
        heads.close();
        rows.close();
    }

    /** At any moment the process may die: what waits for a flush is counted again, and nothing else differs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void remembersThroughCrashesWhatTablesInMemoryDo(long seed) {
        var random = new SplittableRandom(seed);
        CountedRuns oracle = analysis.runsIn(SuiteTables.inMemory());
        Map<Series, SeriesState> series = new HashMap<>();
        Map<Series, SeriesState> oracleSeries = new HashMap<>();
        List<Contribution> waiting = new ArrayList<>();
        StoredSuites suites = suites();
        CountedRuns runs = analysis.runsIn(suites);
        for (int i = 0; i < 6_000; i++) {
            Outcome outcome = outcome(random, i);
            Instant taken = outcome.endedAt();
            if (random.nextInt(12) == 0) {
                RunTotals totals = totals(outcome, 3);
                assertThat(runs.publish("staging", totals, taken)).isEqualTo(oracle.publish("staging", totals, taken));
                suites.commit();
            } else {
                Result result = analysis.next(outcome, taken, runs, stateOf(series, outcome));
                assertThat(result)
                        .as("outcome %d of seed %d", i, seed)
                        .isEqualTo(analysis.next(outcome, taken, oracle, stateOf(oracleSeries, outcome)));
                if (result instanceof Counted counted) {
                    waiting.add(Contribution.of(counted));
                }
            }
            if (random.nextInt(20) == 0) {
                assertThat(runs.ended("staging", "s", Instant.MIN))
                        .isEqualTo(oracle.ended("staging", "s", Instant.MIN));
                suites.commit();
                waiting.clear();
            } else if (random.nextInt(40) == 0) {
                suites = suites(); // a crash
                CountedRuns restarted = analysis.runsIn(suites);
                waiting.forEach(each ->
                        restarted.recount(each, series.get(each.series()).number()));
                runs = restarted;
            }
        }
        assertThat(putAside).isEmpty();
    }

    private SeriesState stateOf(Map<Series, SeriesState> series, Outcome outcome) {
        return series.computeIfAbsent(outcome.series(), each -> analysis.begin());
    }

    /**
     * Ninety days of a suite: by an agent, and by reports, each a source of its own; complete or not.
     *
     * @param minutes between two runs
     * @param most bytes
     */
    @ParameterizedTest
    @CsvSource({
        "1, agent, true, 32000",
        "15, agent, true, 3000",
        "15, reports, true, 330000",
        "15, agent, false, 720000"
    })
    void whatASuiteRemembersDoesNotGrowWithItsAge(int minutes, String by, boolean isComplete, int most) {
        int tests = 5;
        Map<Integer, SeriesState> series = new HashMap<>();
        StoredSuites suites = suites();
        CountedRuns runs = analysis.runsIn(suites);
        long at40 = 0;
        int each = 90 * 24 * 60 / minutes;
        for (int run = 0; run < each; run++) {
            Instant end = T0.plus(Duration.ofMinutes((long) run * minutes));
            var id = by.equals("agent") ? new RunId("0123-4567.89ab", run) : new RunId("%040x".formatted(run), 1);
            for (int test = 0; test < tests; test++) {
                SeriesState state = series.computeIfAbsent(test, t -> analysis.begin());
                Outcome outcome = outcome("s", "here", "t" + test, id, end, OutcomeStatus.PASSED);
                assertThat(analysis.next(outcome, end, runs, state)).isInstanceOf(Counted.class);
            }
            Outcome last = outcome("s", "here", "t", id, end, OutcomeStatus.PASSED);
            runs.publish("staging", totals(last, isComplete ? tests : tests + 1), end);
            runs.ended("staging", "s", Instant.MIN);
            suites.commit();
            if (run == each * 4 / 9 - 1) {
                at40 = bytes();
            }
        }
        assertThat(bytes()).isLessThan(most);
        assertThat(bytes()).as("after 90 days, against 40").isLessThan(at40 + at40 / 8 + 200);
    }

    /** Names of three-byte characters, attempts beyond counting, series that come in no order, and no run that is complete. */
    @Test
    void nothingOutgrowsARecord() {
        String environment = WIDE.repeat(TextBounds.WORD);
        StoredSuites suites = suites();
        CountedRuns runs = analysis.runsIn(suites);
        for (int run = 0; run < 400; run++) {
            var id = new RunId(run + WIDE.repeat(TextBounds.NAME - 4), run);
            String location = run % 300 + WIDE.repeat(TextBounds.WORD - 4);
            RunTotals totals = new RunTotals(
                    WIDE.repeat(TextBounds.NAME),
                    location,
                    id,
                    T0,
                    T0,
                    new StatusCounts(0, 9, 0, 0, 0, 0),
                    WIDE.repeat(TextBounds.WORD),
                    WIDE.repeat(TextBounds.WORD),
                    WIDE.repeat(TextBounds.WORD),
                    WIDE.repeat(TextBounds.WORD),
                    List.of(),
                    RunEnd.OPEN);
            runs.publish(environment, totals, T0);
        }
        // Every other series of a large suite, so that no two follow one another.
        var id = new RunId("agent", 1);
        var states = new ArrayList<SeriesState>();
        for (int test = 0; test < 150_000; test++) {
            SeriesState state = analysis.begin();
            states.add(state);
            RunId first = new RunId("first", 1);
            analysis.next(outcome("large", "here", "t", first, T0, OutcomeStatus.PASSED), T0, runs, state);
        }
        for (int test = 0; test < states.size(); test += 2) {
            analysis.next(outcome("large", "here", "t", id, T0, OutcomeStatus.PASSED), T0, runs, states.get(test));
        }
        // A source that numbers its runs by the clock.
        for (int run = 0; run < 3_000; run++) {
            Instant end = T0.plus(Duration.ofMinutes(run));
            var byClock = new RunId("clock", end.toEpochMilli());
            runs.publish("staging", totals(outcome("c", "here", "t", byClock, end, OutcomeStatus.PASSED), 0), end);
            analysis.next(outcome("c", "here", "t", byClock, end, OutcomeStatus.PASSED), end, runs, analysis.begin());
            runs.ended("staging", "c", Instant.MIN);
        }
        suites.commit();

        int largest = 0;
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            while (all.hasNext()) {
                largest = Math.max(largest, all.next().value.length);
            }
        }
        try (KeyValueIterator<String, byte[]> all = heads.all()) {
            while (all.hasNext()) {
                largest = Math.max(largest, all.next().value.length);
            }
        }
        assertThat(largest).isBetween(20_000, 200_000);
        assertThat(putAside).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPutAsideOnceAndTheOthersGoOn() {
        StoredSuites suites = suites();
        CountedRuns runs = analysis.runsIn(suites);
        SeriesState state = analysis.begin();
        var id = new RunId("agent", 1);
        analysis.next(outcome("s", "here", "t", id, T0, OutcomeStatus.PASSED), T0, runs, state);
        suites.commit();
        var keys = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            all.forEachRemaining(each -> keys.add(each.key));
        }
        keys.forEach(key -> rows.put(key, new byte[] {1, -1}));

        CountedRuns restarted = analysis.runsIn(suites());
        Outcome second = outcome("s", "here", "t", id, T0.plusSeconds(1), OutcomeStatus.PASSED);
        assertThat(analysis.next(second, T0, restarted, state)).isInstanceOf(Counted.class);
        assertThat(restarted.ended("staging", "s", Instant.MIN)).isEmpty();
        assertThat(putAside).extracting(UnreadableState.Entry::store).containsOnly("rows");
        assertThat(putAside).hasSizeBetween(1, keys.size());
    }

    private long bytes() {
        long bytes = 0;
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> each = all.next();
                bytes += each.key.get().length + each.value.length;
            }
        }
        try (KeyValueIterator<String, byte[]> all = heads.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> each = all.next();
                bytes += each.key.length() + each.value.length;
            }
        }
        return bytes;
    }

    private StoredSuites suites() {
        return new StoredSuites(heads, rows, (entry, why) -> putAside.add(entry));
    }

    private static RunTotals totals(Outcome of, int tests) {
        return TestTotals.of(
                of.series().suite(),
                of.series().location(),
                of.runId(),
                of.endedAt(),
                of.endedAt(),
                new StatusCounts(tests, 0, 0, 0, 0, 0),
                null,
                null);
    }

    /** In order mostly; some late, some repeated, some far apart. */
    private static Outcome outcome(SplittableRandom random, int number) {
        int run = Math.max(0, number / 4 - (random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(2)));
        Instant end = T0.plus(Duration.ofHours(run));
        return outcome(
                "s",
                "here" + random.nextInt(2),
                "t" + random.nextInt(3),
                new RunId("agent", run),
                end,
                OutcomeStatus.PASSED);
    }

    private static Outcome outcome(
            String suite, String location, String test, RunId run, Instant end, OutcomeStatus status) {
        return new Outcome(
                new Series("staging", suite, "", test, location),
                run,
                1,
                status,
                false,
                end,
                end,
                null,
                null,
                "",
                null,
                null,
                null,
                "ingest",
                List.of(),
                new TreeMap<>());
    }
}
