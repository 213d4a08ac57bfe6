package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.tripline.cli.Tripline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The pipeline in containers: Kafka, the registry and the services' own image. Skipped, with the reason, where no engine
 * answers; {@code -Dtripline.require-engine=true} makes that a failure.
 */
@Timeout(600)
final class ContainersIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "golden-path");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ISSUES = "/var/lib/tripline/sink/tracker";
    private static final int REGISTRY_PORT = 8081;

    private final List<AutoCloseable> started = new ArrayList<>();
    private KafkaContainer kafka;
    private GenericContainer<?> registry;
    private GenericContainer<?> analyzer;
    private GenericContainer<?> sink;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        Optional<String> missing = Engine.missing();
        if (Engine.REQUIRED) {
            missing.ifPresent(reason -> fail("tripline.require-engine is set, but " + reason));
        }
        assumeThat(missing)
                .as("containers are not tested: %s", missing.orElse(""))
                .isEmpty();
        Network network = started(Network.newNetwork());
        kafka = started(
                new KafkaContainer(DockerImageName.parse(Engine.KAFKA_IMAGE).asCompatibleSubstituteFor("apache/kafka"))
                        .withNetwork(network)
                        .withListener("kafka:19092")
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"));
        kafka.start();
        registry = service(network, "registry", "--host", "0.0.0.0", "--name", "registry", "--data", "/tmp/registry")
                .withNetworkAliases("registry")
                .withExposedPorts(REGISTRY_PORT)
                .waitingFor(Wait.forHttp("/subjects").forPort(REGISTRY_PORT));
        registry.start();
        service(
                        network,
                        "topics",
                        "apply",
                        "--bootstrap-servers",
                        "kafka:19092",
                        "--schema-registry",
                        "http://registry:8081")
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE))
                .start();
        analyzer = service(network, "analyzer");
        sink = service(network, "sink");
        analyzer.start();
        sink.start();
    }

    @AfterEach
    void stop() throws Exception {
        Exception first = null;
        for (int i = started.size() - 1; i >= 0; i--) {
            try {
                started.get(i).close();
            } catch (Exception e) {
                // The others are to be closed all the same.
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private <T extends AutoCloseable> T started(T resource) {
        started.add(resource);
        return resource;
    }

    private GenericContainer<?> service(Network network, String... command) {
        return started(new GenericContainer<>(DockerImageName.parse(Engine.SERVICES_IMAGE))
                .withNetwork(network)
                .withEnv(Map.of(
                        "TRIPLINE_KAFKA",
                        "kafka:19092",
                        "TRIPLINE_SCHEMA_REGISTRY",
                        "http://registry:8081",
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx384m"))
                .withCommand(command));
    }

    @Test
    void tellsTheGoldenPathAlthoughTheAnalyzerIsKilledBetweenTheMornings() throws Exception {
        // Given
        tripline("rules", "apply", EXAMPLE.resolve("rules.yaml").toString(), "--environment", "staging");
        tripline("deployment", "--file", EXAMPLE.resolve("deployments.jsonl").toString());
        tripline("ingest", EXAMPLE.resolve("2025-09-10").toString());
        awaitIssues(1);

        // When
        String id = analyzer.getContainerId();
        var docker = analyzer.getDockerClient();
        docker.killContainerCmd(id).exec();
        tripline("ingest", EXAMPLE.resolve("2025-09-11").toString());
        docker.startContainerCmd(id).exec();

        // Then
        awaitIssues(4);
        assertThat(issues()).anySatisfy(name -> assertThat(name).contains("negotiationerror"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesNothingWhenTheBrokerIsEndedAndStartedUnderLoad(boolean isKilled) throws Exception {
        // Given
        int lines = 300_000;
        Path report = Files.writeString(folder.resolve("load.jsonl"), lines(lines));
        GenericContainer<?> ingest = service(
                        kafka.getNetwork(),
                        "ingest",
                        "--bootstrap-servers",
                        "kafka:19092",
                        "--schema-registry",
                        "http://registry:8081",
                        "/tmp/load.jsonl")
                .withCopyFileToContainer(MountableFile.forHostPath(report, 0644), "/tmp/load.jsonl");
        ingest.start();
        await().atMost(PATIENCE).until(() -> published() > 0);
        assertThat(ingest.isRunning()).as("under load").isTrue();

        // When
        var docker = kafka.getDockerClient();
        if (isKilled) {
            docker.killContainerCmd(kafka.getContainerId()).exec();
        } else {
            docker.stopContainerCmd(kafka.getContainerId()).withTimeout(10).exec();
        }
        docker.startContainerCmd(kafka.getContainerId()).exec();

        // Then
        await().atMost(PATIENCE).until(() -> !ingest.isRunning());
        assertThat(ingest.getCurrentContainerInfo().getState().getExitCodeLong())
                .as("%s", ingest.getLogs())
                .isZero();
        assertThat(published()).isEqualTo(lines);
    }

    private void tripline(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                kafka.getBootstrapServers(),
                "--schema-registry",
                "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT)));
        var out = new StringWriter();
        int code = Tripline.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
        assertThat(code).as("%s: %s", all, out).isZero();
    }

    private void awaitIssues(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(issues()).hasSize(count));
    }

    private List<String> issues() throws IOException, InterruptedException {
        ExecResult listed = sink.execInContainer("sh", "-c", "ls " + ISSUES + " 2>/dev/null || true");
        return listed.getStdout().lines().filter(name -> name.endsWith(".md")).toList();
    }

    /** Asked inside the network: a container that is started again has other ports outside. */
    private long published() throws IOException, InterruptedException {
        ExecResult offsets = kafka.execInContainer(
                "/opt/kafka/bin/kafka-get-offsets.sh",
                "--bootstrap-server",
                "kafka:19092",
                "--topic",
                "tripline.test-outcomes");
        assertThat(offsets.getExitCode()).as("%s", offsets.getStderr()).isZero();
        return offsets.getStdout()
                .lines()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(':') + 1)))
                .sum();
    }

    private static String lines(int count) {
        Instant begin = Instant.now().minus(Duration.ofHours(20));
        int tests = 20;
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("{\"environment\":\"load\",\"suite\":\"s\",\"test\":\"t")
                    .append(i % tests)
                    .append("\",\"source\":\"x\",\"run\":")
                    .append(i / tests)
                    .append(",\"status\":\"PASSED\",\"startedAt\":\"")
                    .append(begin.plusSeconds(i / tests * 4L))
                    .append("\",\"durationMillis\":5}\n");
        }
        return text.toString();
    }
}
