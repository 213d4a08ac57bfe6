package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tripline.cli.dev.DevSettings;
import dev.tripline.cli.dev.LocalMode;
import dev.tripline.cli.topics.TopicPlan;
import dev.tripline.cli.topics.TopicSetup;
import dev.tripline.events.Deployment;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.Topics;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.ExitCode;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.ServiceRunner;
import dev.tripline.sink.IssueSink;
import dev.tripline.sink.config.SinkConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Local mode as {@code tripline dev} runs it, in this process. */
@Timeout(180)
class LocalModeIT {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    /** One run of local mode; closing it stops it as Ctrl-C does. */
    private record Run(ServiceRunner runner, CompletableFuture<ExitCode> code) {
        static Run start(DevSettings settings) {
            var runner = new ServiceRunner();
            var up = new CompletableFuture<ExitCode>();
            var code = CompletableFuture.supplyAsync(
                    () -> new LocalMode(settings, runner).run(() -> up.complete(ExitCode.OK)));
            // One that ends before it is up must not keep the test waiting.
            CompletableFuture.anyOf(up, code).join();
            assertThat(up).as("local mode is up").isCompleted();
            return new Run(runner, code);
        }

        ExitCode stop() throws Exception {
            runner.stop();
            return code.get(6, TimeUnit.SECONDS);
        }
    }

    @Test
    void goesOnWhereItWasAfterARestart(@TempDir Path folder) throws Exception {
        // Given
        var settings = new DevSettings(folder.resolve("data"), freePort(), freePort(), null, null);
        Run first = Run.start(settings);
        write(settings.connection(), deployment("r1"));

        // When
        ExitCode stopped = first.stop();
        Run second = Run.start(settings);

        // Then
        assertThat(stopped).isEqualTo(ExitCode.OK);
        assertThat(read(settings.connection())).containsExactly(deployment("r1"));
        assertThat(plan(settings).lines()).isEmpty();
        assertThat(second.stop()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aSinkOfAnotherTrackerDoesNotJoinTheGroupOfLocalModes(@TempDir Path folder) throws Exception {
        // Given
        var settings = new DevSettings(folder.resolve("data"), freePort(), freePort(), null, null);
        Run run = Run.start(settings);
        Path file = Files.writeString(folder.resolve("sink.yaml"), """
                marker_keys: [{id: k1, secret: 0123456789abcdef}]
                tracker: {kind: github, repository: acme/shop, token: none, api_url: "http://127.0.0.1:1", allow_insecure: true}
                """);
        SinkConfig github = ConfigLoader.load(file, SinkConfig.class);
        var sink = new IssueSink(
                new SinkConfig(
                        settings.connection(),
                        github.group(),
                        github.tracker(),
                        github.markerKeys(),
                        github.minSeverity(),
                        github.fileAfter(),
                        github.mask(),
                        null),
                failure -> {},
                InstantSource.system());

        // Then: local mode's own joins a moment after it has started
        await().untilAsserted(() -> {
            try {
                assertThatThrownBy(sink::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(
                                "group: must be another than that of the sink of tracker 'local', which runs,"
                                        + " got 'tripline-issue-sink' for tracker 'github:acme/shop'");
            } finally {
                sink.close();
            }
        });
        assertThat(run.stop()).isEqualTo(ExitCode.OK);
    }

    @Test
    void applyingTopicsAgainMendsWhatDiffersAndThenHasNothingToDo(@TempDir Path folder) throws Exception {
        // Given
        var settings = new DevSettings(folder.resolve("data"), freePort(), freePort(), null, null);
        Run run = Run.start(settings);
        String outcomes = Topics.standard().testOutcomes().name();
        try (var admin = Admin.create(settings.connection().clientProperties())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, outcomes),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "604800000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        // When
        try (var setup = TopicSetup.connect(settings.connection())) {
            await().until(() -> !setup.plan(false).changes().isEmpty());
            TopicPlan plan = setup.plan(false);
            setup.apply(plan, (short) 1);

            // Then
            assertThat(plan.lines()).containsExactly("~ topic " + outcomes + ": retention.ms 604800000 -> 2592000000");
            assertThat(setup.plan(false).lines()).isEmpty();
        }
        assertThat(run.stop()).isEqualTo(ExitCode.OK);
    }

    @Test
    void comesUpAgainAfterItsProcessWasKilledWithClientsWaiting(@TempDir Path folder) throws Exception {
        // Given
        var settings = new DevSettings(folder.resolve("data"), freePort(), freePort(), null, null);
        Process killed = DevProcess.start(settings);
        Run second;
        try (var waiting = new KafkaConsumer<>(
                inGroup(settings.connection(), "bystander"), new StringDeserializer(), new StringDeserializer())) {
            write(settings.connection(), deployment("r1"));
            waiting.subscribe(List.of(Topics.standard().deployments().name()));
            waiting.poll(Duration.ofSeconds(30));
            try (var admin = Admin.create(settings.connection().clientProperties())) {
                assertThat(members(admin, "tripline-analyzer")).hasSize(1);

                // When
                killed.destroyForcibly().waitFor();
            }
            second = Run.start(settings);
        }

        // Then
        try (var admin = Admin.create(settings.connection().clientProperties())) {
            assertThat(members(admin, "tripline-analyzer")).hasSize(1);
            await().until(() -> members(admin, "tripline-issue-sink").size() == 1);
        }
        assertThat(read(settings.connection())).containsExactly(deployment("r1"));
        assertThat(second.stop()).isEqualTo(ExitCode.OK);
        assertThat(settings.folderOf("analyzer").resolve("tripline-analyzer.in-use"))
                .as("mark of an end that was not clean")
                .doesNotExist();
    }

    private static Map<String, Object> inGroup(KafkaConnection connection, String group) {
        Map<String, Object> properties = new HashMap<>(connection.clientProperties());
        properties.put("group.id", group);
        return properties;
    }

    private static Collection<MemberDescription> members(Admin admin, String group) throws Exception {
        return admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get()
                .members();
    }

    private static TopicPlan plan(DevSettings settings) {
        try (var setup = TopicSetup.connect(settings.connection())) {
            return setup.plan(true);
        }
    }

    private static Deployment deployment(String revision) {
        return Deployment.newBuilder()
                .setEnvironment("staging")
                .setService("login")
                .setRevision(revision)
                .setDeployedAt(T0)
                .build();
    }

    private static EventSerdes serdes(KafkaConnection connection) {
        return EventSerdes.connect(new RegistrySettings(
                connection.registry().url(),
                connection.registry().autoRegister(),
                connection.registry().properties()));
    }

    private static void write(KafkaConnection connection, Deployment deployment) throws Exception {
        var topic = Topics.standard().deployments();
        var serde = serdes(connection).of(topic);
        try (var producer =
                new KafkaProducer<>(connection.clientProperties(), new StringSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), "staging/login", deployment))
                    .get();
        }
    }

    private static List<Deployment> read(KafkaConnection connection) {
        var topic = Topics.standard().deployments();
        var serde = serdes(connection).of(topic);
        var partition = new TopicPartition(topic.name(), 0);
        try (var consumer =
                new KafkaConsumer<>(connection.clientProperties(), new StringDeserializer(), serde.deserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(30)).records(partition).stream()
                    .map(record -> record.value())
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
