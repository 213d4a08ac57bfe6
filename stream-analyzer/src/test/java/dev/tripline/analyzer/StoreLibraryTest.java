package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

class StoreLibraryTest {
    /** Loads the library, and then ends as a killed process does: nothing that was planned for the end is done. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] args) throws IOException {
            StoreLibrary.load(Path.of(args[0]));
            RocksDB.loadLibrary();
            Runtime.getRuntime().halt(7);
        }
    }

    @Test
    @Timeout(60)
    void aKilledProcessLeavesNoLibraryInTheTemporaryFolderNorInOurs(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        state.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(7);
        assertThat(entries(temporary)).isEmpty();
        assertThat(entries(state)).isEmpty();
    }

    @Test
    void removesWhatAnEarlierProcessLeft(@TempDir Path state) throws IOException {
        Path leftover = Files.createDirectory(state.resolve(".native-123"));
        Files.writeString(leftover.resolve("librocksdbjni-linux64.so"), "old");
        Files.setLastModifiedTime(leftover, FileTime.from(Instant.EPOCH));
        Path loading = Files.createDirectory(state.resolve(".native-456"));
        Path kept = Files.writeString(state.resolve("tripline-analyzer.in-use"), "1");

        StoreLibrary.load(state);

        assertThat(entries(state)).containsExactlyInAnyOrder(loading, kept);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
