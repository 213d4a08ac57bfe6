package dev.tripline.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tripline.local.schema.SchemaRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaStoreTest {
    private static final String A = record("{\"name\":\"a\",\"type\":\"int\"}");
    private static final String A_B = record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}");
    private static final String A_B_OPTIONAL =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");

    private final List<RegistryChange> journal = new ArrayList<>();
    private final SchemaStore store = new SchemaStore(List.of(), journal::add);

    @Test
    void givesASchemaOneIdInEverySubject() {
        assertThat(store.register("one", A, false)).isEqualTo(1);
        assertThat(store.register("two", A_B, false)).isEqualTo(2);
        assertThat(store.register("two-b", A, false)).isEqualTo(1);

        assertThat(store.versionsWith(1, false))
                .extracting(SchemaVersion::subject)
                .containsExactly("one", "two-b");
    }

    /** Two such, of 70 kB, kept the registry busy for minutes and took all of 512 MB. */
    @Test
    void refusesWhatItCouldNotCompare() {
        String branches = IntStream.range(0, 1_500)
                .mapToObj(i -> "{\"type\":\"enum\",\"name\":\"w" + i + "\",\"symbols\":[\"A\"]}")
                .collect(Collectors.joining(",", "[", "]"));

        assertRefused(branches, "must have at most 500 types");
        assertRefused("{\"type\":\"array\",\"items\":".repeat(70) + "\"int\"" + "}".repeat(70), "at most 64 deep");
        assertRefused("[".repeat(100_000), "Invalid schema");
        assertRefused(
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":1,\"doc\":\"" + "x".repeat(600_000) + "\"}",
                "must have at most 524288 characters");
    }

    @Test
    void isFullAtSomeTime() {
        int most = (int) (SchemaStore.MOST_TEXT / 400_000);
        for (int i = 0; i < most; i++) {
            store.register("subject-" + i, documented(i), false);
        }

        assertThatThrownBy(() -> store.register("one-more", documented(most), false))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("must together have at most " + SchemaStore.MOST_TEXT + " characters");
        assertThat(new SchemaStore(List.copyOf(journal), change -> {}).subjects(false))
                .hasSize(most);
    }

    private void assertRefused(String schema, String rule) {
        assertThatThrownBy(() -> store.register("one", schema, false))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining(rule);
        assertThat(journal).isEmpty();
    }

    private static String documented(int number) {
        return "{\"type\":\"fixed\",\"name\":\"F" + number + "\",\"size\":1,\"doc\":\"" + "x".repeat(399_900) + "\"}";
    }

    @Test
    void changesNothingWhenASchemaIsRegisteredAgain() {
        store.register("one", A, false);
        store.register("one", A_B_OPTIONAL, false);

        assertThat(store.register("one", A, false)).isEqualTo(1);
        assertThat(journal).hasSize(2);
        assertThat(store.versions("one", false))
                .extracting(SchemaVersion::version)
                .containsExactly(1, 2);
    }

    @Test
    void ignoresWhiteSpaceAlwaysAndSpellingIfAsked() {
        store.register("one", A, false);
        String spaced = A.replace(":", " : ");
        String spelled = A.replace("\"int\"", "{\"type\":\"int\"}");

        assertThat(store.register("one", spaced, false)).isEqualTo(1);
        assertThat(store.lookUp("one", spelled, true, false).version()).isEqualTo(1);
    }

    /** What each level says of three steps; from Confluent's table of compatibility types. */
    @ParameterizedTest
    @CsvSource({
        // level, adding a field without default, removing a field without default, adding a field with default
        "NONE, true, true, true",
        "BACKWARD, false, true, true",
        "BACKWARD_TRANSITIVE, false, true, true",
        "FORWARD, true, false, true",
        "FORWARD_TRANSITIVE, true, false, true",
        "FULL, false, false, true",
        "FULL_TRANSITIVE, false, false, true",
    })
    void enforcesEachLevel(CompatibilityLevel level, boolean adding, boolean removing, boolean addingOptional) {
        assertThat(accepts(level, A, A_B)).isEqualTo(adding);
        assertThat(accepts(level, A_B, A)).isEqualTo(removing);
        assertThat(accepts(level, A, A_B_OPTIONAL)).isEqualTo(addingOptional);
    }

    /** Each step is compatible with the one before it, the last not with the first. */
    @ParameterizedTest
    @CsvSource({
        "BACKWARD, true", "BACKWARD_TRANSITIVE, false",
        "FULL, true", "FULL_TRANSITIVE, false",
    })
    void comparesWithEarlierVersionsWhereTheLevelIsTransitive(CompatibilityLevel level, boolean accepted) {
        String text = record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}");
        assertThat(accepts(level, A_B_OPTIONAL, A, text)).isEqualTo(accepted);
    }

    @Test
    void comparesEarlierReadersWhereTheLevelIsForwardTransitive() {
        String text = record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"string\"}");
        assertThat(accepts(CompatibilityLevel.FORWARD, A_B_OPTIONAL, A, text)).isTrue();
        assertThat(accepts(CompatibilityLevel.FORWARD_TRANSITIVE, A_B_OPTIONAL, A, text))
                .isFalse();
    }

    @Test
    void saysWhatIsIncompatible() {
        store.register("one", A, false);

        var refusal = catchThrowableOfType(SchemaRefusedException.class, () -> store.register("one", A_B, false));

        assertThat(refusal.reason()).isEqualTo(Reason.INCOMPATIBLE);
        assertThat(refusal).hasMessageContaining("\"one\"").hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(journal).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "\"nonsense\"", "{\"type\":\"record\",\"name\":\"R\"}", "[\"int\",\"int\"]"})
    void refusesWhatIsNoSchema(String text) {
        assertThat(reasonOf(() -> store.register("one", text, false))).isEqualTo(Reason.INVALID_SCHEMA);
    }

    @Test
    void deletesInTwoSteps() {
        store.register("one", A, false);
        store.register("one", A_B_OPTIONAL, false);

        assertThat(reasonOf(() -> store.deleteSubject("one", true))).isEqualTo(Reason.SUBJECT_NOT_DELETED);
        assertThat(store.deleteSubject("one", false)).containsExactly(1, 2);
        assertThat(store.subjects(false)).isEmpty();
        assertThat(store.subjects(true)).containsExactly("one");
        assertThat(store.schema(1)).isEqualTo(A);
        assertThat(reasonOf(() -> store.deleteSubject("one", false))).isEqualTo(Reason.SUBJECT_DELETED);

        assertThat(store.deleteSubject("one", true)).containsExactly(1, 2);
        assertThat(reasonOf(() -> store.schema(1))).isEqualTo(Reason.SCHEMA_NOT_FOUND);
        assertThat(reasonOf(() -> store.versions("one", true))).isEqualTo(Reason.SUBJECT_NOT_FOUND);
    }

    @Test
    void deletesOneVersionInTwoSteps() {
        store.register("one", A, false);

        assertThat(reasonOf(() -> store.deleteVersion("one", 2, false))).isEqualTo(Reason.VERSION_NOT_FOUND);
        assertThat(reasonOf(() -> store.deleteVersion("one", 1, true))).isEqualTo(Reason.VERSION_NOT_DELETED);
        store.deleteVersion("one", 1, false);
        assertThat(reasonOf(() -> store.deleteVersion("one", 1, false))).isEqualTo(Reason.VERSION_DELETED);
        store.deleteVersion("one", 1, true);
        assertThat(store.subjects(true)).isEmpty();
    }

    @Test
    void neverUsesAnIdForAnotherSchema() {
        store.register("one", A, false);
        store.deleteSubject("one", false);
        store.deleteSubject("one", true);

        assertThat(store.register("one", A_B, false)).isEqualTo(2);
        assertThat(store.register("two", A, false)).isEqualTo(1);
    }

    @Test
    void measuresOnlyAgainstWhatIsNotDeleted() {
        store.register("one", A, false);
        store.deleteVersion("one", 1, false);

        store.register("one", A_B, false);

        assertThat(store.versions("one", false))
                .extracting(SchemaVersion::version)
                .containsExactly(2);
    }

    @Test
    void forgetsTheLevelOfADeletedSubject() {
        store.register("one", A, false);
        store.setLevel("one", CompatibilityLevel.NONE);
        store.deleteSubject("one", false);

        assertThat(store.level("one")).isEmpty();
        assertThat(store.globalLevel()).isEqualTo(CompatibilityLevel.BACKWARD);
    }

    @Test
    void takesNothingThatItsJournalDoesNotTake() {
        var failing = new SchemaStore(List.of(), change -> {
            throw new UncheckedIOException(new IOException("disk full"));
        });

        assertThatThrownBy(() -> failing.register("one", A, false)).isInstanceOf(UncheckedIOException.class);
        assertThat(failing.subjects(true)).isEmpty();
    }

    @Test
    void refusesAHistoryThatContradictsItself() {
        List<RegistryChange> history =
                List.of(new RegistryChange.Registered("one", 1, 1, A), new RegistryChange.Registered("two", 1, 1, A_B));

        assertThatThrownBy(() -> new SchemaStore(history, journal::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id 1");
    }

    private static boolean accepts(CompatibilityLevel level, String... versions) {
        var store = new SchemaStore(List.of(), change -> {});
        store.setLevel("s", level);
        for (String version : List.of(versions).subList(0, versions.length - 1)) {
            store.register("s", version, false);
        }
        String last = versions[versions.length - 1];
        boolean tested = store.conflicts("s", last, false).isEmpty();
        boolean registered = reasonOf(() -> store.register("s", last, false)) == null;
        assertThat(registered).as("registering does what testing says").isEqualTo(tested);
        return registered;
    }

    static @Nullable Reason reasonOf(Runnable request) {
        try {
            request.run();
            return null;
        } catch (SchemaRefusedException e) {
            return e.reason();
        }
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }
}
