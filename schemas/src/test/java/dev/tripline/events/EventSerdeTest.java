package dev.tripline.events;

import static dev.tripline.events.testing.Events.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class EventSerdeTest {
    private static final Topics TOPICS = Topics.standard();

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final EventSerdes serdes = new EventSerdes(registry, true);
    private final EventSerde<TestOutcome> outcomes = serdes.of(TOPICS.testOutcomes());

    @Test
    void readsBackWhatItWroteForEveryTopic() {
        for (Topic<? extends SpecificRecord> topic : TOPICS.all()) {
            assertRoundTrip(topic);
        }
    }

    private <V extends SpecificRecord> void assertRoundTrip(Topic<V> topic) {
        EventSerde<V> serde = serdes.of(topic);
        for (long seed = 0; seed < 30; seed++) {
            V record = new RandomRecords(seed).of(topic);
            byte[] bytes = serde.serializer().serialize("ignored", record);

            assertThat(serde.deserializer().deserialize("ignored", bytes))
                    .as("%s, seed %d", topic.name(), seed)
                    .isEqualTo(record)
                    .isInstanceOf(topic.type());
        }
    }

    @Test
    void writesConfluentsWireFormat() throws Exception {
        byte[] bytes = outcomes.write(outcome().build());

        int id = registry.getId(TOPICS.testOutcomes().subject(), new AvroSchema(TestOutcome.getClassSchema()));
        assertThat(Arrays.copyOf(bytes, 5))
                .isEqualTo(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    }

    @Test
    void keepsTombstones() {
        assertThat(outcomes.serializer().serialize("ignored", null)).isNull();
        assertThat(outcomes.deserializer().deserialize("ignored", null)).isNull();
    }

    @Test
    void mayBeSharedBetweenThreads() throws Exception {
        try (var pool = new Pool(4)) {
            List<Callable<Boolean>> work = LongStream.range(0, 400)
                    .<Callable<Boolean>>mapToObj(seed -> () -> {
                        TestOutcome record = new RandomRecords(seed).of(TOPICS.testOutcomes());
                        return outcomes.read(outcomes.write(record)).equals(record);
                    })
                    .toList();

            for (Future<Boolean> done : pool.all(work)) {
                assertThat(done).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
            }
        }
    }

    @Test
    void readsRecordsOfAnOlderSchema() throws Exception {
        // Given
        var old = new Schema.Parser().parse("""
                        {"type": "record", "name": "Deployment", "namespace": "dev.tripline.events", "fields": [
                          {"name": "environment", "type": "string"},
                          {"name": "service", "type": "string"},
                          {"name": "revision", "type": "string"},
                          {"name": "deployedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
                        """);
        int id = registry.register(TOPICS.deployments().subject(), new AvroSchema(old));

        // When
        byte[] bytes = record(id, encoder -> {
            encoder.writeString("staging");
            encoder.writeString("auth");
            encoder.writeString("r1");
            encoder.writeLong(0);
        });

        // Then
        Deployment read = serdes.of(TOPICS.deployments()).read(bytes);
        assertThat(read.getRevision()).isEqualTo("r1");
        assertThat(read.getUrl()).isNull();
    }

    @Test
    void refusesARecordCutAnywhere() {
        byte[] whole = outcomes.write(
                outcome().failed("TypeError", "no").tags("a", "b").build());
        for (int length = 0; length < whole.length; length++) {
            assertPoison(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refusesWhatIsNoRecordOfTheTopic() throws Exception {
        byte[] whole = outcomes.write(outcome().build());
        byte[] magic = whole.clone();
        magic[0] = 1;

        assertPoison(magic);
        assertPoison(Arrays.copyOf(whole, whole.length + 1));
        assertPoison(serdes.of(TOPICS.rules()).write(new RandomRecords(1).of(TOPICS.rules())));
        assertPoison("{\"test\": \"json\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesOrReadsAnyDamagedRecordAndNothingElse() {
        byte[] whole = outcomes.write(
                outcome().failed("TypeError", "no").tags("a", "b").build());
        var random = new SplittableRandom(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            int changes = random.nextInt(1, 4);
            for (int change = 0; change < changes; change++) {
                damaged[random.nextInt(5, damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(outcomes.read(damaged)).isNotNull();
            } catch (UnreadableRecordException e) {
                assertThat(e).as("seed 42, step %d", i).hasMessageStartingWith("not a TestOutcome: ");
            }
        }
    }

    /** In a heap of any size: Avro compares each length with the bytes that are left before it makes room. */
    @Test
    void makesNoRoomForLengthsThatCannotBe() throws Exception {
        int id = serdes.idOf(TOPICS.testOutcomes());
        for (long length :
                new long[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 8L, 1L << 40, -1, Long.MIN_VALUE, 1 << 28}) {
            assertPoison(record(id, encoder -> encoder.writeLong(length)));
        }
        byte[] tags = outcomes.write(outcome().build());
        int array = tags.length - 5; // tags, flaky, earlierFailures, quarantined, attributes: one byte each
        assertThat(tags[array]).isZero();
        var hostile = new ByteArrayOutputStream();
        hostile.write(tags, 0, array);
        hostile.write(record(id, encoder -> encoder.writeLong(1L << 30)), 5, 5);
        hostile.write(new byte[100]);
        long before = allocated();
        assertPoison(hostile.toByteArray());
        assertThat(allocated() - before).isLessThan(10_000_000);
    }

    @Test
    void tellsARegistryThatIsAwayFromPoison() {
        // Given
        var away = new Away();
        var reader = new EventSerdes(away, false).of(TOPICS.testOutcomes());
        byte[] bytes = outcomes.write(outcome().build());

        // Then
        for (Exception failure : List.of(
                new IOException("connection refused"),
                new RestClientException("unauthorised", 401, 401),
                new RestClientException("store", 500, 50_001),
                new RestClientException("a page of something else", 404, 50_005))) {
            away.failure = failure;
            assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(RegistryUnavailableException.class);
        }
        away.failure = new RestClientException("not found", 404, 40_403);
        assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void worksOnWithWhatItKnowsWhileTheRegistryIsAway() throws Exception {
        var away = new Away();
        away.failure = null;
        var serde = new EventSerdes(away, true).of(TOPICS.testOutcomes());
        byte[] bytes = serde.write(outcome().build());
        assertThat(serde.read(bytes)).isEqualTo(outcome().build());

        away.failure = new IOException("connection refused");

        assertThat(serde.read(serde.write(outcome().run(2).build())).getRun()).isEqualTo(2);
    }

    @Test
    void saysHowToRegisterWhereItMayNot() {
        var serde = new EventSerdes(registry, false).of(TOPICS.suiteRuns());

        assertThatThrownBy(() -> serde.write(new RandomRecords(1).of(TOPICS.suiteRuns())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(TOPICS.suiteRuns().subject())
                .hasMessageContaining("tripline topics apply");
    }

    private void assertPoison(byte[] bytes) {
        assertThatThrownBy(() -> outcomes.read(bytes))
                .as("%s", Arrays.toString(bytes))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @SuppressWarnings("deprecation") // Thread.threadId() came with Java 19
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static byte[] record(int id, Body body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        body.writeTo(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private interface Body {
        void writeTo(BinaryEncoder encoder) throws IOException;
    }

    /** A registry that fails as it is told. */
    private static final class Away extends MockSchemaRegistryClient {
        private Exception failure;

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            fail();
            return super.getSchemaById(id);
        }

        @Override
        public Collection<String> getAllSubjectsById(int id) {
            if (failure != null) {
                throw Away.<RuntimeException>undeclared(failure);
            }
            return super.getAllSubjectsById(id);
        }

        /** The client of a mock declares less than the real one throws. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Exception> T undeclared(Exception failure) throws T {
            throw (T) failure;
        }

        private void fail() throws IOException, RestClientException {
            if (failure instanceof IOException e) {
                throw e;
            } else if (failure instanceof RestClientException e) {
                throw e;
            }
        }
    }

    /** Threads that end with the test. */
    private static final class Pool implements AutoCloseable {
        private final ExecutorService threads;

        Pool(int size) {
            threads = Executors.newFixedThreadPool(size);
        }

        <T> List<Future<T>> all(List<Callable<T>> work) throws InterruptedException {
            return threads.invokeAll(work);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
