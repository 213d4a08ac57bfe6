package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentState;
import dev.tripline.events.IssueState;
import dev.tripline.events.Severity;
import dev.tripline.events.Topics;
import dev.tripline.events.TrackedIssue;
import dev.tripline.sink.filing.FilingRules;
import dev.tripline.sink.filing.MarkerKey;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.reconcile.FakeTracker;
import dev.tripline.sink.reconcile.Reconciler;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SinkLoopTest {
    private static final Instant T0 = Instant.parse("2025-09-11T15:00:00Z");
    private static final Topics TOPICS = Topics.standard();
    private static final TopicPartition INCIDENTS =
            new TopicPartition(TOPICS.incidents().name(), 0);
    private static final TopicPartition ISSUES =
            new TopicPartition(TOPICS.issues().name(), 0);
    private final EventSerdes serdes = new EventSerdes(new MockSchemaRegistryClient(), true);
    private final EventSerde<Incident> incidents = serdes.of(TOPICS.incidents());
    private final EventSerde<TrackedIssue> issues = serdes.of(TOPICS.issues());
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FakeTracker tracker = new FakeTracker(() -> T0);
    private List<TrackedIssue> remembered = List.of();
    private final Markers markers =
            new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    private final SinkLoop loop = new SinkLoop(
            consumer,
            this::issueReader,
            producer,
            incidents,
            issues,
            ledger -> new Reconciler(tracker, ledger, FilingRules.remote(), markers, () -> T0),
            () -> T0);

    @Test
    void filesWhatItReadsAndRecordsTheAttemptBeforeTheIssue() {
        own(2);
        incident(0, incidents.write(incident("a")));
        incident(1, incidents.write(incident("b")));

        turns(12);

        assertThat(tracker.posts).hasSize(2);
        assertThat(recorded())
                .containsExactly(
                        "a PLANNED null",
                        "b PLANNED null",
                        "a ATTEMPTING null",
                        "a OPEN 1",
                        "b ATTEMPTING null",
                        "b OPEN 2");
    }

    @Test
    void doesNothingBeforeItHasReadAllIncidents() {
        own(2);
        incident(0, incidents.write(incident("a")));

        turns(5);

        assertThat(producer.history()).isEmpty();
    }

    @Test
    void goesOnFromWhatAnEarlierSinkRecorded() {
        remembered = List.of(TrackedIssue.newBuilder()
                .setIncidentId("a")
                .setTracker("fake")
                .setState(IssueState.ATTEMPTING)
                .setAttempts(1)
                .setAttemptedAt(T0.minusSeconds(5))
                .setUpdatedAt(T0.minusSeconds(5))
                .build());
        own(1);
        incident(0, incidents.write(incident("a")));

        turns(8);

        assertThat(tracker.posts).isEmpty();
    }

    @Test
    void stopsFilingWhenItLosesTheIncidents() {
        own(1);
        incident(0, incidents.write(incident("a")));
        turns(2);

        consumer.rebalance(List.of());
        turns(5);

        assertThat(tracker.posts).isEmpty();
    }

    @Test
    void putsAnUnreadableIncidentAsideAndGoesOn() {
        own(2);
        incident(0, new byte[] {7, 7});
        incident(1, incidents.write(incident("b")));

        turns(8);

        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(letter.topic()).isEqualTo("tripline.incidents.dlq");
        assertThat(letter.value()).containsExactly(7, 7);
        assertThat(new String(letter.headers().lastHeader("tripline.reason").value(), StandardCharsets.UTF_8))
                .contains("too short");
        assertThat(tracker.posts).hasSize(1);
    }

    private void own(long end) {
        consumer.updateBeginningOffsets(Map.of(INCIDENTS, 0L));
        consumer.updateEndOffsets(Map.of(INCIDENTS, end));
        loop.join();
        consumer.rebalance(List.of(INCIDENTS));
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            loop.turn();
        }
    }

    private void incident(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(INCIDENTS.topic(), 0, offset, new byte[] {1}, value));
    }

    private List<String> recorded() {
        return producer.history().stream()
                .map(sent -> issues.read(sent.value()))
                .map(issue -> issue.getIncidentId() + " " + issue.getState() + " " + issue.getNumber())
                .toList();
    }

    private Consumer<byte[], byte[]> issueReader() {
        var reader = new MockConsumer<byte[], byte[]>("earliest");
        reader.updateBeginningOffsets(Map.of(ISSUES, 0L));
        reader.updateEndOffsets(Map.of(ISSUES, (long) remembered.size()));
        reader.schedulePollTask(() -> {
            for (int i = 0; i < remembered.size(); i++) {
                TrackedIssue issue = remembered.get(i);
                byte[] key = issue.getIncidentId().getBytes(StandardCharsets.UTF_8);
                reader.addRecord(new ConsumerRecord<>(ISSUES.topic(), 0, i, key, issues.write(issue)));
            }
        });
        return reader;
    }

    private static Incident incident(String id) {
        return Incident.newBuilder()
                .setIncidentId(id)
                .setEnvironment("staging")
                .setState(IncidentState.OPEN)
                .setSeverity(Severity.HIGH)
                .setPriority("P1")
                .setTitle("it breaks")
                .setStartedAt(T0)
                .setOpenedAt(T0)
                .setUpdatedAt(T0)
                .setFailures(1)
                .setTestCount(1)
                .setSuiteCount(1)
                .setEvidenceDigest("00")
                .setReason("because")
                .setTests(List.of())
                .setSuites(List.of())
                .setJourneys(List.of())
                .setExpectedImpact(List.of())
                .setBreachIds(List.of())
                .setEvidence(List.of())
                .setFacts(List.of())
                .setNotes(List.of())
                .build();
    }
}
