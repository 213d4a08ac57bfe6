package dev.tripline.benchmarks.stream;

import dev.tripline.benchmarks.Medians;
import dev.tripline.benchmarks.Table;
import dev.tripline.benchmarks.machine.Machine;
import dev.tripline.benchmarks.machine.Machine.Moment;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import java.io.IOException;
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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Outcomes a processor second, bytes of state, and memory of all contenders on one broker. */
@Command(
        name = "stream",
        description = {
            "Outcomes per CPU second of the analyzer, its per-test stage, Kafka Streams' hopping windows and a reader that only decodes.",
            "",
            "Each contender reads outcomes that a real broker holds, in a process of its own with the settings of the analyzer: exactly-once,"
                    + " 2 threads, a commit every 100 ms. What it reads first warms it up and does not count. Repetitions take turns."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class StreamCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration RESTS = Duration.ofSeconds(1);

    @Option(names = "--tests", defaultValue = "2000", description = "Tests; default ${DEFAULT-VALUE}.")
    private int tests;

    @Option(
            names = "--outcomes",
            defaultValue = "200000",
            description = "Outcomes that are measured; default ${DEFAULT-VALUE}.")
    private long outcomes;

    @Option(
            names = "--warm-up",
            defaultValue = "50000",
            description = "Outcomes read before them; default ${DEFAULT-VALUE}.")
    private long warmUp;

    @Option(
            names = "--hopping",
            defaultValue = "0.05",
            description = "Share of both that the hopping windows get, which are slow; default ${DEFAULT-VALUE}.")
    private double hopping;

    @Option(names = "--repetitions", defaultValue = "3", description = "Default ${DEFAULT-VALUE}.")
    private int repetitions;

    @Option(names = "--every", defaultValue = "60", description = "Seconds between two runs; default ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--contenders", split = ",", description = "One or more of ${COMPLETION-CANDIDATES}; default all.")
    private List<Contender> contenders = List.of(Contender.values());

    @Option(names = "--record", description = "Folder for a Java Flight Recorder file of each contender.")
    private @Nullable Path record;

    @Option(names = "--max-heap", defaultValue = "512m", description = "Heap of a contender; default ${DEFAULT-VALUE}.")
    private String heap = "512m";

    /** What one repetition of one contender gave. */
    private record Sample(
            double outcomesPerCpuSecond,
            double outcomesPerSecond,
            double stateBytesPerOutcome,
            double mebibytes,
            double brokerMicros,
            double others) {}

    @Override
    public Integer call() throws Exception {
        var samples = new EnumMap<Contender, List<Sample>>(Contender.class);
        Path folder = Files.createTempDirectory("tripline-benchmark");
        System.err.println(Machine.describe() + "; data in " + folder);
        try (Cluster cluster = Cluster.start(folder)) {
            for (int repetition = 1; repetition <= repetitions; repetition++) {
                for (Contender contender : contenders) {
                    String prefix = contender.name().toLowerCase(Locale.ROOT) + "-" + repetition + ".";
                    Sample sample = measure(cluster, contender, prefix, folder);
                    samples.computeIfAbsent(contender, c -> new ArrayList<>()).add(sample);
                    System.err.printf(
                            Locale.ROOT,
                            "%d of %d  %-30s %,9.0f outcomes a CPU second, %.2f cores used by others%n",
                            repetition,
                            repetitions,
                            contender.label(),
                            sample.outcomesPerCpuSecond(),
                            sample.others());
                }
            }
        }
        System.out.println(table(samples));
        double others = samples.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Sample::others)
                .max()
                .orElse(0);
        if (others > Machine.MOST_OTHERS) {
            System.out.printf(
                    Locale.ROOT, "%nINVALID: other processes used up to %.2f cores during a measurement.%n", others);
            return 1;
        }
        return 0;
    }

    private Sample measure(Cluster cluster, Contender contender, String prefix, Path folder) throws Exception {
        double share = contender == Contender.HOPPING ? hopping : 1;
        long first = (long) (warmUp * share);
        long all = first + (long) (outcomes * share);
        cluster.createTopics(prefix);
        cluster.publish(
                prefix,
                new Load(all, tests, Duration.ofSeconds(every), Instant.now().minusSeconds(60)));
        rest();
        KafkaConnection connection = cluster.connection(prefix);
        String group = ContenderProcess.group(prefix);
        String topic = new Topics(prefix).testOutcomes().name();
        String changelogs = group + "-*";
        try (Child child = Child.start(
                ContenderProcess.class,
                options(prefix),
                contender.name(),
                connection.bootstrapServers(),
                connection.registry().url(),
                prefix,
                folder.resolve("state-" + prefix).toString())) {
            List<ProcessHandle> ours = List.of(cluster.handle(), child.handle());
            long begun = await(cluster, child, group, topic, first);
            Moment from = Machine.now(ours);
            double childFrom = Machine.seconds(child.handle());
            double brokerFrom = Machine.seconds(cluster.handle());
            long bytesFrom = cluster.bytesWritten(changelogs);
            await(cluster, child, group, topic, all);
            Moment to = Machine.now(ours);
            double counted = all - begun;
            double cpu = Machine.seconds(child.handle()) - childFrom;
            requireNothingPutAside(cluster, prefix);
            return new Sample(
                    counted / cpu,
                    counted / ((to.nanos() - from.nanos()) / 1e9),
                    (cluster.bytesWritten(changelogs) - bytesFrom) / counted,
                    Machine.peakMebibytes(child.handle().pid()),
                    (Machine.seconds(cluster.handle()) - brokerFrom) / counted * 1e6,
                    Machine.others(from, to));
        }
    }

    private List<String> options(String prefix) {
        var options = new ArrayList<>(List.of("-Xmx" + heap, "-Dtripline.log.level=WARN"));
        if (record != null) {
            options.add("-XX:StartFlightRecording=settings=profile,filename="
                    + record.resolve(prefix + "jfr").toAbsolutePath());
        }
        return List.copyOf(options);
    }

    /** Waits until a group has committed so many records, and returns how many it has. */
    static long await(Cluster cluster, Child child, String group, String topic, long count) throws IOException {
        while (true) {
            long committed = cluster.committed(group, topic);
            if (committed >= count) {
                return committed;
            }
            if (!child.handle().isAlive()) {
                throw new IOException("the contender ended after " + committed + " outcomes");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static void requireNothingPutAside(Cluster cluster, String prefix) throws IOException {
        long aside = cluster.bytesWritten(new Topics(prefix).testOutcomes().deadLetter());
        if (aside > 0) {
            throw new IOException("outcomes were put aside, " + aside + " bytes: there is nothing to compare");
        }
    }

    /** The broker still writes what was published. */
    private static void rest() {
        LockSupport.parkNanos(RESTS.toNanos());
    }

    private String table(Map<Contender, List<Sample>> samples) {
        var table = new Table(
                "contender",
                "outcomes / CPU s",
                "of decoding",
                "outcomes / s",
                "changelog bytes / outcome",
                "peak MiB",
                "broker µs / outcome");
        double decoding = samples.containsKey(Contender.DECODE)
                ? medians(samples.get(Contender.DECODE), Sample::outcomesPerCpuSecond)
                        .median()
                : Double.NaN;
        samples.forEach((contender, each) -> table.row(
                contender.label(),
                medians(each, Sample::outcomesPerCpuSecond).describe(0),
                String.format(
                        Locale.ROOT,
                        "%.2f %%",
                        100 * medians(each, Sample::outcomesPerCpuSecond).median() / decoding),
                medians(each, Sample::outcomesPerSecond).describe(0),
                medians(each, Sample::stateBytesPerOutcome).describe(0),
                medians(each, Sample::mebibytes).describe(0),
                medians(each, Sample::brokerMicros).describe(0)));
        var text = new StringBuilder();
        text.append(Machine.describe())
                .append(String.format(
                        Locale.ROOT,
                        "%n%,d outcomes of %,d tests after %,d to warm up, %d repetitions: median (least to most)%n%n",
                        outcomes,
                        tests,
                        warmUp,
                        repetitions));
        text.append(table).append(System.lineSeparator());
        ratio(samples, text);
        return text.toString();
    }

    private static void ratio(Map<Contender, List<Sample>> samples, StringBuilder text) {
        if (samples.containsKey(Contender.HOPPING) && samples.containsKey(Contender.TRIPLINE)) {
            List<Sample> ours = samples.get(Contender.TRIPLINE);
            List<Sample> theirs = samples.get(Contender.HOPPING);
            text.append(String.format(
                    Locale.ROOT,
                    "%nTripline does %.1f times the outcomes per CPU second of the hopping windows, and writes 1/%.1f of their"
                            + " changelog bytes.%n",
                    medians(ours, Sample::outcomesPerCpuSecond).median()
                            / medians(theirs, Sample::outcomesPerCpuSecond).median(),
                    medians(theirs, Sample::stateBytesPerOutcome).median()
                            / medians(ours, Sample::stateBytesPerOutcome).median()));
        }
    }

    private static Medians medians(List<Sample> samples, java.util.function.ToDoubleFunction<Sample> figure) {
        return new Medians(samples.stream().mapToDouble(figure).toArray());
    }
}
