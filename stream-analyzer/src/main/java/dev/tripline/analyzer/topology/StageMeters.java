package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;

/**
 * What the stages count. A transaction that fails is done again, and what it counted counts again: these say how things go, not
 * how many records there are.
 */
public final class StageMeters {
    static final String OUTCOMES = "tripline.analyzer.outcomes";
    static final String DECISIONS = "tripline.analyzer.decisions";
    static final String STATE_VALUES = "tripline.analyzer.state.value.bytes";

    private StageMeters() {}

    /** What became of an outcome that was not put aside. */
    enum OutcomeResult {
        COUNTED("counted"),
        REPEATED("repeated");

        private final String word;

        OutcomeResult(String word) {
            this.word = word;
        }
    }

    /** What is told of an environment. */
    enum DecisionKind {
        RATE("rate"),
        PATTERN("pattern"),
        PATTERN_CHANGE("pattern-change"),
        BREACH("breach"),
        INCIDENT("incident");

        private final String word;

        DecisionKind(String word) {
            this.word = word;
        }
    }

    /**
     * Makes all counters, so that each can be seen from the start on and not only once it counts: an alert on its growth misses
     * the first one otherwise.
     */
    public static void register(MeterRegistry registry, Topics topics) {
        for (OutcomeResult result : OutcomeResult.values()) {
            outcomes(registry, result);
        }
        for (DecisionKind kind : DecisionKind.values()) {
            decisions(registry, kind);
        }
        for (Topic<?> read : read(topics)) {
            for (Reason reason : Reason.values()) {
                if (reason != Reason.UNREADABLE_STATE) {
                    deadLetters(registry, read.name(), reason);
                }
            }
        }
    }

    /** Returns the topics that the stages read. */
    public static List<Topic<?>> read(Topics topics) {
        return List.of(topics.testOutcomes(), topics.suiteRuns(), topics.deployments(), topics.decisionInputs());
    }

    static Counter outcomes(OutcomeResult result) {
        return outcomes(Metrics.globalRegistry, result);
    }

    private static Counter outcomes(MeterRegistry registry, OutcomeResult result) {
        return Counter.builder(OUTCOMES)
                .description("Outcomes that were not put aside")
                .tag("result", result.word)
                .register(registry);
    }

    static Counter decisions(DecisionKind kind) {
        return decisions(Metrics.globalRegistry, kind);
    }

    private static Counter decisions(MeterRegistry registry, DecisionKind kind) {
        return Counter.builder(DECISIONS)
                .description("Records about environments that were written")
                .tag("kind", kind.word)
                .register(registry);
    }

    /** Returns the counter of what is put aside of a topic, or of the change log of a store. */
    static Counter deadLetters(String topic, Reason reason) {
        return deadLetters(Metrics.globalRegistry, topic, reason);
    }

    private static Counter deadLetters(MeterRegistry registry, String topic, Reason reason) {
        return Counter.builder(DeadLetters.COUNTER)
                .description("Records and entries of state that were put aside")
                .tag("topic", topic)
                .tag("reason", reason.word())
                .register(registry);
    }

    /** Returns what takes the sizes of values that are put into a store. */
    static DistributionSummary stateValues(String store) {
        return DistributionSummary.builder(STATE_VALUES)
                .description("Sizes of the values put into a store")
                .baseUnit("bytes")
                .tag("store", store)
                .register(Metrics.globalRegistry);
    }
}
