package dev.tripline.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.service.ConfigException;
import dev.tripline.sink.config.SinkConfig;
import dev.tripline.sink.config.TrackerConfig;
import dev.tripline.sink.filing.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSinkTest {
    private static final String GITHUB = """
            marker_keys:
              - id: k1
                secret: 0123456789abcdef
            tracker:
              kind: github
              repository: acme/shop
              token: secret
            """;

    @TempDir
    private Path folder;

    @Test
    void filesInTheFolderUnlessToldOtherwise() throws IOException {
        var usual = new TrackerConfig.Local(folder.resolve("data").resolve("sink"));

        assertThat(LocalSink.of(settings(null)).tracker()).isEqualTo(usual);
        assertThat(LocalSink.of(settings("")).tracker()).isEqualTo(usual);
        assertThat(LocalSink.of(settings("file_after: 1m\nmask: [ACME-x]\n")))
                .isEqualTo(new SinkConfig(
                        settings(null).connection(),
                        "tripline-issue-sink",
                        usual,
                        List.of(),
                        Severity.LOW,
                        Duration.ofMinutes(1),
                        List.of("ACME-x"),
                        null));
    }

    @Test
    void takesATrackerFromTheFileAndKafkaFromLocalMode() throws IOException {
        SinkConfig config = LocalSink.of(settings(GITHUB));

        assertThat(config.tracker()).isInstanceOf(TrackerConfig.GitHub.class);
        assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:19092");
        assertThat(config.markerKeys()).hasSize(1);
    }

    @Test
    void takesAKafkaSectionThatNamesLocalMode() throws IOException {
        String same = """
                kafka:
                  bootstrap_servers: localhost:19092
                  registry:
                    url: http://localhost:18081/
                """;

        assertThat(LocalSink.of(settings(same)).kafka())
                .isEqualTo(settings(null).connection());
    }

    @Test
    void refusesAKafkaSectionThatContradictsLocalModeWithAllProblems() throws IOException {
        // Given: the first is the default of a sink on its own, but it is written here
        DevSettings settings = settings("""
                kafka:
                  bootstrap_servers: 127.0.0.1:9092
                  topic_prefix: acme.
                  registry:
                    url: http://registry:8081
                  properties:
                    security.protocol: SSL
                """);

        // Then
        assertThatThrownBy(() -> LocalSink.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sink.yaml")
                .hasMessageContaining("kafka.bootstrap_servers: must be local mode's own, 127.0.0.1:19092, or left out,"
                        + " got '127.0.0.1:9092'")
                .hasMessageContaining(
                        "kafka.topic_prefix: must be local mode's own, tripline., or left out, got 'acme.'")
                .hasMessageContaining(
                        "kafka.registry.url: must be local mode's own, http://127.0.0.1:18081, or left out,"
                                + " got 'http://registry:8081'")
                .hasMessageContaining("kafka.properties: must be left out in local mode, got [security.protocol]");
    }

    private DevSettings settings(String yaml) throws IOException {
        Path file = folder.resolve("sink.yaml");
        if (yaml != null) {
            Files.writeString(file, yaml);
        }
        return new DevSettings(folder.resolve("data"), 19092, 18081, null, yaml == null ? null : file);
    }
}
