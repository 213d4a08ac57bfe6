package dev.tripline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.config.AgentConfig;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.service.ConfigLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ProbeAgentTest {
    @TempDir
    private Path folder;

    @Test
    void isNotReadyWhileItsHeartbeatsDoNotArrive() throws Exception {
        // Given
        AgentConfig config =
                ConfigLoader.read("""
                name: probe-1
                data_dir: %s
                probes:
                  - {name: smoke, kind: command, environment: staging, every: 1h, argv: ["true"], working_dir: %s}
                """.formatted(folder.resolve("data"), folder), "agent.yaml", AgentConfig.class);
        var published = new CountDownLatch(2);
        var tried = new CountDownLatch(1);
        var heartbeats = new CountingPublisher(tried);
        heartbeats.records.failNext(1);
        var connection = new HandedOut(heartbeats, new CountingPublisher(published));
        var agent = new ProbeAgent(
                config, () -> connection, InstantSource.fixed(Instant.parse("2025-01-01T00:00:00Z")), failure -> {});

        // When
        assertThat(agent.notReady()).hasValue("no heartbeat: none was acknowledged yet");
        agent.start();
        boolean inTime = published.await(20, TimeUnit.SECONDS);
        Optional<String> reason = agent.notReady();
        agent.close();

        // Then
        assertThat(inTime).isTrue();
        assertThat(reason).hasValueSatisfying(text -> assertThat(text).startsWith("no heartbeat: "));
    }

    @Test
    void runsItsProbesAndSaysThatItLives() throws Exception {
        // Given
        AgentConfig config =
                ConfigLoader.read("""
                name: probe-1
                location: eu
                data_dir: %s
                probes:
                  - {name: smoke, kind: command, environment: staging, every: 1h, argv: ["true"], working_dir: %s}
                """.formatted(folder.resolve("data"), folder), "agent.yaml", AgentConfig.class);
        var published = new CountDownLatch(3);
        var heartbeats = new CountingPublisher(published);
        var outcomes = new CountingPublisher(published);
        var connection = new HandedOut(heartbeats, outcomes);
        var failure = new AtomicReference<Throwable>();

        // When
        var agent = new ProbeAgent(
                config, () -> connection, InstantSource.fixed(Instant.parse("2025-01-01T00:00:00Z")), failure::set);
        agent.start();
        boolean inTime = published.await(20, TimeUnit.SECONDS);
        agent.close();
        agent.close();

        // Then
        assertThat(failure).hasNullValue();
        assertThat(inTime).isTrue();
        assertThat(connection.isClosed()).isTrue();
        assertThat(outcomes.records.all(TestOutcome.class)).singleElement().satisfies(outcome -> {
            assertThat(outcome.getTest()).isEqualTo("smoke");
            assertThat(outcome.getLocation()).isEqualTo("eu");
            assertThat(outcome.getAgent()).isEqualTo("probe-1");
            assertThat(outcome.getRun()).isEqualTo(1);
        });
        assertThat(outcomes.records.all(SuiteRun.class)).hasSize(1);
        assertThat(heartbeats.records.all(AgentHeartbeat.class)).first().satisfies(heartbeat -> {
            assertThat(outcomes.records.all(TestOutcome.class).get(0).getSource())
                    .startsWith(heartbeat.getSource() + ".");
            assertThat(heartbeat.getProbes())
                    .singleElement()
                    .satisfies(probe -> assertThat(probe.getProbe()).isEqualTo("smoke"));
        });
    }

    /** An outcome that Kafka never takes was tried for ever under a lock that all probes shared. */
    @Test
    void aRunThatKafkaDoesNotTakeDelaysNoOtherProbe() throws Exception {
        // Given
        AgentConfig config =
                ConfigLoader.read("""
                name: probe-1
                data_dir: %s
                probes:
                  - {name: stuck, kind: command, environment: staging, every: 1s, argv: ["true"], working_dir: %2$s}
                  - {name: free, kind: command, environment: staging, every: 1s, argv: ["true"], working_dir: %2$s}
                """.formatted(folder.resolve("data"), folder), "agent.yaml", AgentConfig.class);
        var runs = new CountDownLatch(2 * 2);
        var stuck = new CountingPublisher(new CountDownLatch(1));
        stuck.records.failNext(Integer.MAX_VALUE);
        var free = new CountingPublisher(runs);
        var connection = new HandedOut(new CountingPublisher(new CountDownLatch(1)), stuck, free);

        // When
        var agent = new ProbeAgent(config, () -> connection, InstantSource.system(), failure -> {});
        agent.start();
        boolean inTime = runs.await(20, TimeUnit.SECONDS);
        Optional<String> reason = agent.notReady();
        agent.close();

        // Then
        assertThat(inTime).isTrue();
        assertThat(free.records.all(SuiteRun.class)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(stuck.records.all(SuiteRun.class)).isEmpty();
        assertThat(reason).hasValueSatisfying(text -> assertThat(text).startsWith("publishing fails: stuck: "));
    }
}
