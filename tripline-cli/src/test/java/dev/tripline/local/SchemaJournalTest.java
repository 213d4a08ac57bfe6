package dev.tripline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.local.schema.CompatibilityLevel;
import dev.tripline.local.schema.RegistryChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJournalTest {
    private static final List<RegistryChange> CHANGES = List.of(
            new RegistryChange.Registered("eins ü \"'\n", 1, 1, "\"int\""),
            new RegistryChange.LevelSet(null, CompatibilityLevel.FULL),
            new RegistryChange.LevelSet("eins", null),
            new RegistryChange.Deleted("eins ü \"'\n", List.of(1), false));

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void setUp() {
        file = dir.resolve(SchemaJournal.FILE);
    }

    @Test
    void readsBackWhatWasWritten() {
        writeAll();

        assertThat(history()).isEqualTo(CHANGES);
        assertThat(history()).isEqualTo(CHANGES);
    }

    @Test
    void dropsALastLineCutAtAnyPlaceAndGoesOn() throws IOException {
        writeAll();
        String whole = Files.readString(file);
        int lastLine = whole.lastIndexOf('\n', whole.length() - 2) + 1;

        for (int cut = lastLine; cut < whole.length(); cut++) {
            Files.writeString(file, whole.substring(0, cut));
            try (var journal = SchemaJournal.open(dir)) {
                assertThat(journal.history()).as("cut at %d", cut).isEqualTo(CHANGES.subList(0, 3));
                journal.append(CHANGES.get(3));
            }
            assertThat(Files.readString(file)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void dropsAFirstLineThatWasNeverFinished() throws IOException {
        Files.writeString(file, "{\"registry\":\"tri");

        assertThat(history()).isEmpty();
        assertThat(Files.readString(file)).endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "{}",
                "{\"change\":\"unheard-of\"}",
                "{\"change\":\"registered\",\"subject\":\"a\",\"version\":\"x\",\"id\":1,\"schema\":\"\"}",
                "{\"change\":\"registered\",\"version\":1,\"id\":1,\"schema\":\"\"}",
                "{\"change\":\"level-set\",\"subject\":\"a\",\"level\":\"SIDEWAYS\"}"
            })
    void namesFileAndLineOfWhatItCannotRead(String line) throws IOException {
        writeAll();
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::history)
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining(file + ":6: ");
    }

    @Test
    void refusesAFileOfAnotherFormat() throws IOException {
        Files.writeString(file, "{\"registry\":\"tripline\",\"format\":2}\n");

        assertThatThrownBy(this::history)
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining(file + ":1: ")
                .hasMessageContaining("format must be 1");
    }

    @Test
    void refusesASecondWriter() {
        try (var journal = SchemaJournal.open(dir)) {
            assertThat(journal.history()).isEmpty();
            assertThatThrownBy(this::history)
                    .isInstanceOf(LocalStartException.class)
                    .hasMessageContaining("in use");
        }
    }

    private void writeAll() {
        try (var journal = SchemaJournal.open(dir)) {
            CHANGES.forEach(journal::append);
        }
    }

    private List<RegistryChange> history() {
        try (var journal = SchemaJournal.open(dir)) {
            return journal.history();
        }
    }
}
