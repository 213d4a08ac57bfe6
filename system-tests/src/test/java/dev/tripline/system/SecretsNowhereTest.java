package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.OutcomeJson;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.analyzer.AnalyzerTopology;
import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.DecisionInputKind;
import dev.tripline.events.Deployment;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Incident;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.RuleSet;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.events.TrackedIssue;
import dev.tripline.service.secrets.OwnPatterns;
import dev.tripline.sink.consumer.Records;
import dev.tripline.sink.filing.FilingAction;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.IssueRenderer;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.filing.MarkerKey;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.filing.Severity;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Plants secrets in every text of every record and looks for them wherever text leaves. */
class SecretsNowhereTest {
    private static final String SECRET = "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs";

    private static final Instant T0 = Instant.parse("2025-09-11T08:00:00Z");
    private static final int OUTCOMES = 12;

    private static final Instant NOW = T0.plusSeconds(7_200);
    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final Topics TOPICS = Topics.standard();

    private static final List<String> PLANTED = List.of(
            "saw ghp_" + SECRET,
            "badge " + SECRET,
            "password=" + SECRET,
            "https://bob:" + SECRET + "@db.example/x",
            "Authorization: Bearer " + SECRET,
            "Cookie: sid=" + SECRET,
            "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----",
            "GET /a?token=" + SECRET + "&b=1");

    /** Read by name. Addresses are shown as addresses, if they are such. */
    static final List<String> PLANTED_IN_ISSUES = Stream.concat(
                    PLANTED.stream(), Stream.of("https://db.example/x?token=" + SECRET))
            .toList();

    private static final String INCIDENT = "staging/0123456789abcdef/1";

    /** What the analyzer reads of others. */
    private static final List<Topic<? extends SpecificRecord>> READ = List.of(
            TOPICS.testOutcomes(),
            TOPICS.suiteRuns(),
            TOPICS.deployments(),
            TOPICS.agentHeartbeats(),
            TOPICS.rules(),
            TOPICS.decisionInputs());

    /** What has another key than its suite's is written there again as it came. */
    private static final List<String> WRITTEN_AGAIN =
            List.of(TOPICS.testOutcomes().name(), TOPICS.suiteRuns().name());

    /** What it does not read, and why. */
    private static final Map<String, String> NOT_READ = Map.of(
            TOPICS.successRates().name(), "the analyzer writes it",
            TOPICS.errorPatterns().name(), "the analyzer writes it",
            TOPICS.patternChanges().name(), "the analyzer writes it",
            TOPICS.breaches().name(), "the analyzer writes it",
            TOPICS.incidents().name(), "the sink reads it, see below",
            TOPICS.issues().name(), "the sink reads it, see below");

    private final EventSerdes serdes = new EventSerdes(new MockSchemaRegistryClient(), true);

    @TempDir
    private Path folder;

    @BeforeAll
    static void knowsAPatternOfTheOperator() {
        OwnPatterns.process().use(List.of("badge (" + SECRET.charAt(0) + "[A-Za-z0-9]{27})"));
    }

    @ParameterizedTest
    @FieldSource("PLANTED")
    void showsNoSecretOfAnyFieldOfAReportOrRecord(String planted) throws Exception {
        // Given
        String lines = failures(planted).map(OutcomeJson::line).collect(Collectors.joining("\n"));
        Path report = Files.writeString(folder.resolve("a.jsonl"), lines + "\n");
        var outcomes = new ArrayList<TestOutcome>();
        var runs = new ArrayList<SuiteRun>();

        // When
        ReportOutcomes.read(report, IngestOptions.none(), outcomes::add, runs::add);
        var backtest = new Backtest(Rules.BUILT_IN, Instant.now());
        outcomes.forEach(backtest::add);
        runs.forEach(backtest::add);
        Backtest.Result result = backtest.run();

        // Then
        assertThat(outcomes).hasSize(OUTCOMES);
        assertThat(outcomes.toString() + runs + OutcomeJson.line(outcomes.get(0)))
                .doesNotContain(SECRET)
                .contains("masked:");
        assertThat(result.rates()).isNotEmpty();
        assertThat(result.toString()).doesNotContain(SECRET).contains("masked:");
    }

