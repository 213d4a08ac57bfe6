package dev.tripline.cli.topics;

import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What must be done so that an installation has the topics and schemas of this version.
 *
 * @param changes in the order they are made; empty if there is nothing to do
 * @param warnings what is not as it should be and stays so, one line each
 */
public record TopicPlan(List<TopicChange> changes, List<String> warnings) {
    /** Level of every subject: readers and writers of any two versions understand each other. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    public TopicPlan {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    /**
     * Compares what should be with what is.
     *
     * @param cluster topics that are there, by name; others are created
     * @param subjects subjects that are there, by name; others are registered
     * @param growPartitions whether missing partitions are added, which moves keys, or only warned of
     */
    public static TopicPlan of(
            Topics catalogue,
            Map<String, TopicState> cluster,
            Map<String, SubjectState> subjects,
            boolean growPartitions) {
        var changes = new ArrayList<TopicChange>();
        var warnings = new ArrayList<String>();
        for (WantedTopic topic : WantedTopic.of(catalogue)) {
            TopicState state = cluster.get(topic.name());
            if (state == null) {
                changes.add(new TopicChange.Create(topic));
                continue;
            }
            new TreeMap<>(topic.settings()).forEach((setting, wanted) -> {
                String current = state.settings().get(setting);
                if (!isSame(setting, current, wanted)) {
                    changes.add(new TopicChange.Alter(topic.name(), setting, current, wanted));
                }
            });
            if (state.partitions() < topic.partitions() && growPartitions) {
                changes.add(new TopicChange.Grow(topic.name(), state.partitions(), topic.partitions()));
            } else if (state.partitions() < topic.partitions()) {
                warnings.add("! topic " + topic.name() + ": has " + state.partitions() + " of " + topic.partitions()
                        + " partitions; --grow-partitions adds the others");
            }
        }
        for (Topic<?> topic : catalogue.all()) {
            SubjectState state = subjects.getOrDefault(topic.subject(), new SubjectState(false, null));
            // The level comes first, so that the schema is accepted under it.
            if (!COMPATIBILITY.equals(state.compatibility())) {
                changes.add(new TopicChange.Guard(topic.subject(), state.compatibility(), COMPATIBILITY));
            }
            if (!state.registered()) {
                changes.add(
                        new TopicChange.Register(topic.subject(), topic.schema().getFullName()));
            }
        }
        return new TopicPlan(changes, warnings);
    }

    /** Kafka keeps a cleanup policy as a list whose order means nothing. */
    private static boolean isSame(String setting, @Nullable String current, String wanted) {
        if (current == null || !setting.equals(TopicConfig.CLEANUP_POLICY_CONFIG)) {
            return wanted.equals(current);
        }
        return Set.copyOf(Arrays.asList(current.split(","))).equals(Set.copyOf(Arrays.asList(wanted.split(","))));
    }

    /** Returns changes, then warnings, one line each. */
    public List<String> lines() {
        return Stream.concat(changes.stream().map(TopicChange::line), warnings.stream())
                .toList();
    }
}
