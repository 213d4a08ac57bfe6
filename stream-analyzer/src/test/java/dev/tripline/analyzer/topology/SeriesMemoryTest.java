package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.analyzer.topology.SeriesMemory.Remembered;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesMemoryTest {
    private static final List<OutcomeStatus> STATUSES = List.of(OutcomeStatus.values());
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final SeriesAnalysis analysis =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final SeriesStateCodec codec = new SeriesStateCodec(RateWindows.STANDARD);

    private final CountedRuns runs = analysis.runsIn(SuiteTables.inMemory());

    private KeyValueStore<String, byte[]> wholes;
    private KeyValueStore<Bytes, byte[]> steps;

    private final List<UnreadableState.Entry> putAside = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        wholes = InMemory.store("wholes", Serdes.String(), context);
        steps = InMemory.store("steps", Serdes.Bytes(), context);
    }

    @AfterEach
    void close() {
        wholes.close();
        steps.close();
    }

    /** What is read back, whenever that is, is what has never been written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 40, SeriesMemory.MOST_BUCKETS})
    void remembersWhatAStateThatNeverLeftMemoryHolds(int mostBuckets) {
        var random = new SplittableRandom(mostBuckets);
        Map<String, SeriesState> oracle = new HashMap<>();
        CountedRuns oracleRuns = analysis.runsIn(SuiteTables.inMemory());
        SeriesMemory memory = memory(mostBuckets);
        for (int i = 0; i < 3_000; i++) {
            if (random.nextInt(200) == 0) {
                memory = memory(mostBuckets); // a restart
            }
            String key = "series-" + random.nextInt(7);
            Outcome outcome = outcome(random, i);
            SeriesState expected = oracle.computeIfAbsent(key, k -> analysis.begin());
            Remembered remembered = memory.recall(key);
            var result = analysis.next(outcome, T0, runs, remembered.state());
            assertThat(result).as("outcome %d", i).isEqualTo(analysis.next(outcome, T0, oracleRuns, expected));
            if (result instanceof Counted counted) {
                memory.keep(remembered, counted.step());
            }
            assertSame(memory.recall(key).state(), expected);
        }
        SeriesMemory restarted = memory(mostBuckets);
        oracle.forEach((key, expected) -> assertSame(restarted.recall(key).state(), expected));
    }

    @Test
    void writesTheWholeOnlyNowAndThen() {
        var random = new SplittableRandom(1);
        SeriesMemory memory = memory(SeriesMemory.MOST_BUCKETS);
        long bytes = 0;
        int outcomes = 60 * 24;
        for (int i = 0; i < outcomes; i++) {
            Remembered series = memory.recall("s");
            if (analysis.next(outcome(random, i), T0, runs, series.state()) instanceof Counted counted) {
                byte[] before = wholes.get("s");
                memory.keep(series, counted.step());
                byte[] after = wholes.get("s");
                bytes += Arrays.equals(before, after) ? SeriesStepCodec.write(i, counted.step()).length : after.length;
            }
        }
        assertThat(bytes / outcomes).as("bytes of state for each outcome").isLessThan(700);
    }

    /**
     * Sixty days of a test.
     *
     * @param minutes between two runs
     * @param most bytes
     */
    @ParameterizedTest
    @CsvSource({"1, 6000", "15, 2000"})
    void theStateOfATestDoesNotGrowWithItsAge(int minutes, int most) {
        var random = new SplittableRandom(minutes);
        SeriesState state = analysis.begin();
        int largest = 0;
        for (int run = 1; run <= 60 * 24 * 60 / minutes; run++) {
            Instant end = T0.plus(Duration.ofMinutes((long) run * minutes)).plusMillis(random.nextInt(60_000));
            boolean fails = random.nextInt(20) == 0;
            long took = (long) (50 * Math.exp(random.nextGaussian()));
            analysis.next(outcome("0123-4567.89ab", run, end, fails, took), end, runs, state);
            if (run % 500 == 0) {
                largest = Math.max(largest, codec.write(state, run).length);
            }
        }
        assertThat(largest).isLessThan(most);
    }

    private static Outcome outcome(String source, int run, Instant end, boolean fails, long took) {
        return new Outcome(
                new Series("staging", "s", "", "t", "local"),
                new RunId(source, run),
                1,
                fails ? OutcomeStatus.FAILED : OutcomeStatus.PASSED,
                false,
                end,
                end,
                took,
                null,
                fails ? "boom " + "abc".charAt(run % 3) : "",
                null,
                null,
                null,
                "command",
                List.of(),
                new TreeMap<>());
    }

    @Test
    void aStateThatMayBeHalfChangedIsReadAgain() {
        SeriesMemory memory = memory(SeriesMemory.MOST_BUCKETS);
        var random = new SplittableRandom(2);
        Remembered series = memory.recall("s");
        memory.keep(series, ((Counted) analysis.next(outcome(random, 0), T0, runs, series.state())).step());
        Instant newest = series.state().rates().now();

        analysis.next(outcome(random, 500), T0, runs, series.state());
        memory.drop(series);

        assertThat(memory.recall("s").state().rates().now()).isEqualTo(newest);
    }

    @Test
    void aWholeThatCannotBeReadIsPutAsideOnceAndItsSeriesBeginsAnew() {
        // Given
        runs(0, 2 * SeriesMemory.STEPS);
        byte[] spoiled = Arrays.copyOf(wholes.get("s"), 20);
        wholes.put("s", spoiled);

        // When
        Remembered series = memory(SeriesMemory.MOST_BUCKETS).recall("s");

        // Then
        assertThat(putAside).singleElement().satisfies(entry -> {
            assertThat(entry.store()).isEqualTo("wholes");
            assertThat(entry.key()).asString().isEqualTo("s");
            assertThat(entry.value()).isEqualTo(spoiled);
        });
        assertThat(series.state().number()).isNegative();

        // When
        runs(100, 20);
        SeriesState expected = memory(SeriesMemory.MOST_BUCKETS).recall("s").state();

        // Then
        assertThat(putAside).hasSize(1);
        assertThat(expected.rates().rates().get(3).counts().total()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void aStepThatCannotBeReadIsPutAsideOnceAndTheOthersCount(int slot) {
        // Given
        runs(0, 7);
        Bytes place = slot("s", slot);
        steps.put(place, new byte[] {1, 7});

        // When
        SeriesState state = memory(SeriesMemory.MOST_BUCKETS).recall("s").state();

        // Then
        assertThat(putAside).singleElement().satisfies(entry -> {
            assertThat(entry.store()).isEqualTo("steps");
            assertThat(entry.key()).isEqualTo(place.get());
            assertThat(entry.shown()).isEqualTo("s, step " + slot);
        });
        assertThat(state.rates().rates().get(3).counts().total()).isEqualTo(6);

        // When
        for (int next = 0; next < 3; next++) {
            runs(100 + 15 * next, 15); // each on a memory of its own
            SeriesState later = memory(SeriesMemory.MOST_BUCKETS).recall("s").state();

            // Then
            assertThat(later.rates().rates().get(3).counts().total()).isEqualTo(6 + 15 * (next + 1));
        }
        assertThat(putAside).hasSize(1);
    }

    @Test
    void stateOfANewerTriplineIsNeitherReadNorPutAside() {
        // Given
        runs(0, SeriesMemory.STEPS + 2);
        byte[] step = steps.get(slot("s", 1));
        byte[] whole = wholes.get("s");

        // Then
        step[0] = 2;
        steps.put(slot("s", 1), step);
        assertThatThrownBy(() -> memory(SeriesMemory.MOST_BUCKETS).recall("s")).isInstanceOf(NewerStateException.class);
        whole[0] = 2;
        wholes.put("s", whole);
        assertThatThrownBy(() -> memory(SeriesMemory.MOST_BUCKETS).recall("s"))
                .isInstanceOf(NewerStateException.class)
                .hasMessageContaining("got 2");
        assertThat(putAside).isEmpty();
        assertThat(wholes.get("s")).isEqualTo(whole);
        assertThat(steps.get(slot("s", 1))).isEqualTo(step);
    }

    /** Counts passed runs, one a minute. */
    private void runs(int first, int count) {
        SeriesMemory memory = memory(SeriesMemory.MOST_BUCKETS);
        for (int i = first; i < first + count; i++) {
            Remembered series = memory.recall("s");
            Instant end = T0.plus(Duration.ofMinutes(i));
            var outcome = new Outcome(
                    new Series("staging", "s", "", "t", "local"),
                    new RunId("agent", i),
                    1,
                    OutcomeStatus.PASSED,
                    false,
                    end,
                    end,
                    7L,
                    null,
                    "",
                    null,
                    null,
                    null,
                    "ingest",
                    List.of(),
                    new TreeMap<>());
            memory.keep(series, ((Counted) analysis.next(outcome, T0, runs, series.state())).step());
        }
    }

    private static Bytes slot(String key, int number) {
        byte[] hash = Digest.key(key);
        byte[] slot = Arrays.copyOf(hash, hash.length + 1);
        slot[hash.length] = (byte) number;
        return Bytes.wrap(slot);
    }

    @Test
    void whatWaitsForAFlushIsReadAsItWasWritten() {
        var random = new SplittableRandom(3);
        SeriesState state = analysis.begin();
        for (int i = 0; i < 500; i++) {
            if (analysis.next(outcome(random, i), T0, runs, state) instanceof Counted counted) {
                Contribution contribution = Contribution.of(counted);

                assertThat(ContributionCodec.read(ContributionCodec.write(contribution)))
                        .isEqualTo(contribution);
            }
        }
    }

    private SeriesMemory memory(int mostBuckets) {
        return new SeriesMemory(analysis, codec, wholes, steps, (entry, why) -> putAside.add(entry), mostBuckets);
    }

    private static void assertSame(SeriesState actual, SeriesState expected) {
        assertThat(actual.number()).isEqualTo(expected.number());
        assertThat(actual.rates().now()).isEqualTo(expected.rates().now());
        assertThat(actual.rates().rates()).isEqualTo(expected.rates().rates());
        assertThat(actual.absences().watched()).isEqualTo(expected.absences().watched());
    }

    /** In order mostly; some late, some repeated, some far apart. */
    private static Outcome outcome(SplittableRandom random, int minute) {
        int at = random.nextInt(10) == 0 ? Math.max(0, minute - random.nextInt(5_000)) : minute;
        Instant end = T0.plus(Duration.ofMinutes(at)).plusMillis(random.nextInt(60_000));
        OutcomeStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
        return new Outcome(
                new Series("staging", "s", "", "t", "local"),
                new RunId("agent-" + random.nextInt(2), at),
                1 + random.nextInt(2),
                status,
                random.nextBoolean(),
                end,
                end,
                random.nextInt(3) == 0 ? null : (long) random.nextInt(100_000),
                random.nextBoolean() ? "E" : null,
                status.isFailure() ? "boom " + "abc".charAt(random.nextInt(3)) : "",
                random.nextBoolean() ? "at a\nat b" : null,
                random.nextBoolean() ? "shop" : null,
                random.nextBoolean() ? "r" + minute : null,
                "ingest",
                random.nextBoolean() ? List.of("fast", "smoke") : List.of(),
                random.nextBoolean() ? new TreeMap<>(Map.of("build", "https://ci/" + minute)) : new TreeMap<>());
    }
}
