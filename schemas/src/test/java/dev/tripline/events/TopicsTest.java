package dev.tripline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    /** A difference is a migration of installed topics; see the table in DESIGN and in this module's README. */
    @Test
    void areAsCatalogued() throws IOException {
        String catalogue = Topics.standard().all().stream()
                .map(topic -> topic.name() + " " + topic.type().getSimpleName() + " x" + topic.partitions() + " "
                        + topic.settings() + "\n")
                .collect(Collectors.joining());

        try (var golden = TopicsTest.class.getResourceAsStream("topics.txt")) {
            assertThat(catalogue).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void stampRecordsWithTheBrokersTime() {
        assertThat(Topics.standard().all()).allSatisfy(topic -> {
            assertThat(topic.settings()).containsEntry("message.timestamp.type", "LogAppendTime");
            assertThat(topic.deadLetterSettings())
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", Long.toString(30L * 24 * 60 * 60 * 1000));
        });
    }

    @Test
    void carryTheirPrefixInEveryName() {
        assertThat(new Topics("blue.tripline.").all()).allSatisfy(topic -> {
            assertThat(topic.name()).startsWith("blue.tripline.").matches("[a-z.-]+");
            assertThat(topic.subject()).isEqualTo(topic.name() + "-value");
            assertThat(topic.deadLetter()).isEqualTo(topic.name() + ".dlq");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tripline", "trip_line.", ".", "a..", "a/b.", "a b."})
    void refuseAPrefixThatKafkaOrItsMetricsMistake(String prefix) {
        assertThatThrownBy(() -> new Topics(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + prefix + "'");
    }

    @Test
    void documentEveryRecordEnumAndField() {
        var undocumented = new ArrayList<String>();
        var seen = new ArrayList<String>();
        Topics.standard().all().forEach(topic -> addUndocumented(topic.schema(), seen, undocumented));

        assertThat(seen).hasSizeGreaterThan(30);
        assertThat(undocumented).isEmpty();
    }

    private static void addUndocumented(Schema schema, List<String> seen, List<String> undocumented) {
        switch (schema.getType()) {
            case RECORD, ENUM -> {
                if (seen.contains(schema.getFullName())) {
                    return;
                }
                seen.add(schema.getFullName());
                if (schema.getDoc() == null || schema.getDoc().isBlank()) {
                    undocumented.add(schema.getFullName());
                }
                if (schema.getType() == Schema.Type.RECORD) {
                    for (Schema.Field field : schema.getFields()) {
                        if (field.doc() == null || field.doc().isBlank()) {
                            undocumented.add(schema.getFullName() + "." + field.name());
                        }
                        addUndocumented(field.schema(), seen, undocumented);
                    }
                }
            }
            case ARRAY -> addUndocumented(schema.getElementType(), seen, undocumented);
            case MAP -> addUndocumented(schema.getValueType(), seen, undocumented);
            case UNION -> schema.getTypes().forEach(type -> addUndocumented(type, seen, undocumented));
            default -> {
                // the other types have no documentation of their own
            }
        }
    }
}
