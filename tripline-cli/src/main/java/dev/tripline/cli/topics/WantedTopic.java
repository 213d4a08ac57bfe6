package dev.tripline.cli.topics;

import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it should be.
 *
 * @param name full name
 * @param partitions least number of partitions
 * @param settings Kafka's settings that must have these values
 */
public record WantedTopic(String name, int partitions, Map<String, String> settings) {
    /** How long dead letters wait for someone to look at them. */
    private static final Duration DEAD_LETTERS = Duration.ofDays(30);

    public WantedTopic {
        settings = Map.copyOf(settings);
    }

    /** Returns all topics of a catalogue, each followed by its dead letters. */
    public static List<WantedTopic> of(Topics catalogue) {
        var wanted = new ArrayList<WantedTopic>();
        for (Topic<?> topic : catalogue.all()) {
            wanted.add(new WantedTopic(topic.name(), topic.partitions(), topic.settings()));
            // One partition: dead letters are few, and are read in the order they died.
            wanted.add(new WantedTopic(
                    topic.deadLetter(),
                    1,
                    Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_DELETE,
                            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                            "LogAppendTime",
                            TopicConfig.RETENTION_MS_CONFIG,
                            Long.toString(DEAD_LETTERS.toMillis()))));
        }
        return List.copyOf(wanted);
    }

    /** Returns partitions and settings in one line. */
    public String description() {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(
                                ", ", partitions == 1 ? "1 partition, " : partitions + " partitions, ", ""));
    }
}
