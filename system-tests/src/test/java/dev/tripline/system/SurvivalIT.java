package dev.tripline.system;

import static dev.tripline.events.testing.Events.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tripline.cli.Tripline;
import dev.tripline.cli.dev.DevSettings;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.IssueState;
import dev.tripline.events.Keys;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.RuleSet;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.events.TrackedIssue;
import dev.tripline.events.testing.OutcomeBuilder;
import dev.tripline.sink.tracker.github.GitHubServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What strangers can do to the running product, all of it to one process of 512 MB that holds broker, registry, analyzer and sink. After
 * each attack the process lives, and the run of another environment is counted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class SurvivalIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "golden-path");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Topics TOPICS = Topics.standard();

    /** Topics that a service reads. */
    private static final List<Topic<? extends SpecificRecord>> READ = List.of(
            TOPICS.testOutcomes(),
            TOPICS.suiteRuns(),
            TOPICS.deployments(),
            TOPICS.agentHeartbeats(),
            TOPICS.rules(),
            TOPICS.decisionInputs(),
            TOPICS.incidents(),
            TOPICS.issues());

    private Path folder;

    private final GitHubServer github = new GitHubServer();
    private final AtomicInteger witnesses = new AtomicInteger();
    private DevSettings settings;
    private Process process;
    private EventSerdes serdes;
    private CachedSchemaRegistryClient registry;
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<String, byte[]> rates;

    @BeforeAll
    void start(@TempDir Path empty) throws Exception {
        folder = empty;
        Path sink = Files.writeString(folder.resolve("sink.yaml"), """
                marker_keys: [{id: k1, secret: 0123456789abcdef}]
                file_after: 1s
                tracker:
                  kind: github
                  repository: acme/shop
                  token: none
                  api_url: "%s"
                  allow_insecure: true
                  request_timeout: 2s
                """.formatted(github.uri()));
        settings = new DevSettings(folder.resolve("data"), freePort(), freePort(), null, sink);
        process = DevProcess.start(settings);
        String url = settings.connection().registry().url();
        registry = new CachedSchemaRegistryClient(url, 1_000);
        serdes = EventSerdes.connect(new RegistrySettings(url, true, Map.of()));
        producer = new KafkaProducer<>(
                settings.connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
        rates = new KafkaConsumer<>(
                settings.connection().clientProperties(), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = rates
                .partitionsFor(TOPICS.successRates().name())
                .stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        rates.assign(partitions);
        rates.seekToBeginning(partitions);
    }

    @AfterAll
    void stop() throws Exception {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        if (rates != null) {
            rates.close();
        }
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        github.close();
    }

    /** One attack, by who can do it. */
    private record Attack(String name, Act act) {
        interface Act {
            void on(SurvivalIT product) throws Exception;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                        READ.stream().flatMap(SurvivalIT::recordsOfStrangers),
                        longRecords(),
                        namesAndOutput(),
                        trackers(),
                        otherUsers())
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @Order(1)
    void livesAndCountsOthers(Attack attack) throws Exception {
        attack.act().on(this);

        assertOthersAreCounted();
    }

    @Test
    @Order(2)
    void putsAsideWhatNobodyCanRead() {
        for (Topic<? extends SpecificRecord> topic : READ) {
            // Rules are passed over, a global store has no dead letters; issues are read at the start only.
            if (!topic.equals(TOPICS.rules()) && !topic.equals(TOPICS.issues())) {
                assertThat(putAside(topic)).as(topic.deadLetter()).isGreaterThanOrEqualTo(10);
            }
        }
    }

    private long putAside(Topic<?> topic) {
        List<TopicPartition> partitions = rates.partitionsFor(topic.deadLetter()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        return rates.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    @Order(3)
    void filesOnceTheTrackerBehaves() {
        github.instead = null;

        await().atMost(PATIENCE)
                .until(() -> github.exchanges.stream()
                        .anyMatch(exchange -> exchange.method().equals("POST")
                                && exchange.uri().getPath().endsWith("/issues")));
        assertOthersAreCounted();
    }

    /** What is left in the topics is read once more. */
    @Test
    @Order(4)
    void comesUpAgainOverAllOfIt() throws Exception {
        process.destroyForcibly().waitFor();

        process = DevProcess.start(settings);

        assertOthersAreCounted();
        await().atMost(PATIENCE).until(() -> putAside(TOPICS.issues()) >= 10);
    }

    private static Stream<Attack> recordsOfStrangers(Topic<? extends SpecificRecord> topic) {
        return Stream.of(
                new Attack(
                        "K: elements without bytes in " + topic.name(),
                        product -> product.sendWith(
                                topic, Schema.createArray(Schema.create(Schema.Type.NULL)), encoder -> {
                                    encoder.writeLong(Integer.MAX_VALUE);
                                    encoder.writeLong(0);
                                })),
                new Attack(
                        "K: types that double in " + topic.name(),
                        product -> product.sendWith(topic, doubling(), encoder -> encoder.writeLong(0))),
                new Attack("K: bytes of no record in " + topic.name(), product -> {
                    var random = new Random(7);
                    for (int size : new int[] {0, 1, 4, 5, 6, 100, 900_000}) {
                        byte[] bytes = new byte[size];
                        random.nextBytes(bytes);
                        product.send(topic.name(), bytes);
                        if (size > 0) {
                            bytes[0] = 0;
                            product.send(topic.name(), bytes);
                        }
                    }
                }),
                new Attack("K: a length beyond the record in " + topic.name(), product -> {
                    int id = product.registry.register(topic.subject(), new AvroSchema(topic.schema()));
                    product.send(topic.name(), record(id, encoder -> {
                        encoder.writeLong(Integer.MAX_VALUE - 8);
                        encoder.writeLong(Long.MAX_VALUE);
                    }));
                }));
    }

    private static Stream<Attack> namesAndOutput() {
        return Stream.of(
                new Attack("T: names of 60,000 characters", product -> {
                    String name = "n".repeat(60_000);
                    product.send(
                            mallory().suite(name).className(name).test(name).failed(name, name));
                    product.send(
                            mallory().suite(name).className(name).test(name).run(2));
                }),
                new Attack(
                        "T: an outcome just below what Kafka takes",
                        product -> product.send(mallory().failed("E", "no " + "line\n".repeat(180_000)))),
                new Attack("T: a report that prints 20 MB", product -> {
                    Path report = Files.writeString(
                            product.folder.resolve("long.xml"),
                            "<testsuite name='s'><testcase name='t'><failure message='m'>" + "x ".repeat(10_000_000)
                                    + "</failure></testcase></testsuite>");
                    assertThat(product.ingest(report)).isZero();
                }),
                new Attack("T: 2,000 tests of one run fail in 2,000 ways", product -> {
                    List<Future<RecordMetadata>> sent = new ArrayList<>();
                    for (int i = 0; i < 2_000; i++) {
                        sent.add(product.later(mallory().test("t" + i).failed("E", words(i, 1_000))));
                    }
                    for (Future<RecordMetadata> each : sent) {
                        each.get();
                    }
                }),
                new Attack("T: 25,000 tests of one suite fail alike", product -> {
                    List<Future<RecordMetadata>> sent = new ArrayList<>();
                    for (int i = 0; i < 25_000; i++) {
                        sent.add(product.later(
                                mallory().suite("storm").test("t" + i).failed("E", "no route to host")));
                    }
                    for (Future<RecordMetadata> each : sent) {
                        each.get();
                    }
                    product.awaitRate(rate -> rate.getScope().getKind() == ScopeKind.SUITE
                            && rate.getScope().getName().equals("storm")
                            && rate.getWindows().get(3).getCounts().getFailed() == 25_000);
                }),
                new Attack("T: texts made to take a mask or a pattern for ever", product -> {
                    for (String text : List.of(
                            "password=".repeat(1_600),
                            "eyJ".repeat(5_000),
                            "-----BEGIN PRIVATE KEY-----".repeat(500),
                            "a.".repeat(8_000) + "Error: ",
                            "((((".repeat(4_000),
                            "0x0x".repeat(4_000),
                            "https://".repeat(2_000),
                            "\u001b[".repeat(8_000))) {
                        product.send(mallory().failed(null, text));
                    }
                }));
    }

    private static Stream<Attack> trackers() {
        return Stream.of(
                new Attack("G: an answer that stalls in its body", product -> {
                    product.hostile(http -> {
                        http.sendResponseHeaders(200, 100);
                        http.getResponseBody().write('[');
                        http.getResponseBody().flush();
                    });
                    for (String day : List.of("2025-09-10", "2025-09-11")) {
                        assertThat(product.ingest(EXAMPLE.resolve(day))).isZero();
                    }
                    product.awaitCalls(1);
                }),
                new Attack("G: an answer without end", product -> {
                    product.hostile(http -> {
                        http.sendResponseHeaders(200, 0);
                        byte[] more = "[\"xxxxxxxxxxxxxx".repeat(4_096).getBytes(StandardCharsets.US_ASCII);
                        try (http) {
                            while (true) {
                                http.getResponseBody().write(more);
                            }
                        }
                    });
                    product.awaitCalls(1);
                }),
                new Attack("G: an answer of nonsense", product -> {
                    product.hostile(http -> {
                        http.getResponseHeaders().set("Link", "<http://[>; rel=\"next\"");
                        http.getResponseHeaders().set("Retry-After", "99999999999999999999");
                        byte[] body = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
                        http.sendResponseHeaders(200, body.length);
                        try (http) {
                            http.getResponseBody().write(body);
                        }
                    });
                    product.awaitCalls(1);
                }));
    }

    private static Stream<Attack> longRecords() {
        return Stream.of(
                new Attack("K: an issue with a million labels", product -> {
                    var issue = TrackedIssue.newBuilder()
                            .setIncidentId("x")
                            .setTracker("github:acme/shop")
                            .setState(IssueState.OPEN)
                            .setAttempts(1)
                            .setUpdatedAt(Instant.now())
                            .setLabels(Collections.nCopies(200_000, "aaaaaaaaaaaaaaaa"))
                            .build();
                    product.sendPacked("x", TOPICS.issues(), issue);
                }),
                new Attack(
                        "K: rules of nine million characters",
                        product -> product.sendPacked(
                                "v", TOPICS.rules(), new RuleSet("v", Instant.now(), "x", "#".repeat(9_000_000)))));
    }

    private static Stream<Attack> otherUsers() {
        return Stream.of(
                new Attack("L: 400 connections to the registry that send little", product -> {
                    var sockets = new ArrayList<Socket>();
                    try {
                        for (int i = 0; i < 400; i++) {
                            sockets.add(product.connect(
                                    product.settings.registryPort(),
                                    "POST /subjects/x/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{"
                                            .getBytes(StandardCharsets.US_ASCII)));
                        }
                        product.assertOthersAreCounted();
                    } finally {
                        close(sockets);
                    }
                }),
                new Attack("L: 20 connections that hold the broker's memory for requests, and end", product -> {
                    var sockets = new ArrayList<Socket>();
                    try {
                        for (int i = 0; i < 20; i++) {
                            sockets.add(product.connect(product.settings.port(), new byte[] {0, 0x3f, -1, -1, 0}));
                        }
                    } finally {
                        close(sockets);
                    }
                }),
                new Attack("L: two schemas of 1,500 types to be compared", product -> {
                    for (String name : List.of("w", "r")) {
                        Schema union = Schema.createUnion(IntStream.range(0, 1_500)
                                .mapToObj(i -> Schema.createEnum(name + i, null, null, List.of("A")))
                                .toList());
                        assertThatThrownBy(() -> product.registry.register("x-value", new AvroSchema(union)))
                                .hasMessageContaining("must have at most 500 types");
                    }
                }));
    }

    private Socket connect(int port, byte[] bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(bytes);
        return socket;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** As whoever may write would: a few kilobytes on the wire. */
    private <V extends SpecificRecord> void sendPacked(String key, Topic<V> topic, V record) throws Exception {
        Map<String, Object> properties = new HashMap<>(settings.connection().clientProperties());
        properties.put("compression.type", "gzip");
        properties.put("max.request.size", 32 * 1024 * 1024);
        try (var packing = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            packing.send(new ProducerRecord<>(
                            topic.name(),
                            key.getBytes(StandardCharsets.UTF_8),
                            serdes.of(topic).write(record)))
                    .get();
        }
    }

    private void assertOthersAreCounted() {
        String environment = "witness-" + witnesses.incrementAndGet();
        try {
            send(outcome().environment(environment).endedAt(Instant.now()));
        } catch (Exception e) {
            throw new AssertionError("process lives: " + process.isAlive(), e);
        }
        awaitRate(rate -> rate.getScope().getEnvironment().equals(environment));
    }

    private void awaitRate(Predicate<SuccessRate> wanted) {
        var serde = serdes.of(TOPICS.successRates());
        var isTold = new AtomicBoolean();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .failFast("the process ended", () -> !process.isAlive())
                .until(() -> {
                    rates.poll(Duration.ofMillis(200)).forEach(record -> {
                        if (wanted.test(serde.read(record.value()))) {
                            isTold.set(true);
                        }
                    });
                    return isTold.get();
                });
    }

    private static OutcomeBuilder mallory() {
        return outcome().environment("mallory").endedAt(Instant.now());
    }

    /** Returns words that no other seed gives. */
    private static String words(int seed, int count) {
        var random = new Random(seed);
        var text = new StringBuilder();
        IntStream.range(0, count)
                .forEach(i -> text.append(random.ints(7, 'a', 'z' + 1)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append))
                        .append(' '));
        return text.toString();
    }

    private void send(OutcomeBuilder outcome) throws Exception {
        later(outcome).get();
    }

    private Future<RecordMetadata> later(OutcomeBuilder builder) {
        TestOutcome outcome = builder.build();
        assertThat(outcome.getStatus()).isNotEqualTo(OutcomeStatus.SKIPPED);
        Topic<TestOutcome> topic = TOPICS.testOutcomes();
        return producer.send(new ProducerRecord<>(
                topic.name(),
                Keys.of(outcome).getBytes(StandardCharsets.UTF_8),
                serdes.of(topic).write(outcome)));
    }

    private void send(String topic, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, "mallory".getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    /** Sends a record whose writer had one field more than we know, and that first. */
    private void sendWith(Topic<? extends SpecificRecord> topic, Schema more, Body body) throws Exception {
        var fields = new ArrayList<Schema.Field>();
        fields.add(new Schema.Field(
                more.getType() == Schema.Type.ARRAY ? "many" : "deep",
                Schema.createUnion(Schema.create(Schema.Type.NULL), more),
                null,
                Schema.Field.NULL_DEFAULT_VALUE));
        topic.schema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema writer = Schema.createRecord(
                topic.schema().getName(), null, topic.schema().getNamespace(), false, fields);
        int id = registry.register(topic.subject(), new AvroSchema(writer));
        send(topic.name(), record(id, encoder -> {
            encoder.writeIndex(1);
            body.writeTo(encoder);
        }));
    }

    /** Each holds the one before twice: 2^26 when written out. */
    private static Schema doubling() {
        Schema type = Schema.create(Schema.Type.INT);
        for (int i = 0; i < 26; i++) {
            type = Schema.createRecord(
                    "R" + i,
                    null,
                    "mallory",
                    false,
                    List.of(new Schema.Field("a", type, null, null), new Schema.Field("b", type, null, null)));
        }
        return type;
    }

    private interface Body {
        void writeTo(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] record(int id, Body body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        body.writeTo(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private int ingest(Path report) {
        return Tripline.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(
                        "ingest",
                        "--bootstrap-servers",
                        "127.0.0.1:" + settings.port(),
                        "--schema-registry",
                        settings.connection().registry().url(),
                        report.toString());
    }

    private final AtomicInteger calls = new AtomicInteger();

    private void hostile(HttpHandler answer) {
        calls.set(0);
        github.instead = (HttpExchange http) -> {
            calls.incrementAndGet();
            answer.handle(http);
        };
    }

    private void awaitCalls(int count) {
        await().atMost(PATIENCE).until(() -> calls.get() >= count);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
