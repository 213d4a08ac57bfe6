package dev.tripline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.RecordingPublisher;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.agent.probe.ProbeRun;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPublisherTest {
    private final RecordingPublisher kafka = new RecordingPublisher();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void triesAgainUntilTheRunIsSafe() throws Exception {
        // Given
        kafka.failNext(7);
        var pauses = new ArrayList<Duration>();
        var reasons = new ArrayList<String>();
        var inFlight = new ArrayList<Double>();
        var publishers = new ArrayList<RunPublisher>();
        var publisher = new RunPublisher(kafka, new AgentMeters(meters), pause -> {
            pauses.add(pause);
            reasons.add(publishers.get(0).failing());
            inFlight.add(meters.get("tripline.agent.outcomes.in.flight").gauge().value());
        });
        publishers.add(publisher);

        // When
        publisher.publish("probe", run());

        // Then
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(kafka.all(TestOutcome.class)).hasSize(8 * 5);
        assertThat(kafka.all(SuiteRun.class)).hasSize(1);
        assertThat(publisher.waiting()).isZero();
        assertThat(reasons).hasSize(7).allSatisfy(reason -> assertThat(reason).startsWith("probe: "));
        assertThat(publisher.failing()).isEmpty();
        assertThat(inFlight).hasSize(7).containsOnly(5.0);
        assertThat(meters.get("tripline.agent.outcomes.in.flight").gauge().value())
                .isZero();
        assertThat(counted("tripline.agent.outcomes", "result", "published")).isEqualTo(5);
        assertThat(counted("tripline.agent.outcomes", "result", "lost")).isZero();
        assertThat(counted("tripline.agent.publish.failures")).isEqualTo(7);
    }

    @Test
    void givesUpWhenTheAgentStops() {
        kafka.failNext(100);
        var publisher = new RunPublisher(kafka, new AgentMeters(meters), pause -> {
            throw new InterruptedException("stopped");
        });

        assertThatThrownBy(() -> publisher.publish("probe", run())).isInstanceOf(InterruptedException.class);
        assertThat(kafka.all(SuiteRun.class)).isEmpty();
        assertThat(counted("tripline.agent.outcomes", "result", "lost")).isEqualTo(5);
    }

    private double counted(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    private static ProbeRun run() throws Exception {
        var outcomes = new ArrayList<TestOutcome>();
        List<SuiteRun> totals = new ArrayList<>();
        Path report = Path.of("..", "examples", "golden-path", "2025-09-10", "test_1_websocket_events_staging.xml");
        ReportOutcomes.read(report, IngestOptions.none(), outcomes::add, totals::add);
        return new ProbeRun(outcomes, totals);
    }
}
