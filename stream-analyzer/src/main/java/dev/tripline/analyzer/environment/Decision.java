package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Journey;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.rate.WindowRate;
import dev.tripline.analyzer.run.LastRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the per-environment stage has to tell. */
public sealed interface Decision {
    /** More is known of a pattern. */
    record PatternSeen(String environment, PatternKnowledge knowledge) implements Decision {}

    /** The way tests fail changed. */
    record PatternChanged(PatternChange change) implements Decision {}

    /** A threshold was broken, or no longer is. */
    record Breached(Breach breach) implements Decision {}

    /**
     * An incident was opened or changed.
     *
     * @param title what it is called
     * @param cause what is known of the pattern its failures share; null if they share none
     * @param tests some of the tests it hits, at most {@value #TESTS}, by suite and name
     * @param suites some of the suites it hits, at most {@value #SUITES}, by name
     * @param journeys journeys it hits, by name
     * @param severityReason why it is that bad; null if the rules now in force say otherwise
     */
    record IncidentChanged(
            Incident incident,
            String title,
            @Nullable PatternKnowledge cause,
            List<TestView> tests,
            List<SuiteView> suites,
            List<Journey> journeys,
            @Nullable String severityReason)
            implements Decision {
        /** Tests that are told. */
        static final int TESTS = 200;

        /** Suites that are told. */
        static final int SUITES = 50;
    }

    /**
     * A test that an incident hits.
     *
     * @param hasNotRunSince whether nobody knows how it is now: its suite has not run since it failed, though other tests of the
     *     incident have moved on
     */
    record TestView(AffectedTest test, boolean hasNotRunSince) {}

    /**
     * A suite that an incident hits.
     *
     * @param lastRun newest complete run; null before the first
     * @param baseline what the rate has been, 0 to 1; null if not given
     * @param target what the owner wants, 0 to 1; null without a rule
     * @param shiftedFrom dominant pattern before; null if none was replaced
     */
    record SuiteView(
            String suite,
            @Nullable LastRun lastRun,
            @Nullable Double baseline,
            @Nullable Double target,
            @Nullable PatternKnowledge shiftedFrom) {}

    /**
     * A rate changed.
     *
     * @param lastRun newest complete run of a suite; null for other scopes and before the first
     */
    record RateChanged(
            Scope scope,
            Instant asOf,
            List<WindowRate> windows,
            @Nullable LastRun lastRun,
            @Nullable Double baseline,
            @Nullable Double target,
            @Nullable String ruleVersion)
            implements Decision {}
}
