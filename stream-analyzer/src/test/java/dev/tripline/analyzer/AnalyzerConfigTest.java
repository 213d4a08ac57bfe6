package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.health.HealthConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyzerConfigTest {
    @Test
    void isLocalModeWithoutConfiguration() {
        assertThat(read(""))
                .isEqualTo(new AnalyzerConfig(
                        KafkaConnection.local(),
                        "tripline-analyzer",
                        Path.of("tripline-data/analyzer"),
                        2,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        0,
                        List.of(),
                        null));
    }

    @Test
    void readsEveryField() {
        AnalyzerConfig config = read("""
                kafka: {bootstrap_servers: "k:1"}
                application_id: analyzer-2
                state_dir: /state
                threads: 4
                flush_interval: 1s
                commit_interval: 2s
                standby_replicas: 1
                mask: [ACME-x]
                health: {port: 8090, host: 0.0.0.0}
                """);

        assertThat(config.kafka().bootstrapServers()).isEqualTo("k:1");
        assertThat(config)
                .isEqualTo(new AnalyzerConfig(
                        config.kafka(),
                        "analyzer-2",
                        Path.of("/state"),
                        4,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        1,
                        List.of("ACME-x"),
                        new HealthConfig(8090, "0.0.0.0")));
        assertThat(AnalyzerConfig.class.getRecordComponents()).hasSize(9);
    }

    @Test
    void namesThePlaceOfAProblemOfItsHealth() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("health: {port: 0}"));

        assertThat(refusal.problems()).containsExactly("health.port: must be 1 to 65535, got 0");
    }

    @Test
    void refusesExpressionsThatCannotMask() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("mask: ['(a', 'a*', 'b']"));

        assertThat(refusal.problems())
                .containsExactly(
                        "mask[0]: must be an RE2 expression: missing closing ), got '(a'",
                        "mask[1]: must not match the empty text, got 'a*'");
    }

    private static AnalyzerConfig read(String yaml) {
        return ConfigLoader.read(yaml, "analyzer.yaml", AnalyzerConfig.class);
    }
}
