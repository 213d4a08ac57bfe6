package dev.tripline.benchmarks.stream;

import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Outcomes of a fleet: suites of {@value #TESTS_OF_A_SUITE} tests, run after run, one in {@value #FAILS_ONE_IN} failing with one
 * of {@value #MESSAGES} messages. The same arguments give the same outcomes.
 *
 * @param outcomes how many
 * @param tests how many tests they are of
 * @param every time between two runs of a suite
 * @param end when the last run ends
 */
public record Load(long outcomes, int tests, Duration every, Instant end) {
    private static final int TESTS_OF_A_SUITE = 20;
    private static final int SUITES_OF_AN_ENVIRONMENT = 25;
    private static final int FAILS_ONE_IN = 20;
    private static final int MESSAGES = 12;

    /** Returns them in the order in which they end. */
    public Stream<TestOutcome> stream() {
        return LongStream.range(0, outcomes).mapToObj(this::outcome);
    }

    private TestOutcome outcome(long number) {
        long run = number / tests + 1;
        long runs = (outcomes + tests - 1) / tests;
        return outcome(number, end.minus(every.multipliedBy(runs - run + 1)).plusMillis((long)
                (every.toMillis() * 0.9 * (number % tests) / tests)));
    }

    /**
     * Makes one of them.
     *
     * @param number from 0
     */
    TestOutcome outcome(long number, Instant ended) {
        int test = (int) (number % tests);
        long run = number / tests + 1;
        int suite = test / TESTS_OF_A_SUITE;
        var random = new Random(number * 0x9E3779B97F4A7C15L);
        long took = (long) (50 * Math.exp(random.nextGaussian()));
        boolean fails = random.nextInt(FAILS_ONE_IN) == 0;
        var outcome = TestOutcome.newBuilder()
                .setEnvironment("env-" + suite / SUITES_OF_AN_ENVIRONMENT)
                .setSuite("suite-" + suite)
                .setClassName("com.example.shop.Suite" + suite + "Test")
                .setTest("does_what_it_should_" + test)
                .setLocation("eu-west")
                .setSource("agent-1:suite-" + suite)
                .setRun(run)
                .setAttempt(1)
                .setStatus(fails ? OutcomeStatus.FAILED : OutcomeStatus.PASSED)
                .setStartedAt(ended.minusMillis(took))
                .setEndedAt(ended)
                .setDurationMillis(took)
                .setProbeKind("command");
        if (fails) {
            int message = random.nextInt(MESSAGES);
            outcome.setFailure(Failure.newBuilder()
                    .setType("com.example.shop.Failure" + message)
                    .setMessage("order " + random.nextInt(1_000_000) + " came back with status code "
                            + (500 + message) + " after " + took + " ms from https://shop.example/api/v2/orders/"
                            + random.nextInt(100_000))
                    .build());
        }
        return outcome.build();
    }
}
