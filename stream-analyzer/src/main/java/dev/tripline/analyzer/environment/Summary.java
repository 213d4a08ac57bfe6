package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What concerns an environment as a whole.
 *
 * @param now newest event time; {@link Instant#EPOCH} before the first outcome
 * @param firstSeenAt end of the oldest outcome; null before the first
 * @param completeRuns suite runs all of whose outcomes came
 * @param rules rules in force
 * @param rulesNumber their place among all that were published, from 1; 0 for the built-in ones
 * @param rulesPublishedAt when they were published; {@link Instant#EPOCH} for the built-in ones
 * @param deployments newest deployments by time, at most {@value #DEPLOYMENTS}
 * @param openIncidents ids of open incidents
 * @param recentChanges ids of the newest changes of patterns, oldest first, at most {@value #CHANGES}
 */
public record Summary(
        Instant now,
        @Nullable Instant firstSeenAt,
        long completeRuns,
        Rules rules,
        long rulesNumber,
        Instant rulesPublishedAt,
        List<DeployedRevision> deployments,
        IncidentIds openIncidents,
        List<String> recentChanges) {
    private static final int DEPLOYMENTS = 200;
    private static final int CHANGES = 100;

    /** An environment of which nothing is known. */
    public static final Summary UNKNOWN = new Summary(
            Instant.EPOCH, null, 0, Rules.BUILT_IN, 0, Instant.EPOCH, List.of(), IncidentIds.NONE, List.of());

    public Summary {
        deployments = List.copyOf(deployments);
        recentChanges = List.copyOf(recentChanges);
    }

    /** Tells whether patterns are still learned without alarm. */
    boolean isLearning() {
        if (completeRuns >= rules.learningRuns()) {
            return false;
        }
        return firstSeenAt == null || now.isBefore(firstSeenAt.plus(rules.learningTime()));
    }

    /** Returns the deployments within a span, oldest first. */
    List<DeployedRevision> deploymentsIn(Between between) {
        return deployments.stream().filter(between::holds).toList();
    }

    /** Returns the newest deployment up to a moment. */
    Optional<DeployedRevision> lastDeploymentBefore(Instant at) {
        return deployments.stream().filter(d -> !d.deployedAt().isAfter(at)).reduce((older, newer) -> newer);
    }

    Summary at(Instant first, Instant newest) {
        return new Summary(
                newest.isAfter(now) ? newest : now,
                firstSeenAt == null || first.isBefore(firstSeenAt) ? first : firstSeenAt,
                completeRuns,
                rules,
                rulesNumber,
                rulesPublishedAt,
                deployments,
                openIncidents,
                recentChanges);
    }

    Summary oneMoreRun() {
        return new Summary(
                now,
                firstSeenAt,
                completeRuns + 1,
                rules,
                rulesNumber,
                rulesPublishedAt,
                deployments,
                openIncidents,
                recentChanges);
    }

    Summary with(RulesActivated next) {
        return new Summary(
                now,
                firstSeenAt,
                completeRuns,
                next.rules(),
                next.number(),
                next.publishedAt(),
                deployments,
                openIncidents,
                recentChanges);
    }

    Summary with(DeployedRevision deployment) {
        var all = new ArrayList<>(deployments);
        all.add(deployment);
        all.sort(DeployedRevision.BY_TIME);
        var newest = all.subList(Math.max(0, all.size() - DEPLOYMENTS), all.size());
        return new Summary(
                now,
                firstSeenAt,
                completeRuns,
                rules,
                rulesNumber,
                rulesPublishedAt,
                newest,
                openIncidents,
                recentChanges);
    }

    Summary with(IncidentIds open) {
        return new Summary(
                now, firstSeenAt, completeRuns, rules, rulesNumber, rulesPublishedAt, deployments, open, recentChanges);
    }

    Summary withChange(String changeId) {
        if (recentChanges.contains(changeId)) {
            return this;
        }
        var all = new ArrayList<>(recentChanges);
        all.add(changeId);
        var newest = all.subList(Math.max(0, all.size() - CHANGES), all.size());
        return new Summary(
                now,
                firstSeenAt,
                completeRuns,
                rules,
                rulesNumber,
                rulesPublishedAt,
                deployments,
                openIncidents,
                newest);
    }
}
