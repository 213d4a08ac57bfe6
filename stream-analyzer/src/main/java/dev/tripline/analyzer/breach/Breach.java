package dev.tripline.analyzer.breach;

import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.rate.PatternShare;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A promise was broken, or is kept again.
 *
 * @param kind which promise
 * @param breachId derived from scope, rule and how often it was broken before
 * @param ruleVersion rules in force; null if the built-in ones
 * @param isOpen whether it is broken now
 * @param since event time of the first evidence
 * @param at event time of this decision
 * @param counts outcomes it was decided from
 * @param target what the rate should be, 0 to 1; null if it is not about a rate
 * @param baseline what the rate has been, 0 to 1; null if not given
 * @param evidence failures behind it, at most 50
 * @param incidentIds incidents its failures belong to, sorted; empty when it is over
 */
public record Breach(
        Kind kind,
        String breachId,
        int episode,
        Scope scope,
        String rule,
        @Nullable String ruleVersion,
        boolean isOpen,
        Instant since,
        Instant at,
        StatusCounts counts,
        @Nullable Double target,
        @Nullable Double baseline,
        List<PatternShare> patterns,
        List<OutcomeId> evidence,
        SortedSet<String> incidentIds,
        String reason) {
    /** Promises. */
    public enum Kind {
        /** A rate is what its owner wants. */
        TARGET,
        /** What is expected comes. */
        SILENCE
    }

    public Breach {
        // State of before does not have it.
        kind = kind == null ? Kind.TARGET : kind;
        incidentIds = new TreeSet<>(incidentIds);
    }

    /** Returns the id of the n-th breach of a rule by a scope. */
    public static String idOf(Scope scope, String rule, int episode) {
        return Digest.id(
                "breach", scope.environment(), scope.kind().name(), scope.name(), rule, Integer.toString(episode));
    }
}
