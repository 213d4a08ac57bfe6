package dev.tripline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerDirectoryTest {
    @TempDir
    Path dir;

    @Test
    void isFormattedOnce() throws IOException {
        new BrokerDirectory(dir).prepare();
        String meta = Files.readString(dir.resolve("meta.properties"));

        new BrokerDirectory(dir).prepare();

        assertThat(Files.readString(dir.resolve("meta.properties")))
                .isEqualTo(meta)
                .contains("node.id=1");
    }

    @Test
    void isFormattedAnewAfterAStartThatWasKilledHalfWay() throws IOException {
        new BrokerDirectory(dir).prepare();
        Files.delete(dir.resolve("meta.properties"));

        new BrokerDirectory(dir).prepare();

        assertThat(dir.resolve("meta.properties")).exists();
    }

    @Test
    void refusesFilesOfSomebodyElse() throws IOException {
        Files.writeString(dir.resolve("thesis.txt"), "years of work");

        assertRefused("must be empty or written by the local broker");
        assertThat(dir.resolve("meta.properties")).doesNotExist();
    }

    @Test
    void refusesDataOfANewerKafka() throws IOException {
        new BrokerDirectory(dir).prepare();
        Files.writeString(dir.resolve(BrokerDirectory.MARKER), "kafka.version=99.0.1\n");

        assertRefused("written by Kafka 99.0.1");
    }

    @Test
    void refusesDataOfAnotherNode() throws IOException {
        new BrokerDirectory(dir).prepare();
        Path meta = dir.resolve("meta.properties");
        Files.writeString(meta, Files.readString(meta).replace("node.id=1", "node.id=7"));

        assertRefused("another Kafka cluster");
    }

    @Test
    void refusesWhatIsNoDirectory() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));

        assertThatThrownBy(() -> new BrokerDirectory(file).prepare())
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "4.3.1, 4.3.1, false",
        "4.4.0, 4.3.1, true",
        "4.10.0, 4.9.9, true",
        "4.3.0, 4.3.1, false",
        "4.3.1.1, 4.3.1, true",
        "5, 4.3.1, true",
        "unknown, 4.3.1, false",
    })
    void comparesVersionsByNumber(String version, String than, boolean newer) {
        assertThat(BrokerDirectory.isNewer(version, than)).isEqualTo(newer);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> new BrokerDirectory(dir).prepare())
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining(dir.toString())
                .hasMessageContaining(reason);
    }
}
