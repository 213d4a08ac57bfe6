package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SchemaGateTest {
    private static final String TOPIC = Topics.standard().testOutcomes().name();
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
    private static final TopicPartition PLAIN = new TopicPartition("plain", 0);

    /** A registry that can be away, and lets its caller wait for its first question in that time. */
    private static final class Registry extends MockSchemaRegistryClient {
        private final CountDownLatch missed = new CountDownLatch(1);
        private final AtomicInteger misses = new AtomicInteger();
        private volatile boolean isAway;

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            requireHere();
            return super.getSchemaById(id);
        }

        @Override
        public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
            requireHere();
            return super.register(subject, schema);
        }

        @Override
        public int getId(String subject, ParsedSchema schema) throws IOException, RestClientException {
            requireHere();
            return super.getId(subject, schema);
        }

        private void requireHere() throws IOException {
            if (isAway) {
                misses.incrementAndGet();
                missed.countDown();
                throw new IOException("connection refused");
            }
        }
    }

    private volatile Instant now = Instant.parse("2025-09-11T16:00:00Z");
    private final Registry registry = new Registry();
    private final EventSerde<TestOutcome> writer =
            new EventSerdes(registry, true).of(Topics.standard().testOutcomes());
    private final SchemaQuestions questions = new SchemaQuestions(
            Map.of(TOPIC, new EventSerdes(registry, false).of(Topics.standard().testOutcomes())),
            () -> now,
            Duration.ofMillis(10));
    private final SchemaGate gate = new SchemaGate(questions);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());

    @BeforeEach
    void assign() {
        List<TopicPartition> all = List.of(FIRST, SECOND, PLAIN);
        consumer.assign(all);
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L, PLAIN, 0L));
        consumer.seekToBeginning(all);
    }

    @AfterEach
    void close() {
        questions.close();
        consumer.close();
    }

    @Test
    void aPartitionStandsStillAtARecordOfUnknownSchemaUntilTheRegistryAnswers() throws Exception {
        // Given
        byte[] outcome =
                writer.write(GoldenPath.firstMorning().get(0).outcomes().get(0));
        registry.isAway = true;
        add(FIRST, 0, new byte[] {7});
        add(FIRST, 1, outcome);
        add(FIRST, 2, new byte[] {7});
        add(PLAIN, 0, outcome);
        add(PLAIN, 1, null);

        // When
        ConsumerRecords<byte[], byte[]> polled = poll();

        // Then
        assertThat(offsets(polled)).containsExactlyInAnyOrder("0@0", "plain", "plain");
        assertThat(polled.nextOffsets().get(FIRST).offset()).isEqualTo(1);
        assertThat(polled.nextOffsets().get(PLAIN).offset()).isEqualTo(2);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(gate.held()).isEqualTo(1);
        assertThat(consumer.position(FIRST)).isEqualTo(1);
        registry.missed.await();
        awaitUntil(() -> questions.describe().isPresent());
        assertThat(questions.describe())
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("waiting for the Schema Registry since 2025-09-11T16:00:00Z: ")
                        .contains("connection refused"));

        // When
        consumer.resume(List.of(FIRST)); // as Kafka Streams may
        assertThat(poll().isEmpty()).isTrue();
        assertThat(consumer.paused()).containsExactly(FIRST);
        registry.isAway = false;
        awaitUntil(() -> questions.describe().isEmpty());
        add(FIRST, 1, outcome);
        add(FIRST, 2, new byte[] {7});

        // Then
        assertThat(offsets(poll())).containsExactly("0@1", "0@2");
        assertThat(consumer.paused()).isEmpty();
        assertThat(gate.held()).isZero();
        add(SECOND, 0, outcome);
        assertThat(offsets(poll())).as("known by now").containsExactly("1@0");
    }

    @Test
    void aRegistryThatIsAwayForTenMinutesCostsNoRecordAndStopsNoWriting() {
        // Given
        TestOutcome outcome = GoldenPath.firstMorning().get(0).outcomes().get(0);
        byte[] written = writer.write(outcome);
        registry.isAway = true;
        add(FIRST, 0, written);
        poll();
        awaitUntil(() -> questions.describe().isPresent());

        // When
        for (int minute = 1; minute <= 10; minute++) {
            now = now.plus(Duration.ofMinutes(1));
            int before = registry.misses.get();
            awaitUntil(() -> registry.misses.get() > before);
            add(SECOND, minute - 1, new byte[] {7});

            // Then
            assertThat(offsets(poll())).as("minute %d", minute).containsExactly("1@" + (minute - 1));
            assertThat(gate.held()).isEqualTo(1);
            assertThat(consumer.position(FIRST)).isZero();
            assertThat(writer.write(outcome)).isEqualTo(written);
        }
        assertThat(questions.describe())
                .hasValueSatisfying(text ->
                        assertThat(text).startsWith("waiting for the Schema Registry since 2025-09-11T16:00:00Z: "));

        // When
        registry.isAway = false;
        awaitUntil(() -> questions.describe().isEmpty());
        add(FIRST, 0, written); // the mock forgets what it gave, a broker gives it again

        // Then
        assertThat(offsets(poll())).containsExactly("0@0");
        assertThat(gate.held()).isZero();
    }

    @Test
    void aPartitionThatIsTakenAwayIsNotHeldAnyMore() {
        // Given
        byte[] outcome =
                writer.write(GoldenPath.firstMorning().get(0).outcomes().get(0));
        registry.isAway = true;
        add(FIRST, 0, outcome);
        poll();

        // When
        consumer.assign(List.of(SECOND));
        consumer.seekToBeginning(List.of(SECOND));

        // Then
        assertThat(poll().isEmpty())
                .as("pausing what is not assigned would throw")
                .isTrue();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        gate.open(consumer);
        return gate.admit(consumer, consumer.poll(Duration.ZERO));
    }

    private void add(TopicPartition partition, long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(), partition.partition(), offset, "k".getBytes(StandardCharsets.UTF_8), value));
    }

    private static List<String> offsets(ConsumerRecords<byte[], byte[]> records) {
        var offsets = new ArrayList<String>();
        records.forEach(record -> offsets.add(
                record.topic().equals(TOPIC) ? record.partition() + "@" + record.offset() : record.topic()));
        return offsets;
    }

    private interface Condition {
        boolean holds();
    }

    private static void awaitUntil(Condition condition) {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }
}
