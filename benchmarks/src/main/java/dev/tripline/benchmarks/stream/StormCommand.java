package dev.tripline.benchmarks.stream;

import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.benchmarks.Medians;
import dev.tripline.benchmarks.Table;
import dev.tripline.benchmarks.machine.Machine;
import dev.tripline.benchmarks.machine.Machine.Moment;
import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.RuleSet;
import dev.tripline.events.TestOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long it takes until so many tests that fail at once are one incident. */
@Command(
        name = "storm",
        description = "CPU time until tests that fail at once are one incident, by how many they are.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class StormCommand implements Callable<Integer> {
    @Option(
            names = "--tests",
            split = ",",
            defaultValue = "1250,2500,5000,10000,20000",
            description = "Tests that fail; default ${DEFAULT-VALUE}.")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            description = "Default ${DEFAULT-VALUE}, after one to warm up.")
    private int repetitions;

    @Override
    public Integer call() {
        Rules rules = RulesReader.read(new RuleSet("storm", Instant.EPOCH, null, "learning: {suite_runs: 0}"));
        var table = new Table("tests", "incidents", "CPU s", "µs a test");
        double others = 0;
        for (int size : sizes) {
            List<TestOutcome> load = failures(size);
            var seconds = new ArrayList<Double>();
            int incidents = 0;
            for (int repetition = 0; repetition <= repetitions; repetition++) {
                Moment from = Machine.now(List.of());
                var backtest = new Backtest(rules, Instant.now());
                load.forEach(backtest::add);
                incidents = backtest.run().incidents().size();
                Moment to = Machine.now(List.of());
                if (repetition > 0) {
                    seconds.add(to.oursSeconds() - from.oursSeconds());
                    others = Math.max(others, Machine.others(from, to));
                }
            }
            double median = new Medians(
                            seconds.stream().mapToDouble(Double::doubleValue).toArray())
                    .median();
            table.row(
                    String.format(Locale.ROOT, "%,d", size),
                    Integer.toString(incidents),
                    String.format(Locale.ROOT, "%.2f", median),
                    String.format(Locale.ROOT, "%.0f", median * 1e6 / size));
        }
        System.out.println(Machine.describe());
        System.out.println(table);
        if (others > Machine.MOST_OTHERS) {
            System.out.printf(Locale.ROOT, "INVALID: other processes used up to %.2f cores meanwhile.%n", others);
            return 1;
        }
        return 0;
    }

    /** Suites of 200 tests, all of which fail within a minute. */
    private static List<TestOutcome> failures(int tests) {
        Instant began = Instant.now().minusSeconds(3_600);
        List<TestOutcome> failures = new ArrayList<>();
        for (int i = 0; i < tests; i++) {
            Instant at = began.plusMillis(60_000L * i / tests);
            failures.add(TestOutcome.newBuilder()
                    .setEnvironment("staging")
                    .setSuite("suite-" + i / 200)
                    .setClassName("com.example.shop.Suite" + i / 200 + "Test")
                    .setTest("does_what_it_should_" + i)
                    .setLocation("eu-west")
                    .setSource("agent-1:suite-" + i / 200)
                    .setRun(1)
                    .setAttempt(1)
                    .setStatus(OutcomeStatus.ERRORED)
                    .setStartedAt(at)
                    .setEndedAt(at)
                    .setProbeKind("command")
                    .setFailure(Failure.newBuilder()
                            .setType("java.net.ConnectException")
                            .setMessage("Connection refused: shop.example:" + (1_024 + i % 60_000))
                            .build())
                    .build());
        }
        return failures;
    }
}
