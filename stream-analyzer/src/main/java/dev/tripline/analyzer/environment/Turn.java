package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.pattern.PatternChange;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The handling of one input: the environment's state, and what must be told when it is over. Each thing is told once,
 * however often it changed during the turn. Not for several threads.
 */
final class Turn {
    private static final String SUMMARY = "summary";

    private final EnvironmentState state;
    private Summary summary;
    private final Set<String> patterns = new LinkedHashSet<>();
    private final Map<String, PatternChange> changes = new LinkedHashMap<>();
    private final Map<String, Breach> breaches = new LinkedHashMap<>();
    private final Set<String> incidents = new LinkedHashSet<>();
    private final Set<Scope> rates = new LinkedHashSet<>();

    Turn(EnvironmentState state) {
        this.state = state;
        Summary known = state.summaries().get(SUMMARY);
        this.summary = known == null ? Summary.UNKNOWN : known;
    }

    EnvironmentState state() {
        return state;
    }

    String environment() {
        return state.environment();
    }

    Summary summary() {
        return summary;
    }

    Rules rules() {
        return summary.rules();
    }

    void update(UnaryOperator<Summary> change) {
        summary = change.apply(summary);
    }

    void tellPattern(String patternId) {
        patterns.add(patternId);
    }

    void tell(PatternChange change) {
        state.changes().put(change.changeId(), change);
        update(known -> known.withChange(change.changeId()));
        changes.put(change.changeId(), change);
    }

    void tell(Breach breach) {
        breaches.put(breach.breachId(), breach);
    }

    void tellIncident(String incidentId) {
        incidents.add(incidentId);
    }

    void tellRate(Scope scope) {
        rates.add(scope);
    }

    Set<String> patternsToTell() {
        return patterns;
    }

    Iterable<PatternChange> changesToTell() {
        return changes.values();
    }

    Iterable<Breach> breachesToTell() {
        return breaches.values();
    }

    Set<String> incidentsToTell() {
        return incidents;
    }

    Set<Scope> ratesToTell() {
        return rates;
    }

    void end() {
        state.summaries().put(SUMMARY, summary);
    }
}
