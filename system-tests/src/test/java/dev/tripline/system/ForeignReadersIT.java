package dev.tripline.system;

import static dev.tripline.events.testing.Events.outcome;
import static dev.tripline.events.testing.Events.suiteRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Keys;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.local.LocalBroker;
import dev.tripline.local.LocalRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The topics and the local registry as clients in another language see them, which nobody here wrote. Needs Node.js and a
 * package registry: skipped without, or failed where {@code -Dtripline.require-node=true} promises them.
 */
class ForeignReadersIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "golden-path");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Topics TOPICS = Topics.standard();
    private static final List<TestOutcome> OUTCOMES = List.of(
            outcome()
                    .suite("websocket")
                    .test("test_connect[wss://é/😀]")
                    .run(1)
                    .tags("smoke", "ws")
                    .build(),
            outcome()
                    .suite("a/b")
                    .failed("NegotiationError", "no subprotocols supported\n100%")
                    .run(2)
                    .build(),
            outcome()
                    .timedOut("after 30 s")
                    .run(1L << 40)
                    .attributes(Map.of("browser", "firefox"))
                    .build(),
            outcome()
                    .skipped()
                    .service("auth")
                    .revision("r2")
                    .endedAt(Instant.parse("1969-12-31T23:59:59.999Z"))
                    .build());
    private static final List<SuiteRun> RUNS = List.of(
            suiteRun().run(7).passed(2).failed(3).tags("golden").build(),
            suiteRun().agent("eu-1").build());

    @TempDir
    static Path dir;

    private static NodeProject node;
    private static LocalBroker broker;
    private static LocalRegistry registry;

    @BeforeAll
    static void publish() throws Exception {
        node = new NodeProject(Path.of("src/test/js"), Path.of("target/js"));
        Optional<String> missing = node.install();
        if (Boolean.getBoolean("tripline.require-node")) {
            missing.ifPresent(reason -> fail("tripline.require-node is set, but " + reason));
        }
        assumeThat(missing)
                .as("foreign readers are not tested: %s", missing.orElse(""))
                .isEmpty();
        broker = LocalBroker.start(dir.resolve("broker"), 0);
        registry = LocalRegistry.start(dir.resolve("registry"), 0);
        publish(TOPICS.testOutcomes(), OUTCOMES, OUTCOMES.stream().map(Keys::of).toList());
        publish(TOPICS.suiteRuns(), RUNS, RUNS.stream().map(Keys::of).toList());
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-with-kafkajs.mjs", "read-with-confluent.mjs"})
    void readWhatWasPublishedAndRegisterTheSameSchema(String script) throws Exception {
        assertReads(
                script,
                TOPICS.testOutcomes(),
                OUTCOMES,
                OUTCOMES.stream().map(Keys::of).toList());
        assertReads(
                script, TOPICS.suiteRuns(), RUNS, RUNS.stream().map(Keys::of).toList());
    }

    /** What the services write, with their compression, and under exactly-once: also what was aborted is in these logs. */
    @Test
    void readTheGoldenPathsTopics(@TempDir Path data) throws Exception {
        try (var pipeline = LocalPipeline.start(data)) {
            // Given
            for (List<String> command : List.of(
                    List.of("rules", "apply", EXAMPLE + "/rules.yaml", "--environment", "staging"),
                    List.of("deployment", "--file", EXAMPLE + "/deployments.jsonl"),
                    List.of("ingest", EXAMPLE + "/2025-09-10", EXAMPLE + "/2025-09-11"))) {
                var call = pipeline.tripline(command.toArray(String[]::new));
                assertThat(call.exitCode()).as("%s", call).isZero();
            }
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> pipeline.newest(TOPICS.issues()).size() == 4);

            for (Topic<? extends SpecificRecord> topic : List.of(
                    TOPICS.testOutcomes(),
                    TOPICS.suiteRuns(),
                    TOPICS.deployments(),
                    TOPICS.rules(),
                    TOPICS.decisionInputs(),
                    TOPICS.successRates(),
                    TOPICS.errorPatterns(),
                    TOPICS.patternChanges(),
                    TOPICS.breaches(),
                    TOPICS.incidents(),
                    TOPICS.issues())) {
                // When
                int count = pipeline.all(topic).size();
                List<String> lines = node.run(
                        "read-with-kafkajs.mjs",
                        pipeline.bootstrapServers(),
                        pipeline.registryUrl(),
                        topic.name(),
                        Integer.toString(count));

                // Then
                List<JsonNode> ours = pipeline.all(topic).stream()
                        .map(record ->
                                asWritten(asRead(Map.of("value", plain(record))).path("value")))
                        .toList();
                List<JsonNode> theirs = new ArrayList<>();
                for (String line : lines.subList(0, lines.size() - 1)) {
                    theirs.add(asWritten(JSON.readTree(line).path("value")));
                }
                assertThat(theirs).as(topic.name()).hasSize(count).isNotEmpty();
                assertThat(ours).as(topic.name()).containsAll(theirs);
            }
        }
    }

    private static <V extends SpecificRecord> void assertReads(
            String script, Topic<V> topic, List<V> records, List<String> keys) throws Exception {
        // When
        List<JsonNode> lines = new ArrayList<>();
        for (String line : node.run(
                script,
                broker.bootstrapServers(),
                registry.url().toString(),
                topic.name(),
                Integer.toString(records.size()))) {
            lines.add(JSON.readTree(line));
        }

        // Then
        List<JsonNode> expected = IntStream.range(0, records.size())
                .mapToObj(i -> asRead(Map.of("key", keys.get(i), "value", plain(records.get(i)))))
                .toList();
        assertThat(lines.subList(0, lines.size() - 1))
                .as("%s of %s", script, topic.name())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(lines.get(lines.size() - 1).path("registered").asInt()).isPositive();
    }

    /** Through text, because in a tree of its own Jackson tells small longs from ints. */
    private static JsonNode asRead(Map<String, Object> line) {
        try {
            return JSON.readTree(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JavaScript writes 1.0 as 1. */
    private static JsonNode asWritten(JsonNode node) {
        if (node.isFloatingPointNumber() && node.doubleValue() == Math.rint(node.doubleValue())) {
            return JSON.getNodeFactory().numberNode((long) node.doubleValue());
        }
        if (node.isInt()) {
            return JSON.getNodeFactory().numberNode(node.longValue());
        }
        if (node.isArray()) {
            var items = JSON.createArrayNode();
            node.forEach(item -> items.add(asWritten(item)));
            return items;
        }
        if (node.isObject()) {
            var fields = JSON.createObjectNode();
            node.properties().forEach(field -> fields.set(field.getKey(), asWritten(field.getValue())));
            return fields;
        }
        return node;
    }

    private static <V extends SpecificRecord> void publish(Topic<V> topic, List<V> records, List<String> keys)
            throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        var serde = EventSerdes.connect(new RegistrySettings(registry.url().toString(), true, Map.of()))
                .of(topic);
        try (var admin = Admin.create(settings);
                var producer = new KafkaProducer<>(settings, new StringSerializer(), serde.serializer())) {
            var wanted = new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                    .configs(topic.settings());
            admin.createTopics(List.of(wanted)).all().get();
            for (int i = 0; i < records.size(); i++) {
                producer.send(new ProducerRecord<>(topic.name(), keys.get(i), records.get(i)))
                        .get();
            }
        }
    }

    /** A value as a reader without our classes sees it: time stamps are milliseconds. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof SpecificRecord record) {
            var fields = new LinkedHashMap<String, Object>();
            for (Schema.Field field : record.getSchema().getFields()) {
                fields.put(field.name(), plain(record.get(field.pos())));
            }
            return fields;
        } else if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        } else if (value instanceof List<?> list) {
            return list.stream().map(ForeignReadersIT::plain).toList();
        } else if (value instanceof Enum<?> symbol) {
            return symbol.name();
        }
        return value;
    }
}
