package dev.tripline.benchmarks;

import dev.tripline.benchmarks.reports.ReportsCommand;
import dev.tripline.benchmarks.stream.BacktestCommand;
import dev.tripline.benchmarks.stream.LatencyCommand;
import dev.tripline.benchmarks.stream.SameCommand;
import dev.tripline.benchmarks.stream.StormCommand;
import dev.tripline.benchmarks.stream.StreamCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        description = "Measures Tripline and its alternatives side by side.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SameCommand.class,
            StreamCommand.class,
            LatencyCommand.class,
            BacktestCommand.class,
            StormCommand.class,
            ReportsCommand.class
        },
        usageHelpAutoWidth = true)
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs one benchmark; ends with 1 if its measurement is invalid. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
