package dev.tripline.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.Secret;
import dev.tripline.service.health.HealthConfig;
import dev.tripline.sink.filing.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkConfigTest {
    @Test
    void isLocalModeWithoutConfiguration() {
        assertThat(read(""))
                .isEqualTo(new SinkConfig(
                        KafkaConnection.local(),
                        "tripline-issue-sink",
                        new TrackerConfig.Local(Path.of("data/sink")),
                        List.of(),
                        Severity.LOW,
                        Duration.ofSeconds(5),
                        List.of(),
                        null));
    }

    @Test
    void readsEveryField() {
        SinkConfig config = read("""
                kafka: {bootstrap_servers: "k:1"}
                group: sinks
                tracker: {kind: local, data: /data}
                marker_keys:
                  - {id: "2025", secret: 0123456789abcdef}
                min_severity: high
                file_after: 1m
                mask: [ACME-x]
                health: {port: 8090, host: 0.0.0.0}
                """);

        assertThat(config.kafka().bootstrapServers()).isEqualTo("k:1");
        assertThat(config)
                .isEqualTo(new SinkConfig(
                        config.kafka(),
                        "sinks",
                        new TrackerConfig.Local(Path.of("/data")),
                        List.of(new MarkerKeyConfig("2025", new Secret("0123456789abcdef"))),
                        Severity.HIGH,
                        Duration.ofMinutes(1),
                        List.of("ACME-x"),
                        new HealthConfig(8090, "0.0.0.0")));
        assertThat(SinkConfig.class.getRecordComponents()).hasSize(8);
    }

    /** A token whose variable was not set hid what was wrong beside it. */
    @Test
    void aMissingSecretHidesNoProblemBesideIt() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("""
                tracker: {kind: github, repository: shop, token: "${env:TRIPLINE_NO_SUCH_VARIABLE}", quarantine: 1s}
                marker_keys: [{id: "a b"}]
                """));

        assertThat(refusal.problems().stream().map(problem -> problem.replaceAll(":.*", "")))
                .contains(
                        "tracker.token",
                        "tracker.repository",
                        "tracker.quarantine",
                        "marker_keys[0].id",
                        "marker_keys[0].secret");
    }

    @Test
    void anUnknownTrackerIsNotSaidToNeedKeys() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("tracker: {kind: locl}"));

        assertThat(refusal.problems()).singleElement().asString().startsWith("tracker.kind");
    }

    @Test
    void namesThePlaceOfAProblemOfItsHealth() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("health: {port: 0}"));

        assertThat(refusal.problems()).containsExactly("health.port: must be 1 to 65535, got 0");
    }

    /** The token would be read on the way, and a password in an address is shown wherever the address is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://ghe.example/api/v3 | must be an https:// address, or allow_insecure true, got 'http://ghe.example/api/v3'",
                "https://me:hunter2@ghe.example | must hold no user or password, got 'https://…@ghe.example'",
                "ftp://ghe.example | must be an https:// address, got 'ftp://ghe.example'"
            },
            quoteCharacter = '"')
    void refusesAnAddressThatShowsSecrets(String address, String problem) {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("""
                tracker: {kind: github, repository: a/b, token: t, api_url: "%s"}
                marker_keys: [{id: "1", secret: 0123456789abcdef}]
                """.formatted(address)));

        assertThat(refusal.problems()).containsExactly("tracker.api_url: " + problem);
        assertThat(refusal.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void refusesExpressionsThatCannotMask() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("mask: ['(a', 'a*', 'b']"));

        assertThat(refusal.problems())
                .containsExactly(
                        "mask[0]: must be an RE2 expression: missing closing ), got '(a'",
                        "mask[1]: must not match the empty text, got 'a*'");
    }

    private static SinkConfig read(String yaml) {
        return ConfigLoader.read(yaml, "sink.yaml", SinkConfig.class);
    }
}
