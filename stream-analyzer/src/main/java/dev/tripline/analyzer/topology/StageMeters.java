package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.agent.AgentWatch.Known;
import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the stages count. A transaction that fails is done again, and what it counted counts again: these say how things go, not
 * how many records there are.
 */
public final class StageMeters {
    static final String OUTCOMES = "tripline.analyzer.outcomes";
    static final String DECISIONS = "tripline.analyzer.decisions";
    static final String AGENTS_NAME = "tripline.analyzer.agents";
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

    /** How agents are. */
    enum AgentState {
        HEARD("heard"),
        GONE("gone"),
        CLOCK_OFF("clock-off");

        private final String word;

        AgentState(String word) {
            this.word = word;
        }
    }

    /** Of this process: one of its tasks knows all agents, or none. */
    private static final Map<AgentState, AtomicLong> AGENTS = new EnumMap<>(Map.of(
            AgentState.HEARD, new AtomicLong(),
            AgentState.GONE, new AtomicLong(),
            AgentState.CLOCK_OFF, new AtomicLong()));

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
        AGENTS.forEach((state, agents) -> Gauge.builder(AGENTS_NAME, agents, AtomicLong::doubleValue)
                .description("Agents that send heartbeats")
                .tag("state", state.word)
                .register(registry));
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
        return List.of(
                topics.testOutcomes(),
                topics.suiteRuns(),
                topics.deployments(),
                topics.agentHeartbeats(),
                topics.decisionInputs());
    }

    /** Shows how many agents there are, of which kinds. */
    static void show(Collection<Known> agents) {
        set(AgentState.HEARD, agents.stream().filter(each -> !each.isGone()).count());
        set(AgentState.GONE, agents.stream().filter(Known::isGone).count());
        set(AgentState.CLOCK_OFF, agents.stream().filter(Known::isClockOff).count());
    }

    private static void set(AgentState state, long agents) {
        Objects.requireNonNull(AGENTS.get(state)).set(agents);
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
