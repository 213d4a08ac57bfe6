package dev.tripline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry as Confluent's own client sees it. */
class ConfluentClientTest {
    private static final AvroSchema INT = new AvroSchema("\"int\"");
    private static final AvroSchema LONG = new AvroSchema("\"long\"");

    @TempDir
    Path dir;

    private LocalRegistry registry;
    private SchemaRegistryClient client;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(dir, 0);
        client = client();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void registersEveryTopicsSchemaAndFetchesItBack() throws Exception {
        for (Topic<?> topic : Topics.standard().all()) {
            int id = client.register(topic.subject(), new AvroSchema(topic.schema()));

            assertThat(client().getSchemaById(id).rawSchema()).isEqualTo(topic.schema());
            assertThat(client().getId(topic.subject(), new AvroSchema(topic.schema())))
                    .isEqualTo(id);
            assertThat(client().getVersion(topic.subject(), new AvroSchema(topic.schema())))
                    .isEqualTo(1);
        }
        assertThat(client.getAllSubjects()).hasSize(Topics.standard().all().size());
    }

    @Test
    void measuresAndEnforcesCompatibility() throws Exception {
        client.register("s", INT);
        client.updateCompatibility("s", "FULL");

        assertThat(client.getCompatibility("s")).isEqualTo("FULL");
        assertThat(client.testCompatibility("s", INT)).isTrue();
        assertThat(client.testCompatibility("s", LONG)).isFalse();
        assertThat(client.testCompatibilityVerbose("s", LONG)).isNotEmpty();
        var refusal = catchThrowableOfType(RestClientException.class, () -> client.register("s", LONG));
        assertThat(refusal.getStatus()).isEqualTo(409);
    }

    @Test
    void listsVersionsAndDeletes() throws Exception {
        client.register("s", INT);
        client.register("s", LONG);

        assertThat(client.getAllVersions("s")).isEqualTo(List.of(1, 2));
        assertThat(client.getLatestSchemaMetadata("s").getVersion()).isEqualTo(2);
        assertThat(client.getSchemaMetadata("s", 1).getSchema()).isEqualTo("\"int\"");
        assertThat(client.getMode()).isEqualTo("READWRITE");
        assertThat(client.deleteSchemaVersion("s", "1")).isEqualTo(1);
        assertThat(client.deleteSubject("s")).isEqualTo(List.of(2));
        assertThat(client.deleteSubject("s", true)).isEqualTo(List.of(1, 2));
    }

    @Test
    void tellsWhatIsMissing() {
        assertCode(40401, () -> client.getLatestSchemaMetadata("none"));
        assertCode(40403, () -> client.getSchemaById(77));
        assertCode(40401, () -> client.getId("none", INT));
    }

    private static void assertCode(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RestClientException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(code));
    }

    private SchemaRegistryClient client() {
        return EventSerdes.client(new RegistrySettings(registry.url().toString(), false, Map.of()));
    }
}
