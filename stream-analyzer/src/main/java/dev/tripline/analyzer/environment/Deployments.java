package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest deployments of an environment.
 *
 * @param byTime oldest first, at most {@value #MOST} and {@value #MOST_CHARS} characters
 */
public record Deployments(List<DeployedRevision> byTime) {
    private static final int MOST = 200;
    private static final int MOST_CHARS = 200_000;

    /** None. */
    static final Deployments NONE = new Deployments(List.of());

    public Deployments {
        byTime = List.copyOf(byTime);
    }

    boolean has(DeployedRevision deployment) {
        return byTime.stream().anyMatch(known -> known.isSameAs(deployment));
    }

    Deployments with(DeployedRevision deployment) {
        var all = new ArrayList<>(byTime);
        all.add(deployment);
        all.sort(DeployedRevision.BY_TIME);
        return new Deployments(Bounded.last(all, MOST, MOST_CHARS, DeployedRevision::chars));
    }

    /** Returns the deployments within a span, oldest first. */
    List<DeployedRevision> in(Between between) {
        return byTime.stream().filter(between::holds).toList();
    }

    /** Returns the newest deployment up to a moment. */
    Optional<DeployedRevision> lastBefore(Instant at) {
        return byTime.stream().filter(d -> !d.deployedAt().isAfter(at)).reduce((older, newer) -> newer);
    }
}
