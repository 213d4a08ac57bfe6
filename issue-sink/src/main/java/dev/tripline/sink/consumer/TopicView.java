package dev.tripline.sink.consumer;

import dev.tripline.events.EventSerde;
import dev.tripline.events.Incident;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.TrackedIssue;
import dev.tripline.events.UnreadableRecordException;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.KnownIssue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A compacted topic of one partition as the sink sees it. What cannot be read or mapped is handed over as such and stops
 * nothing.
 *
 * @param <V> records on the topic
 * @param <T> what the sink makes of them
 */
public final class TopicView<V extends SpecificRecord, T> {
    private static final Duration POLL = Duration.ofMillis(500);

    private final EventSerde<V> serde;
    private final Function<V, T> mapping;

    private TopicView(EventSerde<V> serde, Function<V, T> mapping) {
        this.serde = serde;
        this.mapping = mapping;
    }

    /** Returns the view of what should be. */
    public static TopicView<Incident, IncidentView> incidents(EventSerde<Incident> serde) {
        return new TopicView<>(serde, Records::view);
    }

    /** Returns the view of what the sink made. */
    public static TopicView<TrackedIssue, KnownIssue> issues(EventSerde<TrackedIssue> serde) {
        return new TopicView<>(serde, Records::known);
    }

    /** Takes records in their order. */
    public interface Taker<T> {
        /** Takes the newest value of a key; what it throws says that it cannot take the value, which is then unreadable. */
        void value(String key, T value);

        /** Takes that a key has no value any more. */
        void expired(String key);

        /** Takes a record that says nothing; what was known of its key stays. */
        void unreadable(UnreadableMessage message);
    }

    TopicPartition partition() {
        return new TopicPartition(serde.topic().name(), 0);
    }

    EventSerde<V> serde() {
        return serde;
    }

    /**
     * Hands one record over.
     *
     * @throws RegistryUnavailableException if its schema is not known yet and the registry does not answer; nothing was
     *     handed over
     */
    void read(ConsumerRecord<byte[], byte[]> message, Taker<T> taker) {
        byte[] key = message.key();
        if (key == null) {
            taker.unreadable(unreadable(message, UnreadableMessage.Cause.UNREADABLE, "it has no key"));
            return;
        }
        String name = new String(key, StandardCharsets.UTF_8);
        byte[] bytes = message.value();
        if (bytes == null) {
            taker.expired(name);
            return;
        }
        UnreadableMessage problem;
        try {
            taker.value(name, mapping.apply(serde.read(bytes)));
            return;
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (UnreadableRecordException e) {
            problem = unreadable(message, UnreadableMessage.Cause.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Nothing but this record went in, so whatever it is, it is about the record.
            problem = unreadable(message, UnreadableMessage.Cause.INVALID, e.toString());
        }
        taker.unreadable(problem);
    }

    private UnreadableMessage unreadable(
            ConsumerRecord<byte[], byte[]> message, UnreadableMessage.Cause cause, String detail) {
        return new UnreadableMessage(message, serde.topic().deadLetter(), cause, detail);
    }

    /**
     * Hands over all records from the beginning to where the topic ends now.
     *
     * @param reader a consumer without a group; its assignment is replaced
     * @param isStopped ends the reading early
     * @throws RegistryUnavailableException if a schema is not known yet and the registry does not answer; the records
     *     before were handed over
     */
    void readAll(Consumer<byte[], byte[]> reader, BooleanSupplier isStopped, Taker<T> taker) {
        TopicPartition partition = partition();
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
        long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (reader.position(partition) < end && !isStopped.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> message : reader.poll(POLL)) {
                read(message, taker);
            }
        }
    }
}
