package dev.tripline.analyzer;

import dev.tripline.analyzer.SchemaQuestions.Question;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Lets records of one consumer through whose schemas are known. Where one is not, its partition stands still at that record, in order
 * and without anybody waiting, and the others go on. Used on the consumer's thread.
 */
final class SchemaGate {
    private final SchemaQuestions questions;
    private final Map<TopicPartition, Question> held = new HashMap<>();
    private volatile int heldCount;

    SchemaGate(SchemaQuestions questions) {
        this.questions = questions;
    }

    /** Lets those partitions move on whose question is answered; to be called before each poll. */
    void open(Consumer<?, ?> consumer) {
        if (held.isEmpty()) {
            return;
        }
        held.keySet().retainAll(consumer.assignment());
        held.entrySet().removeIf(entry -> {
            boolean goesOn = questions.isAnswered(entry.getValue());
            if (goesOn) {
                consumer.resume(Set.of(entry.getKey()));
            } else {
                // Again each time: Kafka Streams pauses and resumes for its own reasons.
                consumer.pause(Set.of(entry.getKey()));
            }
            return goesOn;
        });
        heldCount = held.size();
    }

    /** Returns how many partitions stand still; from any thread. */
    int held() {
        return heldCount;
    }

    /** Returns what of polled records may be handled; the consumer will return the others again. */
    ConsumerRecords<byte[], byte[]> admit(Consumer<?, ?> consumer, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> admitted = new LinkedHashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        boolean holdsNone = true;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            int count = admissible(partition, records);
            if (count < records.size()) {
                holdsNone = false;
                ConsumerRecord<byte[], byte[]> first = records.get(count);
                consumer.seek(partition, first.offset());
                consumer.pause(Set.of(partition));
                next.remove(partition);
                if (count > 0) {
                    next.put(partition, new OffsetAndMetadata(first.offset(), first.leaderEpoch(), ""));
                }
            }
            if (count > 0) {
                admitted.put(partition, records.subList(0, count));
            }
        }
        heldCount = held.size();
        return holdsNone ? polled : new ConsumerRecords<>(admitted, next);
    }

    private int admissible(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        for (int i = 0; i < records.size(); i++) {
            @Nullable
            Question question = questions.open(partition.topic(), records.get(i).value());
            if (question != null) {
                held.put(partition, question);
                return i;
            }
        }
        return records.size();
    }
}
