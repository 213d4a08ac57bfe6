package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.HitSuite;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.run.FailuresOfRun;
import dev.tripline.analyzer.run.LastRun;
import dev.tripline.analyzer.run.RunOfSuite;
import dev.tripline.analyzer.run.SuiteRuns;
import dev.tripline.analyzer.state.Numbers;
import dev.tripline.analyzer.state.Rows;
import dev.tripline.analyzer.state.Table;
import dev.tripline.analyzer.state.Tables;

/**
 * All that one environment remembers between its inputs. Each value is bounded, whatever comes: what can be any number is rows.
 */
public class EnvironmentState {
    /** Key of what there is one of in an environment. */
    public static final String ONLY = "only";

    private final String environment;
    private final Table<Progress> progress;
    private final Table<RulesInForce> rules;
    private final Table<Deployments> deployments;
    private final Table<RecentChanges> recentChanges;
    private final Table<PatternChange> changes;
    private final Table<RateLedger> ledgers;
    private final Table<SuiteRuns> suites;
    private final Table<LastRun> lastRuns;
    private final Table<PatternKnowledge> patterns;
    private final Table<CauseRecord> causes;
    private final Table<Incident> incidents;
    private final Table<Breach> breaches;
    private final Rows<RunOfSuite> runs;
    private final Rows<FailuresOfRun> failuresOfRuns;
    private final Table<Numbers> dueMinutes;
    private final Rows<Named> dueScopes;
    private final Rows<Named> falling;
    private final Rows<AffectedTest> affectedTests;
    private final Rows<Named> testsOfIncidents;
    private final Rows<HitSuite> suitesOfIncidents;
    private final Rows<Named> openIncidents;
    private final Rows<Named> openIncidentsOfSuites;
    private final Untold untold = new Untold();

    protected EnvironmentState(String environment, Tables tables) {
        this.environment = environment;
        progress = tables.table("progress", Progress.class);
        rules = tables.table("rules", RulesInForce.class);
        deployments = tables.table("deployments", Deployments.class);
        recentChanges = tables.table("recent-changes", RecentChanges.class);
        changes = tables.table("changes", PatternChange.class);
        ledgers = tables.table("rates", RateLedger.class);
        suites = tables.table("suites", SuiteRuns.class);
        lastRuns = tables.table("last-runs", LastRun.class);
        patterns = tables.table("patterns", PatternKnowledge.class);
        causes = tables.table("known-causes", CauseRecord.class);
        incidents = tables.table("incident-heads", Incident.class);
        breaches = tables.table("breaches", Breach.class);
        runs = tables.rows("runs", RunOfSuite.class);
        dueMinutes = tables.table("due-minutes", Numbers.class);
        dueScopes = tables.rows("due-scopes", Named.class);
        falling = tables.rows("falling", Named.class);
        failuresOfRuns = tables.rows("failures-of-runs", FailuresOfRun.class);
        affectedTests = tables.rows("affected-tests", AffectedTest.class);
        testsOfIncidents = tables.rows("tests-of-incidents", Named.class);
        suitesOfIncidents = tables.rows("suites-of-incidents", HitSuite.class);
        openIncidents = tables.rows("open-incidents", Named.class);
        openIncidentsOfSuites = tables.rows("open-incidents-of-suites", Named.class);
    }

    /** Name of the environment. */
    public final String environment() {
        return environment;
    }

    /** How far it has come, under {@link #ONLY}. */
    public final Table<Progress> progress() {
        return progress;
    }

    /** Rules that judge it, under {@link #ONLY}. */
    public final Table<RulesInForce> rules() {
        return rules;
    }

    /** Its newest deployments, under {@link #ONLY}. */
    public final Table<Deployments> deployments() {
        return deployments;
    }

    /** Ids of the newest changes of patterns, under {@link #ONLY}. */
    public final Table<RecentChanges> recentChanges() {
        return recentChanges;
    }

    /** Those changes, by id. */
    public final Table<PatternChange> changes() {
        return changes;
    }

    /** Rates, by key of the scope. */
    public final Table<RateLedger> ledgers() {
        return ledgers;
    }

    /** Which runs are remembered, by suite and location. */
    public final Table<SuiteRuns> suites() {
        return suites;
    }

    /** Newest complete run, by suite. */
    public final Table<LastRun> lastRuns() {
        return lastRuns;
    }

    /** Patterns, by id. */
    public final Table<PatternKnowledge> patterns() {
        return patterns;
    }

    /** Causes, by key. */
    public final Table<CauseRecord> causes() {
        return causes;
    }

    /** Incidents, by id. */
    public final Table<Incident> incidents() {
        return incidents;
    }

    /** Newest breach, by scope and rule. */
    public final Table<Breach> breaches() {
        return breaches;
    }

    /** Those runs, by suite and location, and run. */
    public final Rows<RunOfSuite> runs() {
        return runs;
    }

    /** Their failures, by suite, location and run, and pattern. */
    public final Rows<FailuresOfRun> failuresOfRuns() {
        return failuresOfRuns;
    }

    /** Tests that an incident hits, by incident, and test and location. */
    public final Rows<AffectedTest> affectedTests() {
        return affectedTests;
    }

    /** The same tests wherever they run, by incident and test. */
    public final Rows<Named> testsOfIncidents() {
        return testsOfIncidents;
    }

    /** Suites that an incident hits, by incident and suite. */
    public final Rows<HitSuite> suitesOfIncidents() {
        return suitesOfIncidents;
    }

    /** Open incidents, by {@link #ONLY} and id, with their id. */
    public final Rows<Named> openIncidents() {
        return openIncidents;
    }

    /** Open incidents that hit a suite, by suite and id, with their id. */
    public final Rows<Named> openIncidentsOfSuites() {
        return openIncidentsOfSuites;
    }

    /** Minutes at which rates fall due, under {@link #ONLY}. */
    public final Table<Numbers> dueMinutes() {
        return dueMinutes;
    }

    /** Scopes whose rates do, by minute and key of the scope, with that key. */
    public final Rows<Named> dueScopes() {
        return dueScopes;
    }

    /** Minutes of the same scopes, by {@link #ONLY} and key. */
    public final Rows<Named> falling() {
        return falling;
    }

    /** What is to be told at the end of the flush. */
    public final Untold untold() {
        return untold;
    }
}
