package dev.tripline.benchmarks.reports;

import dev.tripline.benchmarks.Medians;
import dev.tripline.benchmarks.Table;
import dev.tripline.benchmarks.machine.Machine;
import dev.tripline.benchmarks.machine.Machine.Moment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a JUnit report is read, beside parsers alone and what else must be done with it. */
@Command(
        name = "reports",
        description = "MB a second of reading a JUnit report, beside parsers alone, hashing and masking.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class ReportsCommand implements Callable<Integer> {
    private static final long SEED = 16;

    /** After these the compiler has done nearly all it will do. */
    private static final int WARM_UP = 5;

    @Option(
            names = "--size",
            paramLabel = "64m|1g",
            defaultValue = "64m",
            converter = SizeConverter.class,
            description = "Size of the report; default ${DEFAULT-VALUE}.")
    private long bytes;

    @Option(
            names = "--repetitions",
            defaultValue = "5",
            description = "Default ${DEFAULT-VALUE}, after five of each to warm up.")
    private int repetitions;

    @Option(
            names = "--max-heap",
            paramLabel = "256m",
            description = "Instead, read it once in a process with this heap, and tell the most memory it had.")
    private @Nullable String maxHeap;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path report = Files.createTempFile("tripline-benchmark", ".xml");
        try {
            long cases = new GeneratedReport(SEED, Instant.now().minus(Duration.ofDays(1))).write(report, bytes);
            System.out.printf(
                    Locale.ROOT,
                    "%s%nJUnit report: %,.1f MB, %,d cases%n",
                    Machine.describe(),
                    Files.size(report) / 1e6,
                    cases);
            return maxHeap == null ? compare(report, cases) : readOnce(report, cases, maxHeap);
        } finally {
            Files.deleteIfExists(report);
        }
    }

    private int compare(Path report, long cases) throws IOException {
        List<String> texts = ReportContender.texts(report);
        Map<ReportContender, List<Measured>> all = new EnumMap<>(ReportContender.class);
        for (int repetition = 1 - WARM_UP; repetition <= repetitions; repetition++) {
            for (ReportContender contender : ReportContender.values()) {
                Moment from = Machine.now(List.of());
                long saw = contender.run(report, texts);
                Moment to = Machine.now(List.of());
                var measured = new Measured(
                        (to.nanos() - from.nanos()) / 1e9,
                        to.oursSeconds() - from.oursSeconds(),
                        Machine.others(from, to));
                System.err.printf(
                        Locale.ROOT, "%2d  %-30s %6.2f s%n", repetition, contender.title(), measured.seconds());
                if (contender == ReportContender.TRIPLINE && saw != cases) {
                    System.out.printf(Locale.ROOT, "INVALID: %,d outcomes of %,d cases%n", saw, cases);
                    return 1;
                }
                if (repetition > 0) {
                    all.computeIfAbsent(contender, each -> new ArrayList<>()).add(measured);
                }
            }
        }
        return print(Files.size(report) / 1e6, all);
    }

    private static int print(double megabytes, Map<ReportContender, List<Measured>> all) {
        double yardstick = median(all, ReportContender.JDK);
        var table = new Table("contender", "MB/s", "CPU s", "speed to the JDK's parser");
        all.forEach((contender, measured) -> table.row(
                contender.title(),
                new Medians(measured.stream()
                                .mapToDouble(each -> megabytes / each.seconds())
                                .toArray())
                        .describe(0),
                new Medians(measured.stream().mapToDouble(Measured::cpuSeconds).toArray()).describe(2),
                String.format(Locale.ROOT, "%.2f", yardstick / median(all, contender))));
        System.out.println(table);
        double others = all.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Measured::others)
                .max()
                .orElse(0);
        return verdict(others);
    }

    private static double median(Map<ReportContender, List<Measured>> all, ReportContender contender) {
        return new Medians(all.getOrDefault(contender, List.of()).stream()
                        .mapToDouble(Measured::seconds)
                        .toArray())
                .median();
    }

    private static int verdict(double others) {
        if (others > Machine.MOST_OTHERS) {
            System.out.printf(Locale.ROOT, "INVALID: other processes used up to %.2f cores meanwhile.%n", others);
            return 1;
        }
        return 0;
    }

    /** A process of its own, because a heap cannot be made smaller. */
    private static int readOnce(Path report, long cases, String heap) throws IOException, InterruptedException {
        Moment from = Machine.now(List.of());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOnce.class.getName(),
                        report.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] answer;
        try {
            answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            process.waitFor();
        } finally {
            process.destroy();
        }
        Moment to = Machine.now(List.of());
        if (process.exitValue() != 0 || answer.length != 3) {
            System.out.println("FAILED in a heap of " + heap + ": exit code " + process.exitValue());
            return 1;
        }
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        double cpu = Double.parseDouble(answer[2]);
        System.out.printf(
                Locale.ROOT,
                "heap of %s: %,d outcomes, %.1f MB/s, %.1f CPU s, %,d MiB of memory at most%n",
                heap,
                Long.parseLong(answer[0]),
                Files.size(report) / 1e6 / seconds,
                cpu,
                Long.parseLong(answer[1]));
        if (Long.parseLong(answer[0]) != cases) {
            System.out.printf(Locale.ROOT, "INVALID: %s outcomes of %,d cases%n", answer[0], cases);
            return 1;
        }
        var counted = new Moment(to.nanos(), to.busySeconds(), to.oursSeconds() + cpu);
        return verdict(Machine.others(from, counted));
    }

    /**
     * One run.
     *
     * @param others cores that other processes used meanwhile
     */
    private record Measured(double seconds, double cpuSeconds, double others) {}
}
