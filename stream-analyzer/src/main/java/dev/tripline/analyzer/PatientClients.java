package dev.tripline.analyzer;

import dev.tripline.service.health.InputLag;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's clients for Kafka Streams, of which a stream thread's consumer waits before its first poll. There is no other place where a
 * thread that replaces a failed one could: Kafka Streams starts it at once, while the handler of the failure still holds the
 * failed thread's tasks. Before its first poll a thread has neither tasks nor a transaction, and is no member of the group.
 *
 * <p>Its consumers hand out only records whose schemas are known: there a record can wait for the registry without a transaction.
 *
 * <p>A failed thread's consumer leaves the group, which Kafka Streams does not ask for: nobody else is given its partitions
 * before the session is over, after 45 s unless set otherwise.
 */
final class PatientClients implements KafkaClientSupplier {
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(2);

    private final Runnable beforeFirstPoll;
    private final SchemaQuestions questions;
    private final InputLag lag;
    private final Map<Thread, PatientConsumer> polling = new ConcurrentHashMap<>();

    /**
     * @param beforeFirstPoll returns when a stream thread may begin; called on that thread
     * @param questions asks for the schemas of what stream threads read
     * @param lag is told how far stream threads have read
     */
    PatientClients(Runnable beforeFirstPoll, SchemaQuestions questions, InputLag lag) {
        this.beforeFirstPoll = beforeFirstPoll;
        this.questions = questions;
        this.lag = lag;
    }

    /** Returns how many partitions stand still because the Schema Registry is away. */
    int held() {
        return polling.values().stream()
                .mapToInt(consumer -> consumer.gate.held())
                .sum();
    }

    /** Makes the calling stream thread, which failed, leave the group when it ends. */
    void leaveGroup() {
        PatientConsumer own = polling.get(Thread.currentThread());
        if (own != null) {
            own.leaves = true;
        }
    }

    /** Not shared between threads, as no consumer is. */
    private final class PatientConsumer extends KafkaConsumer<byte[], byte[]> {
        private final SchemaGate gate = new SchemaGate(questions);
        private final ConsumerProgress progress = new ConsumerProgress(lag);
        private boolean hasPolled;
        private boolean leaves;

        PatientConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (!hasPolled) {
                polling.put(Thread.currentThread(), this);
                beforeFirstPoll.run();
                hasPolled = true;
            }
            gate.open(this);
            ConsumerRecords<byte[], byte[]> admitted = gate.admit(this, super.poll(timeout));
            progress.note(this, admitted);
            return admitted;
        }

        @Override
        public void close(CloseOptions options) {
            super.close(
                    leaves
                            ? CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                                    .withTimeout(LEAVES_WITHIN)
                            : options);
            polling.values().remove(this);
            progress.end();
        }
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PatientConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return plain(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return plain(config);
    }

    private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
