package dev.tripline.events;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Catalogue of all topics under one prefix.
 *
 * @param prefix what stands before each name, such as {@code tripline.}; letters, digits, hyphens and dots, ends with a
 *     dot; never an underscore, because Kafka's metrics cannot tell it from a dot
 */
public record Topics(String prefix) {
    /** Prefix of an installation that does not choose its own. */
    public static final String DEFAULT_PREFIX = "tripline.";

    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9-]+\\.)+");

    /**
     * Partitions of topics whose load grows with the fleet. Streams tasks follow from it, so changing it later is a
     * migration.
     */
    private static final int WIDE = 8;

    /** Partitions of topics keyed by environment. */
    private static final int BY_ENVIRONMENT = 4;

    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix: must be letters, digits, hyphens and dots and end with a dot, got '" + prefix + "'");
        }
    }

    /** Returns the catalogue under the default prefix. */
    public static Topics standard() {
        return new Topics(DEFAULT_PREFIX);
    }

    /** Outcomes of tests, keyed by environment and suite. */
    public Topic<TestOutcome> testOutcomes() {
        return deleted("test-outcomes", TestOutcome.class, TestOutcome.getClassSchema(), WIDE, 30);
    }

    /** Totals of suite runs, keyed as their outcomes, with as many partitions. */
    public Topic<SuiteRun> suiteRuns() {
        return deleted("suite-runs", SuiteRun.class, SuiteRun.getClassSchema(), WIDE, 30);
    }

    /** Deployments, keyed by environment and service. */
    public Topic<Deployment> deployments() {
        return deleted("deployments", Deployment.class, Deployment.getClassSchema(), 1, 365);
    }

    /** Signs of life, keyed by agent. */
    public Topic<AgentHeartbeat> agentHeartbeats() {
        return deleted("agent-heartbeats", AgentHeartbeat.class, AgentHeartbeat.getClassSchema(), 1, 7);
    }

    /** Versions of the rules, keyed by version. */
    public Topic<RuleSet> rules() {
        return compacted("rules", RuleSet.class, RuleSet.getClassSchema(), 1, null);
    }

    /** Everything the per-environment stage decides from, keyed by environment: the order of record. */
    public Topic<DecisionInput> decisionInputs() {
        return deleted("decision-inputs", DecisionInput.class, DecisionInput.getClassSchema(), BY_ENVIRONMENT, 90);
    }

    /** Success rates, keyed by scope. A scope without news for 30 days expires. */
    public Topic<SuccessRate> successRates() {
        return new Topic<>(
                prefix + "success-rates",
                SuccessRate.class,
                SuccessRate.getClassSchema(),
                WIDE,
                true,
                Duration.ofDays(30),
                null);
    }

    /** Error patterns, keyed by environment and pattern id. */
    public Topic<ErrorPattern> errorPatterns() {
        return compacted("error-patterns", ErrorPattern.class, ErrorPattern.getClassSchema(), BY_ENVIRONMENT, null);
    }

    /** Changes of error patterns, keyed by environment and scope. */
    public Topic<PatternChange> patternChanges() {
        return deleted("pattern-changes", PatternChange.class, PatternChange.getClassSchema(), BY_ENVIRONMENT, 90);
    }

    /** Breaches, keyed by environment, scope and rule. */
    public Topic<Breach> breaches() {
        return deleted("breaches", Breach.class, Breach.getClassSchema(), BY_ENVIRONMENT, 90);
    }

    /** Incidents, keyed by id. One partition: incidents are few, and the sink that owns it is the one that files. */
    public Topic<Incident> incidents() {
        return compacted("incidents", Incident.class, Incident.getClassSchema(), 1, Duration.ofDays(90));
    }

    /** Issues the sinks made, keyed by tracker and incident id; one partition, as {@link #incidents()}. */
    public Topic<TrackedIssue> issues() {
        return compacted("issues", TrackedIssue.class, TrackedIssue.getClassSchema(), 1, Duration.ofDays(90));
    }

    /** Returns all topics in the order data takes through them. */
    public List<Topic<? extends SpecificRecord>> all() {
        return List.of(
                testOutcomes(),
                suiteRuns(),
                deployments(),
                agentHeartbeats(),
                rules(),
                decisionInputs(),
                successRates(),
                errorPatterns(),
                patternChanges(),
                breaches(),
                incidents(),
                issues());
    }

    private <V extends SpecificRecord> Topic<V> deleted(
            String name, Class<V> type, Schema schema, int partitions, int days) {
        return new Topic<>(prefix + name, type, schema, partitions, false, Duration.ofDays(days), null);
    }

    private <V extends SpecificRecord> Topic<V> compacted(
            String name, Class<V> type, Schema schema, int partitions, @Nullable Duration tombstones) {
        return new Topic<>(prefix + name, type, schema, partitions, true, null, tombstones);
    }
}
