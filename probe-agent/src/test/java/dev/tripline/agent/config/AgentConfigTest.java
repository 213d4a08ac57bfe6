package dev.tripline.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tripline.agent.report.ReportFormat;
import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.health.HealthConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentConfigTest {
    @Test
    void fillsInDefaults() {
        AgentConfig config = read("""
                name: probe-1
                data_dir: /data
                probes:
                  - {name: smoke, kind: command, environment: staging, every: 5m, argv: [pytest]}
                """);

        assertThat(config)
                .isEqualTo(new AgentConfig(
                        "probe-1",
                        "local",
                        KafkaConnection.local(),
                        Path.of("/data"),
                        List.of(new CommandProbeConfig(
                                "smoke",
                                "staging",
                                null,
                                null,
                                null,
                                List.of("pytest"),
                                Path.of("."),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(10),
                                List.of(),
                                null,
                                null,
                                null,
                                Map.of(),
                                List.of(),
                                List.of())),
                        List.of(),
                        null));
    }

    @Test
    void readsEveryField() {
        AgentConfig config = read("""
                name: probe-1
                location: eu
                kafka: {bootstrap_servers: "k:1", topic_prefix: t.}
                data_dir: /data
                mask: [ACME-x]
                health: {port: 8090, host: 0.0.0.0}
                probes:
                  - name: smoke
                    kind: command
                    environment: staging
                    service: checkout
                    revision: r1
                    suite: s
                    argv: [pytest, -q]
                    working_dir: /srv
                    every: 5m
                    timeout: 2m
                    reports: ["**/*.log"]
                    format: json-lines
                    build_url: https://ci/7
                    report_url: https://ci/7/junit
                    env: {TOKEN: secret}
                    pass_env: [REGION]
                    tags: [fast]
                """);

        assertThat(config.location()).isEqualTo("eu");
        assertThat(config.kafka().bootstrapServers()).isEqualTo("k:1");
        assertThat(config.mask()).containsExactly("ACME-x");
        assertThat(config.health()).isEqualTo(new HealthConfig(8090, "0.0.0.0"));
        assertThat(config.probes())
                .containsExactly(new CommandProbeConfig(
                        "smoke",
                        "staging",
                        "checkout",
                        "r1",
                        "s",
                        List.of("pytest", "-q"),
                        Path.of("/srv"),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(2),
                        List.of("**/*.log"),
                        ReportFormat.JSON_LINES,
                        URI.create("https://ci/7"),
                        URI.create("https://ci/7/junit"),
                        Map.of("TOKEN", "secret"),
                        List.of("REGION"),
                        List.of("fast")));
        assertThat(config.probes().get(0).toString()).contains("TOKEN").doesNotContain("secret");
        assertThat(CommandProbeConfig.class.getRecordComponents()).hasSize(16);
        assertThat(AgentConfig.class.getRecordComponents()).hasSize(7);
    }

    @Test
    void listsAllProblemsAtOnce() {
        ConfigException problems = catchThrowableOfType(ConfigException.class, () -> read("""
                        name: probe-1
                        data_dir: /data
                        probes:
                          - {name: a, kind: command, environment: e, every: 10ms, argv: [], timeout: 0s, reports: ["*.txt"], env: {"A=B": x}, pass_env: [""]}
                          - {name: a, kind: command, environment: e, every: 1m, argv: [x]}
                        """));

        assertThat(problems.problems().stream().map(line -> line.replaceAll(": .*", "")))
                .containsExactlyInAnyOrder(
                        "probes[0].argv",
                        "probes[0].every",
                        "probes[0].timeout",
                        "probes[0].reports",
                        "probes[0].env",
                        "probes[0].pass_env",
                        "probes");
    }

    @Test
    void wantsDifferentProbesWithNames() {
        ConfigException problems = catchThrowableOfType(ConfigException.class, () -> read("""
                        name: " "
                        data_dir: /data
                        probes:
                          - {name: a, kind: command, environment: e, every: 1m, argv: [x]}
                          - {name: a, kind: command, environment: e, every: 1m, argv: [x]}
                        """));

        assertThat(problems.problems())
                .containsExactly("name: must not be blank, got ' '", "probes: names must differ, got 'a' twice");
    }

    @Test
    void refusesExpressionsThatCannotMask() {
        var refusal = catchThrowableOfType(ConfigException.class, () -> read("""
                        name: probe-1
                        data_dir: /data
                        mask: ["(a", "a*", "b"]
                        probes:
                          - {name: a, kind: command, environment: e, every: 1m, argv: [x]}
                        """));

        assertThat(refusal.problems())
                .containsExactly(
                        "mask[0]: must be an RE2 expression: missing closing ), got '(a'",
                        "mask[1]: must not match the empty text, got 'a*'");
    }

    private static AgentConfig read(String yaml) {
        return ConfigLoader.read(yaml, "agent.yaml", AgentConfig.class);
    }
}
