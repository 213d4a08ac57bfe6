package dev.tripline.sink.consumer;

import dev.tripline.events.EventSerde;
import dev.tripline.events.Keys;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.TrackedIssue;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.reconcile.IssueLedger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Keeps the ledger on the topic {@code issues}: a write has returned when all in-sync replicas have it. */
final class KafkaLedger implements IssueLedger {
    private final Producer<byte[], byte[]> producer;
    private final EventSerde<TrackedIssue> serde;

    KafkaLedger(Producer<byte[], byte[]> producer, EventSerde<TrackedIssue> serde) {
        this.producer = producer;
        this.serde = serde;
    }

    /**
     * Learns the schema's id, so that no later write meets a registry that is away.
     *
     * @throws RegistryUnavailableException if the registry does not answer
     * @throws IllegalStateException if it does not know the schema
     */
    void prepare(Instant now) {
        serde.write(Records.record(KnownIssue.planned("", "", now)));
    }

    @Override
    public void write(KnownIssue issue) {
        TrackedIssue record = Records.record(issue);
        send(Keys.of(record), serde.write(record));
    }

    @Override
    public void remove(KnownIssue issue) {
        send(Keys.of(Records.record(issue)), null);
    }

    /**
     * Moves what is known of an issue from the key of earlier versions to today's. Cut off in between, it is at both
     * and moved again.
     */
    void move(String oldKey, KnownIssue issue) {
        write(issue);
        send(oldKey, null);
    }

    private void send(String key, byte @Nullable [] value) {
        var message = new ProducerRecord<>(serde.topic().name(), 0, key.getBytes(StandardCharsets.UTF_8), value);
        await(producer.send(message), "issue " + key);
    }

    /**
     * Waits until Kafka has a record.
     *
     * @param what what it is, for the message
     * @throws IllegalStateException if Kafka does not take it, or the wait is interrupted
     */
    static void await(Future<RecordMetadata> sent, String what) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + ": Kafka did not take its record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + ": interrupted while Kafka took its record", e);
        }
    }
}
