package dev.tripline.analyzer.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.environment.TestTotals;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.analyzer.series.CountedRuns.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedRunsTest {
    private static final Duration HORIZON = Duration.ofDays(2);
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");
    private static final int TESTS = 5;

    /** Something that comes: an outcome of a run, or its totals. */
    private record Arrival(Instant at, String location, RunId run, Instant end, int test) {}

    private final CountedRuns runs = new CountedRuns(SuiteTables.inMemory(), HORIZON);
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Three agents of three probes each, or a source for each report; shuffled, late, and repeated, for sixty days. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithWhoNeverForgets(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        boolean isReports = seed % 2 == 0;
        List<Arrival> arrivals = arrivals(random, isReports);
        Set<String> counted = new HashSet<>();
        Map<String, Instant> known = new HashMap<>();
        Instant newest = Instant.MIN;

        for (Arrival each : arrivals) {
            // When
            boolean isTotals = each.test() == TESTS;
            String run = each.location() + each.run();
            String outcome = run + each.test();
            Verdict verdict = isTotals
                    ? runs.publish("staging", totals(each, TESTS), each.at())
                    : count(each.location(), each.run(), each.test(), each.end(), each.at());

            // Then
            Instant age = newest.equals(Instant.MIN) ? Instant.MIN : newest.minus(CountedRuns.MEMORY);
            boolean isOld = each.end().isBefore(age.equals(Instant.MIN) ? age : age.plus(Duration.ofHours(2)));
            boolean isLate = !newest.equals(Instant.MIN) && each.end().isBefore(newest.minus(HORIZON));
            Set<Verdict> expected = EnumSet.noneOf(Verdict.class);
            if (counted.contains(outcome)) {
                expected.add(Verdict.REPEATED);
            } else if (known.containsKey(run)) {
                expected.add(Verdict.COUNTED);
            } else {
                expected.add(isLate ? Verdict.LATE : Verdict.COUNTED);
            }
            if (isOld) {
                expected.add(Verdict.LATE); // whoever forgets may say so
            }
            assertThat(verdict).as("%s, seed %d", each, seed).isIn(expected);
            if (verdict == Verdict.COUNTED) {
                counted.add(outcome);
                known.put(run, each.end());
                newest = !isTotals && each.end().isAfter(newest) ? each.end() : newest;
            }
            if (random.nextInt(3) == 0) {
                runs.ended("staging", "s", Instant.MIN);
            }
        }
        assertThat(counted.size()).isGreaterThan(5_000);
    }

    private static List<Arrival> arrivals(SplittableRandom random, boolean isReports) {
        var arrivals = new ArrayList<Arrival>();
        for (int agent = 0; agent < 3; agent++) {
            for (int probe = 0; probe < 3; probe++) {
                for (int run = 0; run < 60 * 24 / 6; run++) {
                    Instant end = T0.plus(Duration.ofHours(6L * run)).plusSeconds(random.nextInt(3_600));
                    RunId id = isReports
                            ? new RunId("report-" + agent + probe + run, 0)
                            : new RunId("agent-" + agent + "." + probe, run);
                    boolean isDelayed = random.nextInt(20) == 0;
                    for (int test = 0; test <= TESTS; test++) {
                        if (random.nextInt(60) == 0) {
                            continue; // lost
                        }
                        Instant at = end.plusSeconds(isDelayed ? random.nextInt(5 * 86_400) : random.nextInt(3));
                        String location = "here" + agent;
                        arrivals.add(new Arrival(at, location, id, end, test));
                        if (random.nextInt(10) == 0) {
                            Instant again = at.plusSeconds(random.nextInt(40 * 86_400));
                            arrivals.add(new Arrival(again, location, id, end, test));
                        }
                    }
                }
            }
        }
        arrivals.sort((one, other) -> one.at().compareTo(other.at()));
        return arrivals;
    }

    @Test
    void attemptsOfOneTestAreToldApart() {
        RunId run = new RunId("agent", 1);
        assertThat(count(outcome("here", run, 0, T0, 1), T0)).isEqualTo(Verdict.COUNTED);
        assertThat(count(outcome("here", run, 0, T0, 2), T0)).isEqualTo(Verdict.COUNTED);
        assertThat(count(outcome("here", run, 0, T0, Integer.MAX_VALUE), T0)).isEqualTo(Verdict.COUNTED);
        assertThat(count(outcome("here", run, 0, T0, 2), T0)).isEqualTo(Verdict.REPEATED);
        assertThat(count(outcome("here", run, 0, T0, Integer.MAX_VALUE), T0)).isEqualTo(Verdict.REPEATED);
        assertThat(count(outcome("there", run, 0, T0, 2), T0)).isEqualTo(Verdict.COUNTED);
    }

    @Test
    void aRunIsCompleteWhenAllCameThatWasPublishedInWhateverOrder() {
        run(1, T0, TESTS, false);
        assertThat(ended()).isEmpty();
        publish(1, T0);
        assertThat(ended()).extracting(RunTotals::end).containsExactly(RunEnd.COMPLETE);
        assertThat(ended()).isEmpty();

        publish(2, T0.plusSeconds(60));
        assertThat(ended()).isEmpty();
        run(2, T0.plusSeconds(60), TESTS, false);
        assertThat(ended()).singleElement().satisfies(told -> {
            assertThat(told.end()).isEqualTo(RunEnd.COMPLETE);
            assertThat(told.run()).isEqualTo(new RunId("agent", 2));
            assertThat(told.service()).isEqualTo("shop");
        });
    }

    /** Complete runs take 10 minutes, so that one is waited for until twice that after its begin. */
    @Test
    void aRunThatStaysIncompleteIsOverAfterTwiceItsUsualTime() {
        run(1, T0, TESTS, true);
        assertThat(ended()).hasSize(1);

        Instant begin = T0.plus(Duration.ofHours(1));
        run(2, begin, TESTS - 1, true);
        run(3, begin.plus(Duration.ofMinutes(9)), TESTS, true);
        assertThat(ended()).extracting(RunTotals::end).as("after 19 minutes").containsExactly(RunEnd.COMPLETE);
        run(4, begin.plus(Duration.ofMinutes(10)), TESTS, true);
        assertThat(ended())
                .extracting(RunTotals::run, RunTotals::end)
                .as("after 20 minutes")
                .containsExactly(
                        tuple(new RunId("agent", 2), RunEnd.INCOMPLETE), tuple(new RunId("agent", 4), RunEnd.COMPLETE));

        // What comes after all is counted, and said.
        assertThat(count("here", new RunId("agent", 2), TESTS - 1, begin, begin))
                .isEqualTo(Verdict.COUNTED);
        assertThat(ended()).extracting(RunTotals::end).containsExactly(RunEnd.COMPLETE);
    }

    @Test
    void aRunNobodyToldTheTotalsOfIsOverWhenNothingMoreComes() {
        run(1, T0, TESTS, false);
        run(2, T0.plus(Duration.ofMinutes(49)), TESTS, false);
        assertThat(ended()).as("59 minutes after the first began").isEmpty();

        run(3, T0.plus(Duration.ofMinutes(50)), TESTS, false);
        assertThat(ended()).singleElement().satisfies(told -> {
            assertThat(told.end()).isEqualTo(RunEnd.UNTOLD);
            assertThat(told.run()).isEqualTo(new RunId("agent", 1));
            assertThat(told.totals().total()).isEqualTo(TESTS);
        });

        publish(1, T0);
        assertThat(ended()).extracting(RunTotals::end).containsExactly(RunEnd.COMPLETE);
    }

    /** The agent was killed, or it was the last run for today: nothing more of the suite comes. */
    @Test
    void aRunIsOverThoughNothingMoreComesOfItsSuite() {
        run(1, T0, TESTS, true);
        assertThat(ended()).hasSize(1);
        Instant begin = T0.plus(Duration.ofHours(1));
        count("here", new RunId("agent", 2), 0, begin, begin);

        assertThat(ended(begin.plus(Duration.ofMinutes(19))))
                .as("twice ten minutes")
                .isEmpty();
        assertThat(runs.isWaiting("staging", "s")).isTrue();
        assertThat(ended(begin.plus(Duration.ofMinutes(20))))
                .extracting(RunTotals::end)
                .containsExactly(RunEnd.UNTOLD);
        assertThat(runs.isWaiting("staging", "s")).isFalse();
    }

    @Test
    void aBeginThatIsNoneDoesNotMakeRunsWaitedForForEver() {
        var absurd = TestTotals.of(
                "s",
                "here",
                new RunId("agent", 1),
                Instant.ofEpochMilli(Long.MIN_VALUE),
                T0,
                StatusCounts.NONE,
                null,
                null);
        runs.publish("staging", absurd, T0);
        assertThat(ended()).hasSize(1);
        count("here", new RunId("agent", 2), 0, T0, T0);

        assertThat(ended(T0.plus(Suite.LONGEST.multipliedBy(2)))).hasSize(1);
    }

    /** Shards that come in several calls, of which the first told its own totals. */
    @Test
    void whatExceedsTheTotalsCountsHoweverLate() {
        RunId shards = new RunId("agent", 1);
        count("here", shards, 0, T0, T0);
        runs.publish("staging", totals(new Arrival(T0, "here", shards, T0, TESTS), 1), T0);
        assertThat(ended()).hasSize(1);
        count("here", shards, 1, T0, T0);
        for (int hour = 1; hour < 5 * 24; hour++) {
            Instant later = T0.plus(Duration.ofHours(hour));
            count("here", new RunId("other", hour), 0, later, later);
            ended();
        }

        assertThat(count("here", shards, 2, T0, T0)).isEqualTo(Verdict.COUNTED);
        assertThat(count("here", shards, 1, T0, T0)).isEqualTo(Verdict.REPEATED);
    }

    /** A day's reports come within a second, and totals on another topic: event time alone must not end a run. */
    @Test
    void aRunIsNotOverWhileTheRestMayBeOnItsWay() {
        for (int run = 0; run < 24; run++) {
            Instant end = T0.plus(Duration.ofHours(run));
            for (int test = 0; test < TESTS; test++) {
                count("here", new RunId("agent", run), test, end, T0.plusSeconds(run));
            }
            assertThat(ended()).isEmpty();
        }
    }

    @Test
    void ofTooManyRunsAtOnceTheOldestAreOver() {
        int runsAtOnce = Suite.MOST_OPEN + 3;
        for (int run = 0; run < runsAtOnce; run++) {
            count("here", new RunId("agent", run), 0, T0, T0);
        }
        assertThat(ended()).extracting(told -> told.run().run()).containsExactly(0L, 1L, 2L);
        assertThat(ended()).isEmpty();
    }

    private List<RunTotals> ended(Instant now) {
        return runs.ended("staging", "s", now);
    }

    private List<RunTotals> ended() {
        return runs.ended("staging", "s", Instant.MIN);
    }

    /** Outcomes one after another that take ten minutes. */
    private void run(int run, Instant begin, int tests, boolean isPublished) {
        for (int test = 0; test < tests; test++) {
            Instant end = begin.plus(Duration.ofMinutes(10L * test / (TESTS - 1)));
            count("here", new RunId("agent", run), test, end, end);
        }
        if (tests < TESTS) {
            Instant end = begin.plus(Duration.ofMinutes(10));
            count("elsewhere", new RunId("other", run), 0, end, end);
        }
        if (isPublished) {
            publish(run, begin);
        }
    }

    private void publish(int run, Instant begin) {
        var arrival = new Arrival(begin, "here", new RunId("agent", run), begin, TESTS);
        assertThat(runs.publish("staging", totals(arrival, TESTS), begin)).isEqualTo(Verdict.COUNTED);
    }

    private static RunTotals totals(Arrival run, int tests) {
        return TestTotals.of(
                "s",
                run.location(),
                run.run(),
                run.end(),
                run.end(),
                new StatusCounts(tests, 0, 0, 0, 0, 0),
                "shop",
                "r1");
    }

    private Verdict count(String location, RunId run, int test, Instant end, Instant takenAt) {
        return count(outcome(location, run, test, end, 1), takenAt);
    }

    private Verdict count(Outcome outcome, Instant takenAt) {
        String series = outcome.series().toString();
        int number = numbers.getOrDefault(series, -1);
        Verdict verdict = runs.verdict(outcome, number);
        if (verdict == Verdict.COUNTED) {
            int given = runs.numberOf(outcome, number);
            runs.count(outcome, given, takenAt);
            numbers.put(series, given);
        }
        return verdict;
    }

    private static Outcome outcome(String location, RunId run, int test, Instant end, int attempt) {
        return new Outcome(
                new Series("staging", "s", "", "t" + test, location),
                run,
                attempt,
                OutcomeStatus.PASSED,
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
