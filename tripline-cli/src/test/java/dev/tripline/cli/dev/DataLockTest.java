package dev.tripline.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
    @Test
    void letsOneInstanceInAndNamesItToTheSecond(@TempDir Path folder) {
        Path data = folder.resolve("a/b");

        try (var first = DataLock.take(data)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(data))
                    .isInstanceOf(StartException.class)
                    .hasMessageContainingAll(
                            data.toString(),
                            "in use by another 'tripline dev' (process "
                                    + ProcessHandle.current().pid() + ")");
        }
        try (var next = DataLock.take(data)) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void namesAFolderThatCannotBeUsed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DataLock.take(file))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("--data: ", file.toString(), "cannot be used");
    }
}
