package dev.tripline.events;

import static dev.tripline.events.testing.Events.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SystemLimitException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do who may register schemas and write records; run in a small heap. */
@Timeout(30)
class HostileRecordsTest {
    private static final Topic<Deployment> DEPLOYMENTS = Topics.standard().deployments();
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final Registry registry = new Registry();
    private Instant now = T0;
    private final EventSerde<Deployment> serde = new EventSerdes(registry, false, () -> now).of(DEPLOYMENTS);
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** Eleven bytes took Avro 1.12.2 twelve seconds, fifty kilobytes of them days. */
    @Test
    void elementsWithoutBytesAreRefusedWhateverTheirNumber() throws Exception {
        int id = registry.register(DEPLOYMENTS.subject(), with("{\"type\": \"array\", \"items\": \"null\"}"));

        byte[] eleven = deployment(id, encoder -> {
            encoder.writeLong(Integer.MAX_VALUE);
            encoder.writeLong(0);
        });
        byte[] blocks = deployment(id, encoder -> {
            for (int i = 0; i < 10_000; i++) {
                encoder.writeLong(Integer.MAX_VALUE);
            }
            encoder.writeLong(0);
        });

        for (byte[] bytes : new byte[][] {eleven, blocks}) {
            assertThatThrownBy(() -> serde.read(bytes))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessage(
                            "schema id " + id + ", subject tripline.deployments-value: element of an array must take"
                                    + " at least one byte, got null without bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'array', 'items': {'type': 'record', 'name': 'E', 'fields': []}}",
                "{'type': 'array', 'items': {'type': 'fixed', 'name': 'F', 'size': 0}}",
                "{'type': 'array', 'items': {'type': 'record', 'name': 'R', 'fields': [{'name': 'n', 'type': 'null'}]}}",
                "{'type': 'map', 'values': 'null'}",
                "{'type': 'array', 'items': {'type': 'record', 'name': 'R', 'fields': [{'name': 'one', 'type': 'int'},"
                        + " {'name': 'none', 'type': {'type': 'record', 'name': 'E', 'fields': []}}]}}",
                "'null'"
            })
    void whatHasNoBytesIsRefusedInEveryDisguise(String type) throws Exception {
        assertRefused(with(type.replace('\'', '"')), "must take at least one byte, got ");
    }

    @Test
    void branchesWithoutBytesAreReadBecauseTheirNumberIsOne() throws Exception {
        int id = registry.register(
                DEPLOYMENTS.subject(),
                with("{\"type\": \"array\", \"items\": [\"null\", {\"type\": \"record\", \"name\": \"E\","
                        + " \"fields\": []}]}"));

        Deployment read = serde.read(deployment(id, encoder -> {
            encoder.writeLong(2);
            encoder.writeIndex(0);
            encoder.writeIndex(1);
            encoder.writeLong(0);
        }));

        assertThat(read.getService()).isEqualTo("auth");
    }

    /** Each holds the one before twice: 2^26 when written out, which ended the process at each start. */
    @Test
    void typesThatDoubleAreCountedAsAvroWritesThemOut() throws Exception {
        String type = "\"int\"";
        for (int i = 0; i < 26; i++) {
            type = "{\"type\": \"record\", \"name\": \"R" + i + "\", \"fields\": [{\"name\": \"a\", \"type\": " + type
                    + "}, {\"name\": \"b\", \"type\": \"" + (i == 0 ? "int" : "R" + (i - 1)) + "\"}]}";
        }

        assertRefused(with(type), "must have at most 10000 types and symbols, each counted wherever it stands, got ");
    }

    @Test
    void typesInsideThemselvesAreRefused() throws Exception {
        assertRefused(
                with("{\"type\": \"record\", \"name\": \"List\", \"fields\": ["
                        + "{\"name\": \"next\", \"type\": [\"null\", \"List\"]}]}"),
                "no type may be inside itself, got 'dev.tripline.events.List'");
        assertRefused(
                with("{\"type\": \"record\", \"name\": \"Endless\", \"fields\": ["
                        + "{\"name\": \"next\", \"type\": \"Endless\"}]}"),
                "no type may be inside itself, got 'dev.tripline.events.Endless'");
    }

    @Test
    void depthBranchesSymbolsAndNamesAreBounded() throws Exception {
        assertRefused(
                with("{\"type\": \"array\", \"items\": ".repeat(70) + "\"int\"" + "}".repeat(70)),
                "types must be nested at most 64 deep, got ");
        assertRefused(
                with(IntStream.range(0, 10_000)
                        .mapToObj(i -> "{\"type\": \"fixed\", \"name\": \"F" + i + "\", \"size\": 1}")
                        .collect(Collectors.joining(",", "[", "]"))),
                "must have at most 10000 types and symbols");
        assertRefused(
                with(IntStream.range(0, 20_000)
                        .mapToObj(i -> "\"S" + i + "\"")
                        .collect(
                                Collectors.joining(",", "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [", "]}"))),
                "must have at most 10000 types and symbols");
        assertRefused(
                with("{\"type\": \"fixed\", \"size\": 1, \"name\": \"" + "n".repeat(49_000) + "\"}"),
                "names must have at most 1000 characters, got 49020: 'dev.tripline.events.nnn");
    }

    @Test
    void aSchemaOfAnotherSubjectIsRefusedUntilItIsRegisteredHere() throws Exception {
        AvroSchema schema = with("\"int\"");
        int id = registry.register("somebody-else-value", schema);
        byte[] bytes = deployment(id, encoder -> encoder.writeInt(7));

        assertThatThrownBy(() -> serde.read(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("schema id " + id + ", subject tripline.deployments-value: must be registered under this"
                        + " subject, and is not");

        assertThat(registry.register(DEPLOYMENTS.subject(), schema)).isEqualTo(id);
        now = T0.plus(Duration.ofSeconds(61));
        assertThat(serde.read(bytes).getService()).isEqualTo("auth");
    }

    /** Of fifty schemas of half a megabyte each only their ids were needed to fill the heap. */
    @Test
    void aSchemaOfAnotherSubjectIsNotEvenFetched() throws Exception {
        for (int i = 0; i < 50; i++) {
            int id = registry.register(
                    "somebody-else-value", with("{\"type\": \"fixed\", \"name\": \"F\", \"size\": " + (i + 1) + "}"));
            assertThatThrownBy(() -> serde.read(deployment(id, encoder -> {})))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("must be registered under this subject");
        }

        assertThat(registry.asked).isZero();
    }

    @Test
    void whatIsRefusedIsAskedForOnceAMinute() throws Exception {
        int id = registry.register(DEPLOYMENTS.subject(), with("\"null\""));
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> serde.read(deployment(id, encoder -> {})))
                    .isInstanceOf(UnreadableRecordException.class);
        }
        assertThat(registry.asked).isEqualTo(1);

        now = T0.plus(Duration.ofSeconds(61));
        assertThatThrownBy(() -> serde.read(deployment(id, encoder -> {})))
                .isInstanceOf(UnreadableRecordException.class);
        assertThat(registry.asked).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"404, 404", "403, 40301", "405, 405"})
    void aRegistryThatDoesNotTellSubjectsIsAskedAsWritersAsk(int status, int code) throws Exception {
        String schema = new ObjectMapper().writeValueAsString(with("\"int\"").canonicalString());
        var answers = new LinkedHashMap<String, Answer>();
        for (int id : new int[] {1, 2}) {
            answers.put("/schemas/ids/" + id, new Answer(200, "{\"schema\": " + schema + "}"));
            answers.put("/schemas/ids/" + id + "/subjects", Answer.error(status, code));
        }
        answers.put("/subjects/" + DEPLOYMENTS.subject(), new Answer(200, "{\"id\": 1, \"version\": 1}"));
        EventSerde<Deployment> reader = serve(answers);

        assertThat(reader.read(deployment(1, encoder -> encoder.writeInt(7))).getService())
                .isEqualTo("auth");
        assertThatThrownBy(() -> reader.read(deployment(2, encoder -> encoder.writeInt(7))))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("must be registered under this subject");
    }

