package dev.tripline.analyzer.publish;

import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.RuleSet;
import dev.tripline.events.Topics;
import dev.tripline.events.UnreadableRecordException;
import dev.tripline.service.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of the rules that were published, as the topic keeps them: each once, at its last place. */
public final class RulesLog {
    private static final Logger LOG = LoggerFactory.getLogger(RulesLog.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private RulesLog() {}

    /**
     * A published version.
     *
     * @param number place among all that were published, from 1; the highest is the newest
     */
    public record Entry(long number, RuleSet rules) {}

    /**
     * Reads all versions, oldest first. A record that is no version of rules is passed over with a warning.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static List<Entry> read(KafkaConnection kafka) {
        var registry = kafka.registry();
        var topic = new Topics(kafka.topicPrefix()).rules();
        var serde = EventSerdes.connect(new RegistrySettings(registry.url(), false, registry.properties()))
                .of(topic);
        var partition = new TopicPartition(topic.name(), 0);
        var entries = new ArrayList<Entry>();
        try (var consumer =
                new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    entries.removeIf(entry -> entry.rules().getVersion().equals(record.key()));
                    if (record.value() == null) {
                        continue;
                    }
                    try {
                        entries.add(new Entry(record.offset() + 1, serde.read(record.value())));
                    } catch (UnreadableRecordException e) {
                        LOG.warn("{}, offset {}: passed over: {}", record.topic(), record.offset(), e.getMessage());
                    }
                }
            }
        }
        return List.copyOf(entries);
    }
}
