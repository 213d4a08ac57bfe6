package dev.tripline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FULL_TRANSITIVE: every schema reads what each released version wrote, and is read by it. */
class ReleasedSchemasTest {
    private static final String BASE = record("{\"name\":\"a\",\"type\":\"string\"}");

    static List<String> versions() {
        return ReleasedSchemas.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void areReadBothWays(String version) {
        assertThat(ReleasedSchemas.conflicts(current(), ReleasedSchemas.read(version)))
                .isEmpty();
    }

    @Test
    void existAtAll() {
        assertThat(versions()).isNotEmpty();
        assertThat(ReleasedSchemas.read(versions().get(0))).isNotEmpty();
    }

    /** So that the check is known to be able to fail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"type\":\"int\"}",
                "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}",
                "{\"name\":\"b\",\"type\":\"string\"}",
                "{\"name\":\"a\",\"type\":[\"null\",\"string\"],\"default\":null}",
            })
    void areDefendedAgainstChangesThatBreakAReader(String fields) {
        assertThat(ReleasedSchemas.conflicts(Map.of("t", parse(record(fields))), Map.of("t", parse(BASE))))
                .isNotEmpty();
    }

    @Test
    void mayGainOptionalFieldsAndTopics() {
        Schema more =
                parse(record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}"));

        assertThat(ReleasedSchemas.conflicts(Map.of("t", more, "new", more), Map.of("t", parse(BASE))))
                .isEmpty();
    }

    @Test
    void mayNotLoseATopic() {
        assertThat(ReleasedSchemas.conflicts(Map.of(), Map.of("t", parse(BASE))))
                .containsExactly("t: released, but no topic has it any more");
    }

    @Test
    void standAlone() {
        for (Schema schema : current().values()) {
            assertThatCode(() -> new Schema.Parser().parse(schema.toString())).doesNotThrowAnyException();
        }
    }

    private static Map<String, Schema> current() {
        return new TreeMap<>(ReleasedSchemas.current());
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }
}
