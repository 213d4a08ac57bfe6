package dev.tripline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.RecordingPublisher;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.agent.probe.ProbeRun;
import dev.tripline.agent.publish.KafkaPublisher;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
    void aRegistryThatIsAwayForTenMinutesCostsNoOutcome() throws Exception {
        // Given
        var isAway = new AtomicBoolean(true);
        var registry = new MockSchemaRegistryClient() {
            @Override
            public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
                if (isAway.get()) {
                    throw new IOException("connection refused");
                }
                return super.register(subject, schema);
            }
        };
        var producer = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        var waited = new AtomicReference<>(Duration.ZERO);
        try (var publisher = new KafkaPublisher(producer, new EventSerdes(registry, true), Topics.standard())) {
            var runs = new RunPublisher(publisher, new AgentMeters(meters), pause -> {
                assertThat(producer.history()).isEmpty();
                waited.updateAndGet(pause::plus);
                isAway.set(waited.get().compareTo(Duration.ofMinutes(10)) < 0);
            });

            // When
            runs.publish("probe", run());

            // Then
            assertThat(waited.get()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
            assertThat(producer.history())
                    .extracting(ProducerRecord::topic)
                    .containsExactly(
                            "tripline.test-outcomes",
                            "tripline.test-outcomes",
                            "tripline.test-outcomes",
                            "tripline.test-outcomes",
                            "tripline.test-outcomes",
                            "tripline.suite-runs");
            assertThat(counted("tripline.agent.outcomes", "result", "published"))
                    .isEqualTo(5);
            assertThat(counted("tripline.agent.outcomes", "result", "lost")).isZero();
        }
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
