package dev.tripline.cli.topics;

import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A topic as it should be.
 *
 * @param name full name
 * @param partitions least number of partitions
 * @param settings Kafka's settings that must have these values
 */
public record WantedTopic(String name, int partitions, Map<String, String> settings) {
    public WantedTopic {
        settings = Map.copyOf(settings);
    }

    /** Returns all topics of a catalogue, each followed by its dead letters. */
    public static List<WantedTopic> of(Topics catalogue) {
        var wanted = new ArrayList<WantedTopic>();
        for (Topic<?> topic : catalogue.all()) {
            wanted.add(new WantedTopic(topic.name(), topic.partitions(), topic.settings()));
            // As many partitions: a record dies on the partition it was read from, and keeps its order there.
            wanted.add(new WantedTopic(topic.deadLetter(), topic.partitions(), topic.deadLetterSettings()));
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
