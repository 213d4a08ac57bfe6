package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentFact;
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
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
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
    private final AwayRegistry registry = new AwayRegistry();
    private final EventSerdes writing = new EventSerdes(registry, true);
    private final EventSerde<Incident> incidents = writing.of(TOPICS.incidents());
    private final EventSerde<TrackedIssue> issues = writing.of(TOPICS.issues());
    private final EventSerdes serdes = new EventSerdes(registry, true);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = T0;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FakeTracker tracker = new FakeTracker(() -> now);
    private final List<Map.Entry<String, byte[]>> remembered = new ArrayList<>();
    private final Markers markers =
            new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    private final SinkLoop loop = new SinkLoop(
            consumer,
            this::issueReader,
            producer,
            TopicView.incidents(serdes.of(TOPICS.incidents())),
            TopicView.issues(serdes.of(TOPICS.issues())),
            "fake",
            ledger -> new Reconciler(
                    tracker, ledger, FilingRules.remote().filingAfter(Duration.ZERO), markers, () -> now),
            new SinkMeters(meters, INCIDENTS.topic(), () -> now),
            () -> now);

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
    void tellsHowFarItIsAndWhereIssuesStandWhileItOwnsThem() {
        // Given
        own(2);
        incident(0, incidents.write(incident("a")));
        incident(1, incidents.write(incident("b")));

        // When
        turns(12);

        // Then
        assertThat(gauge("tripline.sink.issues", "state", "open")).isEqualTo(2);
        assertThat(gauge("tripline.sink.issues", "state", "parked")).isZero();
        assertThat(gauge("tripline.sink.lag.records", "topic", INCIDENTS.topic()))
                .isZero();

        // When
        consumer.updateEndOffsets(Map.of(INCIDENTS, 5L));
        turns(1);
        now = now.plusSeconds(90);

        // Then
        assertThat(gauge("tripline.sink.lag.records", "topic", INCIDENTS.topic()))
                .isEqualTo(3);
        assertThat(gauge("tripline.sink.lag.seconds", "topic", INCIDENTS.topic()))
                .isEqualTo(90);

        // When
        consumer.rebalance(List.of());
        turns(1);

        // Then
        assertThat(gauge("tripline.sink.issues", "state", "open")).isZero();
        assertThat(gauge("tripline.sink.lag.records", "topic", INCIDENTS.topic()))
                .isZero();
    }

    private double gauge(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).gauge().value();
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
        remembered.add(Map.entry("a", issues.write(attempting("a"))));
        own(1);
        incident(0, incidents.write(incident("a")));

        turns(8);

        assertThat(tracker.posts).isEmpty();
    }

    @Test
    void goesOnFromARecordUnderTheKeyOfEarlierVersionsAndMovesIt() {
        remembered.add(Map.entry("a", issues.write(attempting("a"))));
        own(1);
        incident(0, incidents.write(incident("a")));

        turns(8);

        assertThat(tracker.posts).isEmpty();
        assertThat(keys()).startsWith("fake/a", "a");
        assertThat(producer.history().get(1).value()).isNull();
    }

    @Test
    void takesTheLaterOfTwoRecordsOfOneIssue() {
        remembered.add(Map.entry("fake/a", issues.write(attempting("a"))));
        remembered.add(Map.entry("a", issues.write(held("a", "fake"))));
        own(1);
        incident(0, incidents.write(incident("a")));

        turns(8);

        assertThat(recorded()).containsExactly("a HELD null");
    }

    @Test
    void doesNothingAboutWordsOfANewerVersion() {
        // Given: what a reader gets for symbols it does not know
        Incident state = Incident.newBuilder(incident("a"))
                .setState(IncidentState.UNKNOWN)
                .build();
        Incident severity =
                Incident.newBuilder(incident("b")).setSeverity(Severity.UNKNOWN).build();
        remembered.add(Map.entry("fake/c", issues.write(inState("c", IssueState.UNKNOWN))));
        own(3);
        incident(0, incidents.write(state));
        incident(1, incidents.write(severity));
        incident(2, incidents.write(incident("c")));

        // When
        turns(12);

        // Then
        assertThat(tracker.posts).isEmpty();
        assertThat(producer.history()).isEmpty();
        assertThat(IncidentState.getClassSchema().getEnumDefault()).isEqualTo("UNKNOWN");
        assertThat(Severity.getClassSchema().getEnumDefault()).isEqualTo("UNKNOWN");
        assertThat(IssueState.getClassSchema().getEnumDefault()).isEqualTo("UNKNOWN");
    }

    @Test
    void numbersFactsThatWereWrittenWithoutNumbersByTheirPlace() {
        Incident old = Incident.newBuilder(incident("a"))
                .setFacts(List.of(new IncidentFact(T0, "opened", "", 0L), new IncidentFact(T0, "escalated", "", 0L)))
                .build();
        Incident later = Incident.newBuilder(incident("a"))
                .setFacts(List.of(new IncidentFact(T0, "opened", "", 52L), new IncidentFact(T0, "escalated", "", 53L)))
                .build();

        assertThat(Records.view(old).facts()).extracting(fact -> fact.number()).containsExactly(1L, 2L);
        assertThat(Records.view(later).facts())
                .extracting(fact -> fact.number())
                .containsExactly(52L, 53L);
    }

    @Test
    void leavesTheMemoryOfAnotherTrackerAlone() {
        // Given: another tracker's issues, one under the old key, one whose incident has expired
        remembered.add(Map.entry("a", issues.write(held("a", "github:acme/shop"))));
        remembered.add(Map.entry("github:acme%2Fshop/gone", issues.write(held("gone", "github:acme/shop"))));
        own(1);
        incident(0, incidents.write(incident("a")));

        // When
        turns(8);

        // Then
        assertThat(tracker.posts).hasSize(1);
        assertThat(keys()).containsOnly("fake/a");
    }

    @Test
    void forgetsTheRecordOfAnExpiredIncident() {
        remembered.add(Map.entry("fake/gone", issues.write(held("gone", "fake"))));
        own(0);

        turns(4);

        assertThat(keys()).containsExactly("fake/gone");
        assertThat(producer.history().get(0).value()).isNull();
    }

    @Test
    void twoSinksWithTwoTrackersLiveSideBySide() {
        // Given: one sink has filed
        own(1);
        incident(0, incidents.write(incident("a")));
        turns(8);
        producer.history().forEach(sent -> remembered.add(Map.entry(key(sent), sent.value())));
        var second = new FakeTracker("other", () -> now);
        var consumer2 = new MockConsumer<byte[], byte[]>("earliest");
        var loop2 = new SinkLoop(
                consumer2,
                this::issueReader,
                producer,
                TopicView.incidents(serdes.of(TOPICS.incidents())),
                TopicView.issues(serdes.of(TOPICS.issues())),
                "other",
                ledger -> new Reconciler(
                        second, ledger, FilingRules.remote().filingAfter(Duration.ZERO), markers, () -> now),
                new SinkMeters(new SimpleMeterRegistry(), INCIDENTS.topic(), () -> now),
                () -> now);
        int before = producer.history().size();

        // When: a second one with another tracker and group starts on the same topics, then the first starts again
        own(consumer2, loop2, 1);
        consumer2.addRecord(
                new ConsumerRecord<>(INCIDENTS.topic(), 0, 0, new byte[] {1}, incidents.write(incident("a"))));
        for (int i = 0; i < 8; i++) {
            loop2.turn();
        }
        producer.history().stream().skip(before).forEach(sent -> remembered.add(Map.entry(key(sent), sent.value())));
        consumer.rebalance(List.of());
        turns(1);
        consumer.rebalance(List.of(INCIDENTS));
        incident(0, incidents.write(incident("a")));
        turns(8);

        // Then
        assertThat(second.posts).hasSize(1);
        assertThat(tracker.posts).hasSize(1);
        assertThat(keys()).containsOnly("fake/a", "other/a");
    }

    @Test
    void stopsFilingWhenItLosesTheIncidents() {
        own(1);
        incident(0, incidents.write(incident("a")));
        turns(3);

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
        assertThat(header(letter, "tripline.reason")).isEqualTo("unreadable");
        assertThat(header(letter, "tripline.detail")).contains("too short");
        assertThat(header(letter, "tripline.offset")).isEqualTo("0");
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void putsAnIncidentOfAHostileSchemaAsideAndGoesOn() throws Exception {
        // Given: a field more, which takes no bytes however many elements it has
        var fields = new ArrayList<Schema.Field>();
        Incident.getClassSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("more", Schema.createArray(Schema.create(Schema.Type.NULL)), "", List.of()));
        int id = registry.register(
                TOPICS.incidents().subject(),
                new AvroSchema(Schema.createRecord("Incident", "", "dev.tripline.events", false, fields)));
        byte[] good = incidents.write(incident("a"));
        ByteBuffer hostile = ByteBuffer.allocate(good.length + 6).put(good);
        hostile.put(new byte[] {-2, -1, -1, -1, 15, 0}).putInt(1, id); // 2^31 - 1 elements, and the end
        own(2);
        incident(0, hostile.array());
        incident(1, incidents.write(incident("b")));

        // When
        turns(8);

        // Then
        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(letter.topic()).isEqualTo("tripline.incidents.dlq");
        assertThat(header(letter, "tripline.reason")).isEqualTo("unreadable");
        assertThat(header(letter, "tripline.detail")).contains("must take at least one byte");
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void putsAnIncidentAsideThatNoIssueCanBeWrittenAbout() {
        own(2);
        incident(0, incidents.write(incident("x".repeat(70_000))));
        incident(1, incidents.write(incident("b")));

        turns(8);

        assertThat(header(producer.history().get(0), "tripline.reason")).isEqualTo("invalid");
        assertThat(meters.counter("tripline.sink.dead.letters", "cause", "invalid")
                        .count())
                .isEqualTo(1);
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void putsAnUnreadableIssueAsideWhenItTakesOverAndGoesOn() {
        remembered.add(Map.entry("garbage", new byte[] {9, 9}));
        own(1);
        incident(0, incidents.write(incident("b")));

        turns(8);

        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(letter.topic()).isEqualTo("tripline.issues.dlq");
        assertThat(letter.key()).isEqualTo("garbage".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value()).containsExactly(9, 9);
        assertThat(meters.counter("tripline.sink.dead.letters", "cause", "unreadable")
                        .count())
                .isEqualTo(1);
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void keepsWhatWasKnownOfAnIssueWhoseNewestRecordIsUnreadable() {
        remembered.add(Map.entry("a", issues.write(attempting("a"))));
        remembered.add(Map.entry("a", new byte[] {9, 9}));
        own(1);
        incident(0, incidents.write(incident("a")));

        turns(8);

        assertThat(tracker.posts).isEmpty();
    }

    @Test
    void waitsInTheGroupForARegistryThatIsAwayWhenItTakesOver() {
        // Given
        remembered.add(Map.entry("garbage", new byte[] {9, 9}));
        remembered.add(Map.entry("a", issues.write(attempting("a"))));
        byte[] incident = incidents.write(incident("b"));
        registry.isAway = true;
        own(1);
        incident(0, incident);

        // When
        for (int i = 0; i < 100; i++) {
            loop.turn();
            now = now.plusMillis(100);
        }

        // Then
        assertThat(consumer.assignment()).containsExactly(INCIDENTS);
        assertThat(producer.history()).isEmpty();
        assertThat(registry.refused).isBetween(5, 10);

        // When
        registry.isAway = false;
        now = now.plusSeconds(1);
        turns(8);

        // Then
        assertThat(producer.history().stream().filter(sent -> sent.topic().endsWith(".dlq")))
                .hasSize(1);
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void waitsForARegistryThatIsAwayWhenAnIncidentComes() {
        byte[] incident = incidents.write(incident("b"));
        own(1);
        turns(1);
        registry.isAway = true;

        for (int i = 0; i < 100; i++) {
            incident(0, incident); // the mock forgets what it gave, a broker gives it again
            loop.turn();
            now = now.plusMillis(100);
        }
        assertThat(producer.history()).isEmpty();
        assertThat(registry.refused).isBetween(5, 10);

        registry.isAway = false;
        now = now.plusSeconds(1);
        turns(8);
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void aRegistryThatIsAwayForTenMinutesCostsNoIncidentAndStopsNoWriting() {
        // Given
        byte[] known = incidents.write(incident("a"));
        own(1);
        incident(0, known);
        registry.isAway = true; // the first incident's schema is asked for
        for (int second = 0; second < 600; second++) {
            incident(0, known); // the mock forgets what it gave, a broker gives it again
            loop.turn();
            now = now.plusSeconds(1);
        }
        assertThat(consumer.assignment()).containsExactly(INCIDENTS);
        assertThat(loop.waitingFor()).contains(" waits: ");
        assertThat(producer.history()).isEmpty();

        // When
        registry.isAway = false;
        incident(0, known);
        turns(8);

        // Then
        assertThat(tracker.posts).hasSize(1);

        // When
        registry.isAway = true;
        now = now.plus(Duration.ofMinutes(10));
        consumer.updateEndOffsets(Map.of(INCIDENTS, 2L));
        incident(1, incidents.write(incident("b")));
        turns(8);

        // Then
        assertThat(tracker.posts).as("reads and records with schemas it knows").hasSize(2);
        assertThat(loop.waitingFor()).isEmpty();
        registry.isAway = false; // for the test, which reads what was recorded
        assertThat(recorded()).contains("a OPEN 1", "b OPEN 2");
        assertThat(producer.history()).noneMatch(sent -> sent.topic().endsWith(".dlq"));
    }

    @Test
    void tellsWhatItWaitsForUntilItFiles() {
        // Given
        remembered.add(Map.entry("a", issues.write(attempting("a"))));
        byte[] incident = incidents.write(incident("b"));
        registry.isAway = true;
        assertThat(loop.waitingFor()).isEqualTo("waiting for Kafka: not in its group yet");

        // When
        own(1);
        incident(0, incident);
        turns(1);

        // Then
        assertThat(loop.waitingFor()).startsWith("tripline.issues waits: ");

        // When
        registry.isAway = false;
        now = now.plusSeconds(1);
        turns(8);

        // Then
        assertThat(tracker.posts).hasSize(1);
        assertThat(loop.waitingFor()).isEmpty();
    }

    @Test
    void waitsForNothingWhileItStandsBy() {
        own(0);
        turns(2);

        consumer.rebalance(List.of());
        turns(1);

        assertThat(loop.waitingFor()).isEmpty();
    }

    @Test
    void endsAtOnceWhenItIsStoppedWhileItWaitsForTheRegistry() {
        registry.isAway = true;
        consumer.updateBeginningOffsets(Map.of(INCIDENTS, 0L));
        consumer.updateEndOffsets(Map.of(INCIDENTS, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(INCIDENTS)));
        consumer.schedulePollTask(loop::stop);

        loop.run();

        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void plansWithoutWhatItCannotReadAndWaitsForTheRegistry() {
        // Given
        remembered.add(Map.entry("garbage", new byte[] {9, 9}));
        var reader = new MockConsumer<byte[], byte[]>("earliest");
        byte[] incident = incidents.write(incident("b"));
        reader.updateBeginningOffsets(Map.of(INCIDENTS, 0L, ISSUES, 0L));
        reader.updateEndOffsets(Map.of(INCIDENTS, 2L, ISSUES, 1L));
        Runnable deliver = () -> {
            reader.addRecord(new ConsumerRecord<>(INCIDENTS.topic(), 0, 0, new byte[] {1}, new byte[] {7}));
            reader.addRecord(new ConsumerRecord<>(INCIDENTS.topic(), 0, 1, new byte[] {2}, incident));
        };
        reader.schedulePollTask(deliver);
        reader.schedulePollTask(deliver);
        reader.schedulePollTask(
                () -> reader.addRecord(new ConsumerRecord<>(ISSUES.topic(), 0, 0, new byte[] {3}, new byte[] {9})));
        registry.isAway = true;
        var reconciler = new Reconciler(
                tracker,
                new KafkaLedger(producer, issues),
                FilingRules.remote().filingAfter(Duration.ZERO),
                markers,
                () -> now);

        // When
        new Survey(reader, () -> now, time -> registry.isAway = false)
                .tell(
                        reconciler,
                        "fake",
                        TopicView.incidents(serdes.of(TOPICS.incidents())),
                        TopicView.issues(serdes.of(TOPICS.issues())));

        // Then
        assertThat(reconciler.plan()).singleElement().asString().startsWith("b: plan an issue");
        assertThat(producer.history()).isEmpty();
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static TrackedIssue inState(String id, IssueState state) {
        return TrackedIssue.newBuilder(held(id, "fake")).setState(state).build();
    }

    private static TrackedIssue held(String id, String tracker) {
        return TrackedIssue.newBuilder()
                .setIncidentId(id)
                .setTracker(tracker)
                .setState(IssueState.HELD)
                .setUpdatedAt(T0.minusSeconds(5))
                .build();
    }

    private List<String> keys() {
        return producer.history().stream().map(SinkLoopTest::key).toList();
    }

    private static String key(ProducerRecord<byte[], byte[]> sent) {
        return new String(sent.key(), StandardCharsets.UTF_8);
    }

    private static TrackedIssue attempting(String id) {
        return TrackedIssue.newBuilder()
                .setIncidentId(id)
                .setTracker("fake")
                .setState(IssueState.ATTEMPTING)
                .setAttempts(1)
                .setAttemptedAt(T0.minusSeconds(5))
                .setUpdatedAt(T0.minusSeconds(5))
                .build();
    }

    /** A registry that can be away; what was asked for meanwhile is counted. */
    private static final class AwayRegistry extends MockSchemaRegistryClient {
        private boolean isAway;
        private int refused;

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            refuse();
            return super.getSchemaById(id);
        }

        @Override
        public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
            refuse();
            return super.register(subject, schema);
        }

        private void refuse() throws IOException {
            if (isAway) {
                refused++;
                throw new IOException("Connection refused");
            }
        }
    }

    private void own(long end) {
        own(consumer, loop, end);
    }

    private static void own(MockConsumer<byte[], byte[]> member, SinkLoop loop, long end) {
        member.updateBeginningOffsets(Map.of(INCIDENTS, 0L));
        member.updateEndOffsets(Map.of(INCIDENTS, end));
        loop.join();
        member.rebalance(List.of(INCIDENTS));
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
                .filter(sent -> sent.value() != null)
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
                byte[] key = remembered.get(i).getKey().getBytes(StandardCharsets.UTF_8);
                reader.addRecord(new ConsumerRecord<>(
                        ISSUES.topic(), 0, i, key, remembered.get(i).getValue()));
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
