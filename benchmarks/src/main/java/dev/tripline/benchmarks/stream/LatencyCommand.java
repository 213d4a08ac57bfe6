package dev.tripline.benchmarks.stream;

import dev.tripline.benchmarks.Medians;
import dev.tripline.benchmarks.machine.Machine;
import dev.tripline.benchmarks.machine.Machine.Moment;
import dev.tripline.events.EventSerde;
import dev.tripline.events.Keys;
import dev.tripline.events.Scope;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Time from an outcome to a committed rate that counts it, at a given load. */
@Command(
        name = "latency",
        description = {
            "Time from publishing an outcome to a committed success rate that counts it.",
            "",
            "Outcomes are due at even times whether or not earlier ones were answered (an open loop), and time counts from when one was due."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class LatencyCommand implements Callable<Integer> {
    private static final String PREFIX = "latency.";

    @Option(names = "--tests", defaultValue = "2000", description = "Tests; default ${DEFAULT-VALUE}.")
    private int tests;

    @Option(names = "--rate", defaultValue = "500", description = "Outcomes a second; default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "Time that is measured; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "30", description = "Seconds before it; default ${DEFAULT-VALUE}.")
    private int warmUp;

    /** An outcome by its test and when it ended. */
    private record Sent(String test, Instant endedAt) {}

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("tripline-benchmark");
        try (Cluster cluster = Cluster.start(folder)) {
            cluster.createTopics(PREFIX);
            KafkaConnection connection = cluster.connection(PREFIX);
            try (Child child = Child.start(
                    ContenderProcess.class,
                    List.of("-Xmx512m"),
                    Contender.TRIPLINE.name(),
                    connection.bootstrapServers(),
                    connection.registry().url(),
                    PREFIX,
                    folder.resolve("state").toString())) {
                return measure(cluster, connection, child);
            }
        }
    }

    private int measure(Cluster cluster, KafkaConnection connection, Child child) throws Exception {
        var topics = new Topics(PREFIX);
        EventSerde<TestOutcome> outcomes = cluster.serdes().of(topics.testOutcomes());
        EventSerde<SuccessRate> rates = cluster.serdes().of(topics.successRates());
        long first = (long) rate * warmUp;
        long all = first + (long) rate * seconds;
        var due = new HashMap<Sent, Long>();
        double[] millis = new double[(int) (all - first)];
        Map<String, Object> reading =
                Map.of("bootstrap.servers", connection.bootstrapServers(), "isolation.level", "read_committed");
        try (var publisher = new OutcomePublisher(connection.bootstrapServers(), outcomes);
                var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topics.successRates().name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            var load = new Load(all, tests, Duration.ofMillis(1), Instant.now());
            List<ProcessHandle> ours = List.of(cluster.handle(), child.handle());
            long begin = System.nanoTime();
            Moment from = Machine.now(ours);
            double cpuFrom = Machine.seconds(child.handle());
            int answered = 0;
            long sent = 0;
            long last =
                    begin + (long) (all * 1e9 / rate) + Duration.ofSeconds(30).toNanos();
            while (answered < millis.length && System.nanoTime() < last) {
                while (sent < all && begin + (long) (sent * 1e9 / rate) <= System.nanoTime()) {
                    if (sent == first) {
                        from = Machine.now(ours);
                        cpuFrom = Machine.seconds(child.handle());
                    }
                    Instant ended = Instant.ofEpochMilli(System.currentTimeMillis());
                    TestOutcome outcome = load.outcome(sent, ended);
                    if (sent >= first) {
                        due.put(new Sent(Keys.of(scope(outcome)), ended), begin + (long) (sent * 1e9 / rate));
                    }
                    publisher.send(outcome);
                    sent++;
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(1))) {
                    SuccessRate told = rates.read(record.value());
                    if (told.getScope().getKind() == ScopeKind.TEST) {
                        Long when = due.remove(new Sent(record.key(), told.getAsOf()));
                        if (when != null) {
                            millis[answered++] = (System.nanoTime() - when) / 1e6;
                        }
                    }
                }
                LockSupport.parkNanos(200_000);
            }
            Moment to = Machine.now(ours);
            publisher.finish();
            double[] sorted = Arrays.copyOf(millis, answered);
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%s%n%,d outcomes a second of %,d tests for %d s: %s%n%.0f %% of a core; %,d of %,d answered%n",
                    Machine.describe(),
                    rate,
                    tests,
                    seconds,
                    quantiles(sorted),
                    100 * (Machine.seconds(child.handle()) - cpuFrom) / ((to.nanos() - from.nanos()) / 1e9),
                    answered,
                    millis.length);
            double others = Machine.others(from, to);
            boolean valid = others <= Machine.MOST_OTHERS && answered == millis.length;
            if (!valid) {
                System.out.printf(Locale.ROOT, "INVALID: others used %.2f cores, or not all were answered.%n", others);
            }
            return valid ? 0 : 1;
        }
    }

    private static String quantiles(double[] sorted) {
        if (sorted.length == 0) {
            return "nothing was answered";
        }
        return String.format(
                Locale.ROOT,
                "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, most %.0f ms",
                new Medians(sorted).median(),
                sorted[(int) (sorted.length * 0.9)],
                sorted[(int) (sorted.length * 0.99)],
                sorted[sorted.length - 1]);
    }

    private static Scope scope(TestOutcome outcome) {
        return Scope.newBuilder()
                .setKind(ScopeKind.TEST)
                .setEnvironment(outcome.getEnvironment())
                .setSuite(outcome.getSuite())
                .setClassName(outcome.getClassName())
                .setLocation(outcome.getLocation())
                .setName(outcome.getTest())
                .build();
    }
}
