package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change in how tests fail.
 *
 * @param changeId derived from scope, kind, patterns and the run that showed it
 * @param at event time of the outcome that showed it
 * @param before dominant pattern before; null for {@link Kind#NEW}
 * @param after pattern now
 * @param rateBefore success rate of the run before, 0 to 1; null if there is none
 * @param rateAfter success rate of the run that showed it, 0 to 1; null if it is not complete
 * @param between span in which a deployment may explain it
 * @param deployment newest deployment within {@code between}; null if none is known
 * @param evidence outcomes that prove it, at most {@value #EVIDENCE}
 * @param ruleVersion rules in force; null if the built-in ones
 */
public record PatternChange(
        String changeId,
        Scope scope,
        Kind kind,
        Instant at,
        @Nullable Sight before,
        Sight after,
        @Nullable Double rateBefore,
        @Nullable Double rateAfter,
        Between between,
        @Nullable DeployedRevision deployment,
        @Nullable String revisionBefore,
        @Nullable String revisionAfter,
        List<OutcomeId> evidence,
        @Nullable String ruleVersion,
        String reason) {
    /** Most outcomes that are kept as evidence. */
    public static final int EVIDENCE = 50;

    /** Most characters of names of those. */
    public static final int EVIDENCE_CHARS = 100_000;

    /** Kinds of change. */
    public enum Kind {
        /** Never seen in this environment. */
        NEW,
        /** The dominant pattern of a scope was replaced. */
        SHIFTED
    }

    /**
     * A pattern as the decision saw it.
     *
     * @param share share of the failures of its run, 0 to 1; null if not measured
     * @param failures failures with it in its run
     */
    public record Sight(
            PatternKnowledge knowledge, @Nullable Double share, long failures) {
        public Sight {
            knowledge = knowledge.withoutWhere();
        }
    }

    /**
     * Span of event time.
     *
     * @param after exclusive begin
     * @param until inclusive end
     * @param service service whose deployments count; null for any
     */
    public record Between(
            Instant after, Instant until, @Nullable String service) {
        /** Tells whether a deployment lies in the span. */
        public boolean holds(DeployedRevision deployment) {
            return deployment.deployedAt().isAfter(after)
                    && !deployment.deployedAt().isAfter(until)
                    && (service == null || service.equals(deployment.service()));
        }
    }

    public PatternChange {
        evidence = Bounded.first(evidence.stream().sorted().toList(), EVIDENCE, EVIDENCE_CHARS, OutcomeId::chars);
    }

    /** Returns the id of a change. */
    public static String idOf(Scope scope, Kind kind, String... what) {
        var parts = new String[what.length + 4];
        parts[0] = scope.environment();
        parts[1] = scope.kind().name();
        parts[2] = scope.name();
        parts[3] = kind.name();
        System.arraycopy(what, 0, parts, 4, what.length);
        return Digest.id(parts);
    }

    /** Returns the same change with another deployment in between. */
    public PatternChange with(@Nullable DeployedRevision other) {
        return new PatternChange(
                changeId,
                scope,
                kind,
                at,
                before,
                after,
                rateBefore,
                rateAfter,
                between,
                other,
                revisionBefore,
                revisionAfter,
                evidence,
                ruleVersion,
                reason);
    }
}
