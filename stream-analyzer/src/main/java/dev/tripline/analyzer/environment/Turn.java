package dev.tripline.analyzer.environment;

import static dev.tripline.analyzer.environment.EnvironmentState.ONLY;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.pattern.PatternChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handling of one input: the environment's state, and what must be told when it is over. Each thing is told once,
 * however often it changed during the turn. Not for several threads.
 */
final class Turn {
    private final EnvironmentState state;
    private final Map<String, PatternChange> changes = new LinkedHashMap<>();
    private final Map<String, Breach> breaches = new LinkedHashMap<>();

    Turn(EnvironmentState state) {
        this.state = state;
    }

    EnvironmentState state() {
        return state;
    }

    String environment() {
        return state.environment();
    }

    Progress progress() {
        return orElse(state.progress().get(ONLY), Progress.NONE);
    }

    void keep(Progress progress) {
        if (!progress.equals(progress())) {
            state.progress().put(ONLY, progress);
        }
    }

    RulesInForce rulesInForce() {
        return orElse(state.rules().get(ONLY), RulesInForce.BUILT_IN);
    }

    Rules rules() {
        return rulesInForce().rules();
    }

    boolean isLearning() {
        return rulesInForce().isLearning(progress());
    }

    Deployments deployments() {
        return orElse(state.deployments().get(ONLY), Deployments.NONE);
    }

    RecentChanges recentChanges() {
        return orElse(state.recentChanges().get(ONLY), RecentChanges.NONE);
    }

    void tellPattern(String patternId) {
        state.untold().add(new Untold.Mark(Untold.Kind.PATTERN, patternId));
    }

    void tell(PatternChange change) {
        String id = change.changeId();
        state.changes().put(id, change);
        RecentChanges before = recentChanges();
        if (!before.ids().contains(id)) {
            RecentChanges after = before.with(id);
            before.ids().stream().filter(each -> !after.ids().contains(each)).forEach(state.changes()::remove);
            state.recentChanges().put(ONLY, after);
        }
        changes.put(id, change);
    }

    void tell(Breach breach) {
        breaches.put(breach.breachId(), breach);
    }

    void tellIncident(String incidentId) {
        state.untold().add(new Untold.Mark(Untold.Kind.INCIDENT, incidentId));
    }

    void tellRate(Scope scope) {
        state.untold().add(new Untold.Mark(Untold.Kind.valueOf(scope.kind().name()), scope.name()));
    }

    Iterable<PatternChange> changesToTell() {
        return changes.values();
    }

    Iterable<Breach> breachesToTell() {
        return breaches.values();
    }

    private static <V> V orElse(@Nullable V known, V otherwise) {
        return Objects.requireNonNullElse(known, otherwise);
    }
}
