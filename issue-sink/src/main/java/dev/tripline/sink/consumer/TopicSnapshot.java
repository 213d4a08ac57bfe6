package dev.tripline.sink.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a compacted partition once, from its beginning to where it ends now. */
public final class TopicSnapshot {
    private static final Duration POLL = Duration.ofMillis(500);

    private TopicSnapshot() {}

    /**
     * Returns the newest value of each key; keys whose newest record is a tombstone are absent.
     *
     * @param reader a consumer without a group; its assignment is replaced
     * @param isStopped ends the reading early, with what was read so far
     */
    public static Map<String, byte[]> read(
            Consumer<byte[], byte[]> reader, TopicPartition partition, BooleanSupplier isStopped) {
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
        long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var newest = new LinkedHashMap<String, byte[]>();
        while (reader.position(partition) < end && !isStopped.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> message : reader.poll(POLL)) {
                String key = new String(message.key(), StandardCharsets.UTF_8);
                if (message.value() == null) {
                    newest.remove(key);
                } else {
                    newest.put(key, message.value());
                }
            }
        }
        return newest;
    }
}