    @ParameterizedTest
    @CsvSource({"404, 40401", "404, 40403"})
    void aSubjectWithoutTheSchemaMakesTheRecordUnreadable(int status, int code) throws Exception {
        EventSerde<Deployment> reader = lookUp(Answer.error(status, code));

        assertThatThrownBy(() -> reader.read(deployment(1, encoder -> encoder.writeInt(7))))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("must be registered under this subject");
    }

    @ParameterizedTest
    @CsvSource({"401, 401", "403, 40301", "404, 404", "500, 50001"})
    void aRegistryThatTellsNothingIsWaitedFor(int status, int code) throws Exception {
        EventSerde<Deployment> reader = lookUp(Answer.error(status, code));

        assertThatThrownBy(() -> reader.read(deployment(1, encoder -> encoder.writeInt(7))))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("must be allowed to read that subject");
    }

    private EventSerde<Deployment> lookUp(Answer answer) throws Exception {
        String schema = new ObjectMapper().writeValueAsString(with("\"int\"").canonicalString());
        return serve(Map.of(
                "/schemas/ids/1",
                new Answer(200, "{\"schema\": " + schema + "}"),
                "/schemas/ids/1/subjects",
                Answer.error(403, 40_301),
                "/subjects/" + DEPLOYMENTS.subject(),
                answer));
    }

