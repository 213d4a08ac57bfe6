package dev.tripline.benchmarks.stream;

import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.benchmarks.Medians;
import dev.tripline.benchmarks.machine.Machine;
import dev.tripline.benchmarks.machine.Machine.Moment;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decoded outcomes a second and core that {@code tripline backtest} judges. */
@Command(
        name = "backtest",
        description = "Decoded outcomes per CPU second that a backtest judges.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class BacktestCommand implements Callable<Integer> {
    @Option(names = "--tests", defaultValue = "2000", description = "Tests; default ${DEFAULT-VALUE}.")
    private int tests;

    @Option(names = "--outcomes", defaultValue = "20000", description = "Default ${DEFAULT-VALUE}.")
    private long outcomes;

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            description = "Default ${DEFAULT-VALUE}, after one to warm up.")
    private int repetitions;

    @Override
    public Integer call() {
        Instant now = Instant.now();
        List<TestOutcome> load = new Load(outcomes, tests, Duration.ofMinutes(15), now.minusSeconds(60))
                .stream().toList();
        var rates = new ArrayList<Double>();
        double others = 0;
        for (int repetition = 0; repetition <= repetitions; repetition++) {
            Moment from = Machine.now(List.of());
            var backtest = new Backtest(Rules.BUILT_IN, now);
            load.forEach(backtest::add);
            int incidents = backtest.run().incidents().size();
            Moment to = Machine.now(List.of());
            double rate = outcomes / (to.oursSeconds() - from.oursSeconds());
            System.err.printf(
                    Locale.ROOT,
                    "%d of %d  %,.0f a CPU second, %d incidents%n",
                    repetition,
                    repetitions,
                    rate,
                    incidents);
            if (repetition > 0) {
                rates.add(rate);
                others = Math.max(others, Machine.others(from, to));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s%n%,d outcomes of %,d tests: %s outcomes a CPU second, %,d MiB at most%n",
                Machine.describe(),
                outcomes,
                tests,
                new Medians(rates.stream().mapToDouble(Double::doubleValue).toArray()).describe(0),
                Machine.peakMebibytes(ProcessHandle.current().pid()));
        if (others > Machine.MOST_OTHERS) {
            System.out.printf(Locale.ROOT, "INVALID: other processes used up to %.2f cores meanwhile.%n", others);
            return 1;
        }
        return 0;
    }
}
