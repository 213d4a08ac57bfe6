package dev.tripline.events;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the catalogue: its name, its records and how Kafka keeps them.
 *
 * @param name full name with its prefix, such as {@code tripline.test-outcomes}
 * @param type class of the records, generated from Avro
 * @param schema schema the records are written with
 * @param partitions number of partitions when it is created; at least 1
 * @param compacted whether Kafka keeps the newest record of each key
 * @param retention how long records are kept; null for a topic that is only compacted
 * @param tombstones how long tombstones stay readable; null where Kafka's default serves
 */
public record Topic<V extends SpecificRecord>(
        String name,
        Class<V> type,
        Schema schema,
        int partitions,
        boolean compacted,
        @Nullable Duration retention,
        @Nullable Duration tombstones) {
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    /** Returns the name of the topic that takes records of this one that could not be handled. */
    public String deadLetter() {
        return name + ".dlq";
    }

    /** Returns the subject of the values in the Schema Registry. */
    public String subject() {
        return name + "-value";
    }

    /**
     * Returns Kafka's settings of the topic, by name, sorted. Time stamps are the broker's, so that reports of last
     * year do not expire at once.
     *
     * @see <a href="https://kafka.apache.org/documentation/#topicconfigs">Kafka: topic configs</a>
     */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                compacted ? (retention == null ? "compact" : "compact,delete") : TopicConfig.CLEANUP_POLICY_DELETE);
        if (retention != null) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        if (tombstones != null) {
            settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(tombstones.toMillis()));
        }
        return settings;
    }

    /** Returns Kafka's settings of the dead-letter topic, by name, sorted. */
    public Map<String, String> deadLetterSettings() {
        var settings = new TreeMap<String, String>();
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTERS_KEPT.toMillis()));
        return settings;
    }
}
