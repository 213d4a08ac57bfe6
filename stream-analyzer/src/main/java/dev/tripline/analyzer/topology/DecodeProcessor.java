package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.events.EventSerde;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records, and sends those that never can be read to the dead letters. A registry that is away is no fault of the
 * record: it waits, and after {@link #PATIENCE} gives up so that the stream thread is replaced and reads it again. That is rare: the
 * consumer hands out records whose schemas are known.
 */
final class DecodeProcessor<V extends SpecificRecord> implements Processor<byte[], byte[], Object, Object> {
    /** Half of {@code transaction.timeout.ms}: a transaction is open, which the broker would end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(DecodeProcessor.class);

    private final EventSerde<V> serde;
    private final String next;
    private final String deadLetters;
    private @Nullable ProcessorContext<Object, Object> context;

    /**
     * @param next node that takes {@link Decoded} records
     * @param deadLetters node that takes the others
     */
    DecodeProcessor(EventSerde<V> serde, String next, String deadLetters) {
        this.serde = serde;
        this.next = next;
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<Object, Object> to = Nodes.initialized(context);
        Origin origin = origin(to, record);
        if (record.value() == null) {
            to.forward(DeadLetters.of(record.key(), null, origin, Reason.UNREADABLE, "it has no value"), deadLetters);
            return;
        }
        try {
            V value = read(record.value());
            to.forward(
                    new Record<>(
                            record.key(),
                            new Decoded<>(value, record.key(), record.value(), origin),
                            record.timestamp(),
                            record.headers()),
                    next);
        } catch (UnreadableRecordException e) {
            LOG.warn("{}-{}@{}: put aside: {}", origin.topic(), origin.partition(), origin.offset(), e.getMessage());
            to.forward(
                    DeadLetters.of(
                            record.key(), record.value(), origin, Reason.UNREADABLE, String.valueOf(e.getMessage())),
                    deadLetters);
        }
    }

    private V read(byte[] bytes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return serde.read(bytes);
            } catch (RegistryUnavailableException e) {
                if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.warn("waiting: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static Origin origin(ProcessorContext<?, ?> context, Record<?, ?> record) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record that is decoded comes from a topic"));
        return new Origin(
                metadata.topic(), metadata.partition(), metadata.offset(), Instant.ofEpochMilli(record.timestamp()));
    }
}
