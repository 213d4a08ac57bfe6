package dev.tripline.sink.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps records that say nothing, with the reason, so that nothing stops the sink and nothing vanishes. */
final class DeadLetters {
    /** Counter of records put aside; its tag {@code cause} says why. */
    static final String COUNTER = "tripline.sink.dead.letters";

    /** Most bytes of a record that are kept: with its headers it must fit into a record again. */
    static final int MOST_BYTES = 900_000;

    private static final int MOST_KEY_BYTES = 32_768;
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry meters;

    DeadLetters(Producer<byte[], byte[]> producer, MeterRegistry meters) {
        this.producer = producer;
        this.meters = meters;
    }

    static Counter counter(MeterRegistry meters, UnreadableMessage.Cause cause) {
        return Counter.builder(COUNTER)
                .description("Records that were put aside")
                .tag("cause", cause.word())
                .register(meters);
    }

    /**
     * Puts a record aside and returns when that is durable.
     *
     * @throws IllegalStateException if Kafka does not take it
     */
    void put(UnreadableMessage unreadable) {
        ConsumerRecord<byte[], byte[]> message = unreadable.message();
        var letter = new ProducerRecord<>(
                unreadable.deadLetters(), bounded(message.key(), MOST_KEY_BYTES), bounded(message.value(), MOST_BYTES));
        if (message.value() != null && message.value().length > MOST_BYTES) {
            header(letter, "bytes", Integer.toString(message.value().length));
        }
        header(letter, "reason", unreadable.cause().word());
        header(letter, "detail", unreadable.detail());
        header(letter, "topic", message.topic());
        header(letter, "partition", Integer.toString(message.partition()));
        header(letter, "offset", Long.toString(message.offset()));
        header(
                letter,
                "appended-at",
                Instant.ofEpochMilli(Math.max(0, message.timestamp())).toString());
        KafkaLedger.await(producer.send(letter), "offset " + message.offset() + " of " + message.topic());
        counter(meters, unreadable.cause()).increment();
        LOG.error("put aside in {}, counted in {}: {}", unreadable.deadLetters(), COUNTER, unreadable.describe());
    }

    /** What is cut off can be read at its place of origin, as long as Kafka keeps it. */
    private static byte @Nullable [] bounded(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String text) {
        letter.headers().add("tripline." + name, text.getBytes(StandardCharsets.UTF_8));
    }
}
