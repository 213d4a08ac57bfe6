package dev.tripline.benchmarks.stream;

import dev.tripline.events.EventSerde;
import dev.tripline.events.Keys;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes outcomes, and knows whether all were taken. */
final class OutcomePublisher implements AutoCloseable {
    private final EventSerde<TestOutcome> serde;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

    OutcomePublisher(String bootstrapServers, EventSerde<TestOutcome> serde) {
        this.serde = serde;
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "compression.type", "lz4");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(TestOutcome outcome) {
        Future<RecordMetadata> told = producer.send(
                new ProducerRecord<>(
                        serde.topic().name(), Keys.of(outcome).getBytes(StandardCharsets.UTF_8), serde.write(outcome)),
                (written, failure) -> {
                    if (failure != null) {
                        failed.set(failure);
                    }
                });
        if (told.isCancelled()) {
            throw new IllegalStateException("a producer cancels nothing");
        }
    }

    /**
     * Waits until all were answered.
     *
     * @throws IOException if one was not taken: then there is nothing to measure
     */
    void finish() throws IOException {
        producer.flush();
        Exception failure = failed.get();
        if (failure != null) {
            throw new IOException("an outcome was not sent: " + failure, failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