    @Test
    void masksWhatOthersPublished() {
        // Given
        SuiteRun run = plant(new SuiteRun(), "saw ghp_" + SECRET);
        set(run, "environment", "staging");
        Deployment deployment = plant(new Deployment(), "saw ghp_" + SECRET);
        set(deployment, "environment", "staging");
        set(deployment, "deployedAt", T0.minusSeconds(60));

        // When
        var backtest = new Backtest(Rules.BUILT_IN, Instant.now());
        backtest.add(deployment);
        failures("saw ghp_" + SECRET).forEach(outcome -> {
            set(outcome, "environment", "staging");
            backtest.add(outcome);
        });
        backtest.add(run);
        Backtest.Result result = backtest.run();

        // Then
        assertThat(result.rates()).isNotEmpty();
        assertThat(result.toString()).doesNotContain(SECRET).contains("masked:");
    }

    @ParameterizedTest
    @FieldSource("PLANTED_IN_ISSUES")
    void filesNoSecretOfAnyFieldOfAnIncidentOrOfTheIssueBefore(String planted) {
        // Given
        Incident record = plant(new Incident(), planted);
        set(record, "incidentId", INCIDENT); // stands in a signed marker, and is made by the analyzer
        IncidentView incident = Records.view(record);
        KnownIssue before = Records.known(plant(new TrackedIssue(), planted));
        var comment = new FilingAction.Comment(incident, before, "7", incident.facts(), 2, Severity.LOW, 1);
        var renderer = new IssueRenderer(
                new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8)))),
                "github:acme/shop");

        // When
        String told = renderer.draft(incident) + "\n" + renderer.draft(incident, "8", before) + "\n"
                + renderer.comment(comment);

        // Then
        assertThat(incident.toString()).contains(SECRET);
        assertThat(before.toString()).contains(SECRET);
        assertThat(told).doesNotContain(SECRET).contains("masked:");
    }

    /**
     * What the analyzer makes of records that anyone wrote; each also broken in every way that a rule of a field forbids. Of the
     * deltas among its own inputs only what their dead letters say: it wrote them, from outcomes it had masked.
     */
    @ParameterizedTest
    @FieldSource("READ")
    void keepsNoSecretOfARecordOfATopic(Topic<? extends SpecificRecord> topic) {
        // Given
        try (TopologyTestDriver driver = driver()) {
            var input = driver.createInputTopic(
                    topic.name(), new StringSerializer(), new ByteArraySerializer(), NOW, Duration.ZERO);

            // When
            for (String planted : PLANTED) {
                records(topic, planted).forEach(record -> input.pipeInput("key", bytes(topic, record)));
                input.pipeInput("key", planted.getBytes(StandardCharsets.UTF_8));
            }
            driver.advanceWallClockTime(FLUSH);

            // Then
            List<String> told = told(driver);
            assertThat(told).noneMatch(text -> text.contains(SECRET));
            assertThat(told.stream().anyMatch(text -> text.contains("masked:")))
                    .as("something was planted and masked: %s", told)
                    .isNotEqualTo(topic.type() == RuleSet.class); // rules are the operator's, and read without a word
        }
    }

    @Test
    void leavesNoTopicOut() {
        var known = new HashSet<>(NOT_READ.keySet());
        READ.forEach(topic -> known.add(topic.name()));

        assertThat(TOPICS.all()).extracting(Topic::name).containsExactlyInAnyOrderElementsOf(known);
    }

    private TopologyTestDriver driver() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return new TopologyTestDriver(AnalyzerTopology.build(TOPICS, serdes, FLUSH), properties, NOW);
    }

    private <V extends SpecificRecord> byte[] bytes(Topic<V> topic, SpecificRecord record) {
        return serdes.of(topic).write(topic.type().cast(record));
    }

    /** Returns records that break no rule, each followed by one of which one field does. */
    private static List<SpecificRecord> records(Topic<? extends SpecificRecord> topic, String planted) {
        var records = new ArrayList<SpecificRecord>();
        if (topic.type() == TestOutcome.class) {
            failures(planted).forEach(outcome -> records.add(exempted(outcome)));
        }
        for (Object kind : kinds(topic.schema())) {
            for (Schema.Field broken : topic.schema().getFields()) {
                for (Object value : breaking(broken.schema())) {
                    SpecificRecord record = exempted(plant((SpecificRecord) made(topic.schema()), planted));
                    if (record instanceof DecisionInput) {
                        set(record, "kind", kind);
                    }
                    records.add(record);
                    SpecificRecord other = SpecificData.get().deepCopy(topic.schema(), record);
                    set(other, broken.name(), value);
                    records.add(other);
                }
            }
        }
        return records;
    }

    private static List<?> kinds(Schema schema) {
        return schema.equals(DecisionInput.getClassSchema()) ? List.of(DecisionInputKind.values()) : List.of("");
    }

    private static List<Object> breaking(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> List.of("");
            case INT -> List.of(-1);
            case LONG ->
                schema.getLogicalType() == null
                        ? List.of(-1L)
                        : List.of(Instant.EPOCH, T0.minus(Duration.ofDays(3)), NOW.plus(Duration.ofDays(3)));
            default -> List.of();
        };
    }

    /** Returns the record without what may be shown although it were a secret. */
    private static SpecificRecord exempted(SpecificRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            if (field.name().equals("environment")) {
                set(record, "environment", "staging"); // records go by it, so that masking it would part them
            }
            if (record.get(field.pos()) instanceof SpecificRecord inner) {
                exempted(inner);
            }
            if (record.get(field.pos()) instanceof List<?> list) {
                list.forEach(each -> {
                    if (each instanceof SpecificRecord inner) {
                        exempted(inner);
                    }
                });
            }
        }
        return record;
    }

    /** Returns keys, values and headers of all that was written; dead letters hold key and value as they came. */
    private static List<String> told(TopologyTestDriver driver) {
        var told = new ArrayList<String>();
        for (String name : driver.producedTopicNames()) {
            driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .forEach(record -> {
                        if (!name.endsWith(".dlq")) {
                            told.add(name + " key " + text(record.key()));
                            if (!WRITTEN_AGAIN.contains(name)) {
                                told.add(name + " value " + text(record.value()));
                            }
                        }
                        record.headers()
                                .forEach(header -> told.add(name + " " + header.key() + " " + text(header.value())));
                    });
        }
        return told;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Stream<TestOutcome> failures(String planted) {
        return LongStream.range(0, OUTCOMES).mapToObj(number -> {
            TestOutcome outcome = plant(new TestOutcome(), planted);
            set(outcome, "status", OutcomeStatus.FAILED);
            set(outcome, "run", 1 + number / 4);
            set(outcome, "test", "case " + number % 4 + " " + planted);
            set(outcome, "startedAt", T0.plusSeconds(60 * number));
            set(outcome, "endedAt", T0.plusSeconds(60 * number + 1));
            set(outcome, "flaky", false);
            set(outcome, "quarantined", false);
            return outcome;
        });
    }

    private static void set(SpecificRecord record, String field, Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }

    private static <V extends SpecificRecord> V plant(V record, String text) {
        for (Schema.Field field : record.getSchema().getFields()) {
            record.put(field.pos(), value(field.schema(), text));
        }
        return record;
    }

    private static @Nullable Object value(Schema schema, String text) {
        return switch (schema.getType()) {
            case RECORD -> plant((SpecificRecord) made(schema), text);
            case ENUM -> type(schema).getEnumConstants()[0];
            case ARRAY -> List.of(value(schema.getElementType(), text));
            case MAP -> Map.of(text, value(schema.getValueType(), text));
            case UNION -> value(schema.getTypes().get(schema.getTypes().size() - 1), text);
            case STRING -> text;
            case INT -> 1;
            case LONG -> schema.getLogicalType() == null ? (Object) 1L : T0;
            case FLOAT -> 0.5f;
            case DOUBLE -> 0.5;
            case BOOLEAN -> true;
            case BYTES, FIXED, NULL -> null;
        };
    }

    private static Object made(Schema schema) {
        try {
            return type(schema).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> type(Schema schema) {
        try {
            return Class.forName(schema.getFullName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