    @Test
    void whatTheClientCannotParseIsTheRecordsFaultNotTheRegistrys() throws Exception {
        var answers = new LinkedHashMap<Integer, String>();
        answers.put(1, "{\"schema\": \"no schema\"}");
        answers.put(2, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = \\\"proto3\\\";\"}");
        answers.put(3, "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}");
        answers.put(4, "{\"schemaType\": \"COBOL\", \"schema\": \"01 A.\"}");
        answers.put(5, "{\"schema\": \"" + "[".repeat(100_000) + "\"}");
        answers.put(
                6,
                "{\"schema\": \"{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"R\\\", \\\"fields\\\": [], \\\"doc\\\": \\\""
                        + "x".repeat(600_000) + "\\\"}\"}");
        answers.put(
                7,
                "{\"schema\": \"" + "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(900) + "\\\"int\\\""
                        + "}".repeat(900) + "\"}");
        var routes = new LinkedHashMap<String, Answer>();
        answers.forEach((id, answer) -> {
            routes.put("/schemas/ids/" + id, new Answer(200, answer));
            routes.put("/schemas/ids/" + id + "/subjects", new Answer(200, "[\"" + DEPLOYMENTS.subject() + "\"]"));
        });
        EventSerde<Deployment> reader = serve(routes);

        for (int id : answers.keySet()) {
            assertThatThrownBy(() -> reader.read(deployment(id, encoder -> {})))
                    .as("schema %d", id)
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageStartingWith("schema id " + id + ", subject tripline.deployments-value: ");
        }
    }

    @Test
    void aRegistryThatTalksNonsenseIsAway() throws Exception {
        EventSerde<Deployment> reader = serve(Map.of(
                "/schemas/ids/1", new Answer(200, "<html>"), "/schemas/ids/2", new Answer(200, "{\"schema\": ")));

        for (int id : new int[] {1, 2}) {
            assertThatThrownBy(() -> reader.read(deployment(id, encoder -> {})))
                    .as("schema %d", id)
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void avrosOwnLimitsAreSet() {
        assertThatThrownBy(() -> SystemLimitException.checkMaxStringLength(16 * 1024 * 1024 + 1))
                .isInstanceOf(SystemLimitException.class);
        assertThatThrownBy(() -> SystemLimitException.checkMaxBytesLength(16 * 1024 * 1024 + 1))
                .isInstanceOf(SystemLimitException.class);
        assertThatThrownBy(() -> SystemLimitException.checkMaxCollectionLength(0, 256 * 1024 + 1))
                .isInstanceOf(SystemLimitException.class);
    }

    @Test
    void recordsLongerThanAnyWriterMakesAreRefused() {
        assertThatThrownBy(() -> serde.read(new byte[16 * 1024 * 1024 + 1]))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("must have at most 16777216 bytes, got 16777217");
    }

    /** Of one byte each, which becomes an object. */
    @Test
    void elementsAreCountedInTheWholeRecord() throws Exception {
        EventSerde<TestOutcome> outcomes =
                new EventSerdes(registry, true).of(Topics.standard().testOutcomes());
        byte[] none = outcomes.write(outcome().build());
        int tags = none.length - 5; // tags, flaky, earlierFailures, quarantined, attributes: one byte each

        assertThat(outcomes.read(withTags(none, tags, 200_000)).getTags()).hasSize(200_000);
        assertThatThrownBy(() -> outcomes.read(withTags(none, tags, 300_000)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("262144");
    }

    private static byte[] withTags(byte[] record, int at, int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(record, 0, at);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeLong(count);
        encoder.flush();
        bytes.write(new byte[count]);
        bytes.write(record, at, record.length - at);
        return bytes.toByteArray();
    }

    @Test
    void theCatalogueIsFarBelowTheBounds() {
        Topics.standard()
                .all()
                .forEach(topic -> assertThat(WriterSchema.fault(topic.schema()))
                        .as(topic.name())
                        .isEmpty());
    }

    private void assertRefused(AvroSchema schema, String rule) throws Exception {
        int id = registry.register(DEPLOYMENTS.subject(), schema);
        assertThatThrownBy(() -> serde.read(deployment(id, encoder -> encoder.writeLong(0))))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageStartingWith("schema id " + id + ", subject tripline.deployments-value: ")
                .hasMessageContaining(rule);
    }

    /** Returns a schema that Tripline's is compatible with, with a field more. */
    private static AvroSchema with(String type) {
        return new AvroSchema(new Schema.Parser().parse("""
                {"type": "record", "name": "Deployment", "namespace": "dev.tripline.events", "fields": [
                  {"name": "environment", "type": "string"},
                  {"name": "service", "type": "string"},
                  {"name": "revision", "type": "string"},
                  {"name": "deployedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "more", "type": %s}]}
                """.formatted(type)));
    }

    private static byte[] deployment(int id, Body more) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeString("staging");
        encoder.writeString("auth");
        encoder.writeString("r1");
        encoder.writeLong(0);
        more.writeTo(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private EventSerde<Deployment> serve(Map<String, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answers.forEach((path, answer) -> server.createContext(path, exchange -> {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        }));
        server.start();
        return EventSerdes.connect(new RegistrySettings(
                        "http://127.0.0.1:" + server.getAddress().getPort(), false, Map.of()))
                .of(DEPLOYMENTS);
    }

    private record Answer(int status, String body) {
        static Answer error(int status, int code) {
            return new Answer(status, "{\"error_code\": " + code + ", \"message\": \"no\"}");
        }
    }

    private interface Body {
        void writeTo(BinaryEncoder encoder) throws IOException;
    }

    /** A registry that counts. */
    private static final class Registry extends MockSchemaRegistryClient {
        private int asked;

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            asked++;
            return super.getSchemaById(id);
        }
    }
}
