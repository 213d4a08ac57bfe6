package dev.tripline.analyzer;

import dev.tripline.service.health.InputLag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Tells how far one consumer has read, as it knows without asking Kafka. Used on the consumer's thread. */
final class ConsumerProgress {
    private final InputLag lag;
    private final Set<TopicPartition> told = new HashSet<>();

    ConsumerProgress(InputLag lag) {
        this.lag = lag;
    }

    /** Takes in what a poll handed out, and what waits behind it. */
    void note(Consumer<?, ?> consumer, ConsumerRecords<?, ?> handedOut) {
        for (TopicPartition partition : handedOut.partitions()) {
            List<? extends ConsumerRecord<?, ?>> records = handedOut.records(partition);
            Instant takenAt =
                    Instant.ofEpochMilli(records.get(records.size() - 1).timestamp());
            lag.read(partition.topic(), partition.partition(), takenAt);
        }
        Set<TopicPartition> assigned = consumer.assignment();
        told.removeIf(partition -> {
            boolean isGone = !assigned.contains(partition);
            if (isGone) {
                lag.forget(partition.topic(), partition.partition());
            }
            return isGone;
        });
        for (TopicPartition partition : assigned) {
            OptionalLong waiting = consumer.currentLag(partition);
            if (waiting.isPresent()) {
                lag.waiting(partition.topic(), partition.partition(), waiting.getAsLong());
                told.add(partition);
            }
        }
    }

    /** Takes in that the consumer reads no more. */
    void end() {
        told.forEach(partition -> lag.forget(partition.topic(), partition.partition()));
        told.clear();
    }
}
