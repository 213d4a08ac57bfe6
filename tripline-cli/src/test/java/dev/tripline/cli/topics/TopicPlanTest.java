package dev.tripline.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final Topics CATALOGUE = Topics.standard();
    private static final String OUTCOMES = "tripline.test-outcomes";
    private static final String RATES = "tripline.success-rates";

    private final Map<String, TopicState> cluster = new HashMap<>();
    private final Map<String, SubjectState> subjects = new HashMap<>();

    private void everythingIsThere() {
        for (WantedTopic topic : WantedTopic.of(CATALOGUE)) {
            cluster.put(topic.name(), new TopicState(topic.partitions(), topic.settings()));
        }
        CATALOGUE.all().forEach(topic -> subjects.put(topic.subject(), new SubjectState(true, "FULL_TRANSITIVE")));
    }

    private void set(String topic, String setting, String value) {
        TopicState state = cluster.get(topic);
        var settings = new HashMap<>(state.settings());
        settings.put(setting, value);
        cluster.put(topic, new TopicState(state.partitions(), settings));
    }

    private TopicPlan plan(boolean growPartitions) {
        return TopicPlan.of(CATALOGUE, cluster, subjects, growPartitions);
    }

    @Test
    void createsEverythingWhereNothingIs() {
        TopicPlan plan = plan(false);

        // 12 topics with dead letters; each subject gets its level, then its schema.
        assertThat(plan.changes()).hasSize(12 * 2 + 12 * 2);
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.lines())
                .startsWith(
                        "+ topic tripline.test-outcomes: 8 partitions, cleanup.policy=delete,"
                                + " message.timestamp.type=LogAppendTime, retention.ms=2592000000",
                        "+ topic tripline.test-outcomes.dlq: 8 partitions, cleanup.policy=delete,"
                                + " message.timestamp.type=LogAppendTime, retention.ms=2592000000")
                .endsWith(
                        "~ subject tripline.issues-value: compatibility none of its own -> FULL_TRANSITIVE",
                        "+ subject tripline.issues-value: schema dev.tripline.events.TrackedIssue");
    }

    @Test
    void changesNothingWhereEverythingIsThere() {
        everythingIsThere();
        set(OUTCOMES, "max.message.bytes", "2000000");
        set(RATES, "cleanup.policy", "delete,compact");
        cluster.put("someone.else", new TopicState(3, Map.of()));

        assertThat(plan(true).lines()).isEmpty();
    }

    @Test
    void namesSettingsThatDiffer() {
        everythingIsThere();
        set(OUTCOMES, "retention.ms", "604800000");
        set(RATES, "cleanup.policy", "delete");
        subjects.put(OUTCOMES + "-value", new SubjectState(true, "BACKWARD"));
        subjects.put(RATES + "-value", new SubjectState(false, "FULL_TRANSITIVE"));

        assertThat(plan(false).lines())
                .containsExactly(
                        "~ topic tripline.test-outcomes: retention.ms 604800000 -> 2592000000",
                        "~ topic tripline.success-rates: cleanup.policy delete -> compact,delete",
                        "~ subject tripline.test-outcomes-value: compatibility BACKWARD -> FULL_TRANSITIVE",
                        "+ subject tripline.success-rates-value: schema dev.tripline.events.SuccessRate");
    }

    @Test
    void growsPartitionsOnlyWhenAskedAndShrinksNever() {
        everythingIsThere();
        cluster.put(OUTCOMES, new TopicState(4, cluster.get(OUTCOMES).settings()));
        cluster.put(RATES, new TopicState(16, cluster.get(RATES).settings()));

        assertThat(plan(false).changes()).isEmpty();
        assertThat(plan(false).lines())
                .containsExactly("! topic tripline.test-outcomes: has 4 of 8 partitions; --grow-partitions adds the"
                        + " others");
        assertThat(plan(true).lines()).containsExactly("~ topic tripline.test-outcomes: partitions 4 -> 8");
    }

    @Test
    void hasNothingLeftToDoOnceItsChangesAreMade() {
        long seed = 3L;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            // Given
            cluster.clear();
            subjects.clear();
            everythingIsThere();
            for (WantedTopic topic : WantedTopic.of(CATALOGUE)) {
                switch (random.nextInt(4)) {
                    case 0 -> cluster.remove(topic.name());
                    case 1 -> set(topic.name(), "cleanup.policy", random.nextBoolean() ? "delete" : "compact");
                    case 2 ->
                        cluster.put(topic.name(), new TopicState(1 + random.nextInt(10), Map.of("retention.ms", "1")));
                    default -> {}
                }
            }
            subjects.keySet().removeIf(subject -> random.nextInt(3) == 0);

            // When
            for (TopicChange change : plan(true).changes()) {
                apply(change);
            }

            // Then
            assertThat(plan(true).lines()).as("seed %d, step %d", seed, i).isEmpty();
        }
    }

    private void apply(TopicChange change) {
        if (change instanceof TopicChange.Create create) {
            WantedTopic topic = create.topic();
            cluster.put(topic.name(), new TopicState(topic.partitions(), topic.settings()));
        } else if (change instanceof TopicChange.Alter alter) {
            set(alter.topic(), alter.setting(), alter.to());
        } else if (change instanceof TopicChange.Grow grow) {
            cluster.put(
                    grow.topic(),
                    new TopicState(grow.to(), cluster.get(grow.topic()).settings()));
        } else if (change instanceof TopicChange.Guard guard) {
            boolean registered = subjects.containsKey(guard.subject())
                    && subjects.get(guard.subject()).registered();
            subjects.put(guard.subject(), new SubjectState(registered, guard.to()));
        } else if (change instanceof TopicChange.Register register) {
            subjects.put(
                    register.subject(),
                    new SubjectState(true, subjects.get(register.subject()).compatibility()));
        }
    }
}
