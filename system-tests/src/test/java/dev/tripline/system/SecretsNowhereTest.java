package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.OutcomeJson;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.events.Deployment;
import dev.tripline.events.Incident;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.service.secrets.OwnPatterns;
import dev.tripline.sink.consumer.Records;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.IssueRenderer;
import dev.tripline.sink.filing.MarkerKey;
import dev.tripline.sink.filing.Markers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants secrets in every text of every record and looks for them wherever text leaves. */
class SecretsNowhereTest {
    private static final String SECRET = "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs";

    private static final Instant T0 = Instant.parse("2025-09-11T08:00:00Z");
    private static final int OUTCOMES = 12;

    @TempDir
    private Path folder;

    @BeforeAll
    static void knowsAPatternOfTheOperator() {
        OwnPatterns.process().use(List.of("badge (" + SECRET.charAt(0) + "[A-Za-z0-9]{27})"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "saw ghp_" + SECRET,
                "badge " + SECRET,
                "password=" + SECRET,
                "https://bob:" + SECRET + "@db.example/x",
                "Authorization: Bearer " + SECRET,
                "Cookie: sid=" + SECRET,
                "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----",
                "GET /a?token=" + SECRET + "&b=1"
            })
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
    @ValueSource(
            strings = {
                "saw ghp_" + SECRET,
                "badge " + SECRET,
                "password=" + SECRET,
                "https://bob:" + SECRET + "@db.example/x",
                "https://db.example/x?token=" + SECRET,
                "-----BEGIN PRIVATE KEY-----\na\nb\nc\nd\n" + SECRET + "\n-----END PRIVATE KEY-----"
            })
    void filesNoSecretOfAnyFieldOfAnIncident(String planted) {
        // Given
        Incident record = plant(new Incident(), planted);
        set(
                record,
                "incidentId",
                "staging/0123456789abcdef/1"); // stands in a signed marker, and is made by the analyzer
        IncidentView incident = Records.view(record);
        var renderer = new IssueRenderer(
                new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8)))),
                "github:acme/shop");

        // When
        String draft = renderer.draft(incident).toString();

        // Then
        assertThat(incident.toString()).contains(SECRET);
        assertThat(draft).doesNotContain(SECRET).contains("masked:");
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
