package dev.tripline.system;

import static dev.tripline.events.testing.Events.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tripline.analyzer.AnalyzerConfig;
import dev.tripline.analyzer.StreamAnalyzer;
import dev.tripline.cli.dev.DevSettings;
import dev.tripline.cli.topics.TopicSetup;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Keys;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import dev.tripline.local.LocalBroker;
import dev.tripline.local.LocalRegistry;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the analyzer does when something it needs is away or broken: it says so, tries again without end, and loses nothing. */
@Timeout(300)
class NothingStopsItIT {
    private static final Topics TOPICS = Topics.standard();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path data;

    private final List<Throwable> ends = new CopyOnWriteArrayList<>();
    private DevSettings settings;
    private LocalBroker broker;
    private LocalRegistry registry;
    private StreamAnalyzer analyzer;

    @BeforeEach
    void start() throws IOException {
        settings = new DevSettings(data, freePort(), freePort(), null, null);
        startBroker();
        startRegistry();
        try (var setup = TopicSetup.connect(settings.connection())) {
            setup.apply(setup.plan(false), (short) 1);
        }
        analyzer = new StreamAnalyzer(
                new AnalyzerConfig(
                        settings.connection(),
                        "tripline-analyzer",
                        settings.folderOf("analyzer"),
                        1,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        0,
                        List.of(),
                        null),
                ends::add);
    }

    @AfterEach
    void stop() {
        analyzer.close();
        registry.close();
        broker.close();
    }

    @Test
    void waitsAtItsStartForABrokerThatIsAwayAndSaysSo() throws Exception {
        // Given
        broker.close();

        // When
        var starting = CompletableFuture.runAsync(analyzer::start);

        // Then
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> analyzer.waitingFor().matches("waiting for Kafka at 127.0.0.1:\\d+ since 20\\S+Z: .+"));
        assertThat(starting).isNotDone();
        assertThat(ends).isEmpty();

        // When
        startBroker();

