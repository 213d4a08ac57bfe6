package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PrivateFolderTest {
    @TempDir
    Path dir;

    @Test
    void makesAFolderAndItsParentsForThisUserOnly() throws IOException {
        PrivateFolder.own(dir.resolve("a/b"));
        PrivateFolder.make(dir.resolve("c/d"));

        assertThat(mode(dir.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(dir.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(mode(dir.resolve("c/d"))).isEqualTo("rwx------");
        assertThat(dir.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void takesTheRightsOfOthersOffAFolderItOwnsAndLeavesTheRest() throws IOException {
        Path wide = set(Files.createDirectory(dir.resolve("wide")), "rwxrwxrwx");
        Path shared = set(Files.createDirectory(dir.resolve("shared")), "rwxr-xr-x");

        PrivateFolder.own(wide);
        PrivateFolder.make(shared);

        assertThat(mode(wide)).isEqualTo("rwx------");
        assertThat(mode(shared)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void takesTheRightsOfOthersOffAKey() throws IOException {
        Path key = set(Files.writeString(dir.resolve("marker.key"), "00"), "rw-r--r--");
        Path narrow = set(Files.writeString(dir.resolve("narrow.key"), "00"), "r--------");

        PrivateFolder.ownFile(key);
        PrivateFolder.ownFile(narrow);

        assertThat(mode(key)).isEqualTo("rw-------");
        assertThat(mode(narrow)).isEqualTo("r--------");
    }

    @Test
    void refusesTheFolderOfAnotherUserAndTakesThatOfRoot() {
        assertThat(PrivateFolder.foreign("mallory", "alice"))
                .isEqualTo(
                        "belongs to user mallory, who could change what is in it; this is user alice: choose a folder of"
                                + " your own");
        assertThat(PrivateFolder.foreign("mallory", "root")).startsWith("belongs to user mallory");
        assertThat(PrivateFolder.foreign("alice", "alice")).isEmpty();
        assertThat(PrivateFolder.foreign("root", "alice")).isEmpty();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");

        assertThatThrownBy(() -> PrivateFolder.own(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    private static Path set(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
