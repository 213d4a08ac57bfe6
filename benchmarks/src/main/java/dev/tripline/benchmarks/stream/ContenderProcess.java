package dev.tripline.benchmarks.stream;

import dev.tripline.analyzer.AnalyzerConfig;
import dev.tripline.analyzer.StreamAnalyzer;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.topology.RulesTopology;
import dev.tripline.analyzer.topology.SuitesTopology;
import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One contender in a process of its own, until it is ended. */
final class ContenderProcess {
    private static final Duration OFTEN = Duration.ofMillis(100);

    private ContenderProcess() {}

    /** The arguments are the contender's name, Kafka, the registry, the topics' prefix and a folder. */
    public static void main(String[] arguments) throws Exception {
        var connection = new KafkaConnection(
                arguments[1], arguments[3], new RegistryConnection(arguments[2], true, Map.of()), Map.of());
        var topics = new Topics(arguments[3]);
        EventSerdes serdes = EventSerdes.connect(new RegistrySettings(arguments[2], true, Map.of()));
        var config = new AnalyzerConfig(
                connection, group(arguments[3]), Path.of(arguments[4]), 2, OFTEN, OFTEN, 0, List.of(), null);
        switch (Contender.valueOf(arguments[0])) {
            case DECODE -> decode(config, serdes.of(topics.testOutcomes()));
            case STAGE -> run(stage(topics, serdes), config);
            case HOPPING -> run(HoppingWindows.topology(topics, serdes), config);
            case TRIPLINE -> {
                var analyzer = new StreamAnalyzer(config, ContenderProcess::fail);
                Runtime.getRuntime().addShutdownHook(new Thread(analyzer::close));
                analyzer.start();
            }
        }
        new CountDownLatch(1).await();
    }

    /** Returns the group a contender reads in. */
    static String group(String prefix) {
        return prefix + "analyzer";
    }

    private static void fail(Throwable why) {
        why.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static Topology stage(Topics topics, EventSerdes serdes) {
        var topology = new Topology();
        new RulesTopology(topics).addTo(topology);
        new SuitesTopology(
                        topics,
                        serdes,
                        new SeriesAnalysis(
                                RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard()),
                        RateWindows.STANDARD,
                        OFTEN)
                .addTo(topology);
        return topology;
    }

    /** With the settings of the analyzer. */
    private static void run(Topology topology, AnalyzerConfig config) {
        var streams = new KafkaStreams(topology, StreamAnalyzer.settings(config));
        streams.setUncaughtExceptionHandler(failure -> {
            fail(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(5))));
        streams.start();
    }

    private static void decode(AnalyzerConfig config, EventSerde<TestOutcome> serde) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                config.kafka().bootstrapServers(),
                "group.id",
                config.applicationId(),
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                1_000,
                "enable.auto.commit",
                true,
                "auto.commit.interval.ms",
                (int) OFTEN.toMillis(),
                "isolation.level",
                "read_committed");
        long failures = 0;
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(serde.topic().name()));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(OFTEN)) {
                    // Something has to depend on what is decoded.
                    failures += serde.read(record.value()).getFailure() == null ? 0 : 1;
                }
            }
        }
        System.err.println(failures);
    }
}