        // Then
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> analyzer.notReady().isEmpty());
        starting.join();
        send("first");
        awaitRateOf("first");
    }

    @Test
    void threadsThatFailAreReplacedUntilTheCauseIsGone() throws Exception {
        // Given
        analyzer.start();
        send("before");
        awaitRateOf("before");
        assertThat(analyzer.notReady()).isEmpty();

        // When
        limitRecords("tripline-analyzer-suites.series-changelog", 100);
        limitRecords("tripline-analyzer-suites.steps-changelog", 100);
        send("meanwhile");

        // Then
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> analyzer.notReady()
                        .filter(reason ->
                                reason.matches("stream threads fail since 20\\S+Z, [4-9] so far, tried again.+"))
                        .isPresent());
        assertThat(analyzer.notReady())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("message larger than the max message size")
                        .hasSizeLessThan(600));
        assertThat(ends).isEmpty();

        // When
        limitRecords("tripline-analyzer-suites.series-changelog", 8 << 20);
        limitRecords("tripline-analyzer-suites.steps-changelog", 8 << 20);

        // Then
        awaitRateOf("meanwhile");
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> analyzer.notReady().isEmpty());
        assertThat(ends).isEmpty();
    }

    @Test
    void waitsAtItsStartForARegistryThatIsAwayAndSaysSo() throws Exception {
        // Given
        registry.close();

        // When
        var starting = CompletableFuture.runAsync(analyzer::start);

        // Then
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> analyzer.waitingFor().matches("waiting for the Schema Registry since 20\\S+Z: .+"));
        assertThat(starting).isNotDone();

        // When
        startRegistry();

        // Then
        starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(ends).isEmpty();
    }

    @Test
    void aRecordOfAnUnknownSchemaWaitsForTheRegistryAndHoldsUpNothingElse() throws Exception {
        // Given
        analyzer.start();
        send("before");
        awaitRateOf("before");
        byte[] unknown = ofALaterSchema(outcomeOf("held"));
        List<String> others = IntStream.range(0, 1_000)
                .mapToObj(i -> "other-" + i)
                .filter(other -> partitionOf(other) != partitionOf("held"))
                .limit(3)
                .toList();
        Map<String, byte[]> known = new LinkedHashMap<>();
        others.forEach(other -> known.put(other, bytesOf(outcomeOf(other))));

        // When
        registry.close();
        send("held", unknown);

        // Then
        await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(this::isWaitingForTheRegistry);
        for (String other : others) {
            send(other, known.get(other));
            awaitRateOf(other);
        }
        await().dontCatchUncaughtExceptions()
                .during(Duration.ofSeconds(15)) // longer than a transaction may last
                .atMost(PATIENCE)
                .until(this::isWaitingForTheRegistry);
        assertThat(keys(TOPICS.successRates().name())).doesNotContain("held/environment/held");

        // When
        startRegistry();

        // Then
        awaitRateOf("held");
        assertThat(analyzer.notReady()).isEmpty();
        assertThat(read(TOPICS.testOutcomes().deadLetter())).isEmpty();
        assertThat(ends).isEmpty();
    }

    private boolean isWaitingForTheRegistry() {
        return analyzer.notReady()
                .filter(reason -> reason.matches("waiting for the Schema Registry since 20\\S+Z: .+"))
                .isPresent();
    }

    /** Returns a record of a schema that has one more field, which is registered and the analyzer has not seen. */
    private byte[] ofALaterSchema(TestOutcome outcome) throws Exception {
        List<Schema.Field> fields = new ArrayList<>();
        TestOutcome.getClassSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field(
                "later",
                Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
                null,
                Schema.Field.NULL_DEFAULT_VALUE));
        var later = new AvroSchema(Schema.createRecord("TestOutcome", null, "dev.tripline.events", false, fields));
        int id = EventSerdes.client(registrySettings())
                .register(TOPICS.testOutcomes().subject(), later);
        byte[] bytes = bytesOf(outcome);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1); // the null of the last field
        ByteBuffer.wrap(longer).putInt(1, id);
        return longer;
    }

    private void startBroker() {
        broker = LocalBroker.start(settings.folderOf("broker"), settings.port());
    }

    private void startRegistry() {
        registry = LocalRegistry.start(settings.folderOf("registry"), settings.registryPort());
    }

    private void limitRecords(String topic, int bytes) throws Exception {
        try (var admin = Admin.create(settings.connection().clientProperties())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void send(String environment) throws Exception {
        send(environment, bytesOf(outcomeOf(environment)));
    }

    private void send(String environment, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                settings.connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPICS.testOutcomes().name(), keyOf(environment), value))
                    .get();
        }
    }

    private static byte[] keyOf(String environment) {
        return Keys.of(outcomeOf(environment)).getBytes(StandardCharsets.UTF_8);
    }

    /** Where Kafka's clients put the outcomes of an environment. */
    private static int partitionOf(String environment) {
        return Utils.toPositive(Utils.murmur2(keyOf(environment)))
                % TOPICS.testOutcomes().partitions();
    }

    private static TestOutcome outcomeOf(String environment) {
        return outcome().environment(environment).endedAt(Instant.now()).build();
    }

    private byte[] bytesOf(TestOutcome outcome) {
        return EventSerdes.connect(registrySettings()).of(TOPICS.testOutcomes()).write(outcome);
    }

    private RegistrySettings registrySettings() {
        return new RegistrySettings(settings.connection().registry().url(), false, Map.of());
    }

    private void awaitRateOf(String environment) {
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .failFast("the analyzer ended", () -> !ends.isEmpty())
                .until(() -> keys(TOPICS.successRates().name()).contains(environment + "/environment/" + environment));
    }

    private List<String> keys(String topic) {
        return read(topic).stream().map(ConsumerRecord::key).toList();
    }

    /** Reads all committed records of a topic. */
    private List<ConsumerRecord<String, byte[]>> read(String topic) {
        Map<String, Object> properties = settings.connection().clientProperties();
        properties.put("isolation.level", "read_committed");
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
