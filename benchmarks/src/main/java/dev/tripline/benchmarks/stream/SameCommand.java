package dev.tripline.benchmarks.stream;

import dev.tripline.analyzer.rate.Tally;
import dev.tripline.benchmarks.machine.Machine;
import dev.tripline.events.EventSerde;
import dev.tripline.events.PatternShare;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.Topics;
import dev.tripline.events.WindowRate;
import dev.tripline.service.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the contenders that are compared give the same results. */
@Command(
        name = "same",
        description = "Whether Tripline and the hopping windows tell the same rates of every test and window.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class SameCommand implements Callable<Integer> {
    @Option(names = "--tests", defaultValue = "300", description = "Tests; default ${DEFAULT-VALUE}.")
    private int tests;

    @Option(names = "--outcomes", defaultValue = "6000", description = "Default ${DEFAULT-VALUE}.")
    private long outcomes;

    /** Result of one window, and up to when it holds. */
    private record Told(
            Instant asOf,
            StatusCounts counts,
            long flaky,
            Map<String, Long> patterns,
            @Nullable Double p50,
            @Nullable Double p95) {
        static Told of(Instant asOf, WindowRate window) {
            var patterns = new HashMap<String, Long>();
            for (PatternShare share : window.getPatterns()) {
                patterns.put(share.getPatternId(), share.getFailures());
            }
            return new Told(
                    asOf,
                    window.getCounts(),
                    window.getFlaky(),
                    patterns,
                    window.getP50Millis(),
                    window.getP95Millis());
        }

        static Told of(WindowCounts counted) {
            Tally tally = counted.tally();
            var counts = tally.counts();
            return new Told(
                    counted.newest(),
                    new StatusCounts(
                            counts.passed(),
                            counts.failed(),
                            counts.errored(),
                            counts.timedOut(),
                            counts.skipped(),
                            counts.inconclusive()),
                    tally.flaky(),
                    Map.copyOf(tally.patterns()),
                    millis(tally.durationQuantile(0.5)),
                    millis(tally.durationQuantile(0.95)));
        }

        private static @Nullable Double millis(OptionalDouble quantile) {
            return quantile.isPresent() ? quantile.getAsDouble() : null;
        }
    }

    @Override
    public Integer call() throws Exception {
        var load =
                new Load(outcomes, tests, Duration.ofMinutes(5), Instant.now().minusSeconds(60));
        var ours = new HashMap<String, Told>();
        var theirs = new HashMap<String, Told>();
        Path folder = Files.createTempDirectory("tripline-benchmark");
        try (Cluster cluster = Cluster.start(folder)) {
            EventSerde<SuccessRate> rates = cluster.serdes().of(new Topics("stage.").successRates());
            run(cluster, Contender.STAGE, load, folder, rates.topic().name(), (key, value) -> {
                SuccessRate rate = rates.read(value);
                if (rate.getScope().getKind() == ScopeKind.TEST) {
                    rate.getWindows()
                            .forEach(window -> keep(
                                    ours,
                                    rate.getScope().getName() + "|" + window.getLabel(),
                                    Told.of(rate.getAsOf(), window)));
                }
            });
            run(cluster, Contender.HOPPING, load, folder, "hopping." + HoppingWindows.RATES, (key, value) -> {
                WindowCounts counted = WindowCounts.read(value);
                if (counted != null) {
                    String series = key.substring(0, key.lastIndexOf('|'));
                    String test = series.split("/")[3];
                    keep(theirs, test + key.substring(key.lastIndexOf('|')), Told.of(counted));
                }
            });
        }
        long differing = theirs.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(ours.get(entry.getKey())))
                .peek(entry -> System.err.println(
                        entry.getKey() + "\n  ours   " + ours.get(entry.getKey()) + "\n  theirs " + entry.getValue()))
                .count();
        System.out.printf(
                Locale.ROOT,
                "%s%n%,d outcomes of %,d tests: %,d windows of ours, %,d of theirs, %,d differ%n",
                Machine.describe(),
                outcomes,
                tests,
                ours.size(),
                theirs.size(),
                differing);
        return differing == 0 && ours.size() == theirs.size() && !ours.isEmpty() ? 0 : 1;
    }

    private static void keep(Map<String, Told> told, String key, Told next) {
        told.merge(key, next, (a, b) -> b.asOf().isBefore(a.asOf()) ? a : b);
    }

    private static void run(
            Cluster cluster,
            Contender contender,
            Load load,
            Path folder,
            String results,
            BiConsumer<String, byte[]> reader)
            throws Exception {
        String prefix = contender.name().toLowerCase(Locale.ROOT) + ".";
        cluster.createTopics(prefix);
        cluster.publish(prefix, load);
        KafkaConnection connection = cluster.connection(prefix);
        try (Child child = Child.start(
                ContenderProcess.class,
                List.of("-Xmx512m"),
                contender.name(),
                connection.bootstrapServers(),
                connection.registry().url(),
                prefix,
                folder.resolve(prefix).toString())) {
            StreamCommand.await(
                    cluster,
                    child,
                    ContenderProcess.group(prefix),
                    new Topics(prefix).testOutcomes().name(),
                    load.outcomes());
        }
        Map<String, Object> reading =
                Map.of("bootstrap.servers", connection.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(results).stream()
                    .map(partition -> new TopicPartition(results, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    reader.accept(record.key(), record.value());
                }
            }
        }
    }
}
