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

/**
 * All that one environment remembers between its inputs. Each value is bounded, whatever comes: what can be any number is rows.
 */
public interface EnvironmentState {
    /** Key of what there is one of in an environment. */
    String ONLY = "only";

    /** Name of the environment. */
    String environment();

    /** How far it has come, under {@link #ONLY}. */
    Table<Progress> progress();

    /** Rules that judge it, under {@link #ONLY}. */
    Table<RulesInForce> rules();

    /** Its newest deployments, under {@link #ONLY}. */
    Table<Deployments> deployments();

    /** Ids of the newest changes of patterns, under {@link #ONLY}. */
    Table<RecentChanges> recentChanges();

    /** Those changes, by id. */
    Table<PatternChange> changes();

    /** Rates, by key of the scope. */
    Table<RateLedger> ledgers();

    /** Which runs are remembered, by suite and location. */
    Table<SuiteRuns> suites();

    /** Those runs, by suite and location, and run. */
    Rows<RunOfSuite> runs();

    /** Their failures, by suite, location and run, and pattern. */
    Rows<FailuresOfRun> failuresOfRuns();

    /** Newest complete run, by suite. */
    Table<LastRun> lastRuns();

    /** Patterns, by id. */
    Table<PatternKnowledge> patterns();

    /** Causes, by key. */
    Table<CauseRecord> causes();

    /** Incidents, by id. */
    Table<Incident> incidents();

    /** Tests that an incident hits, by incident, and test and location. */
    Rows<AffectedTest> affectedTests();

    /** The same tests wherever they run, by incident and test. */
    Rows<Named> testsOfIncidents();

    /** Suites that an incident hits, by incident and suite. */
    Rows<HitSuite> suitesOfIncidents();

    /** Open incidents, by {@link #ONLY} and id, with their id. */
    Rows<Named> openIncidents();

    /** Open incidents that hit a suite, by suite and id, with their id. */
    Rows<Named> openIncidentsOfSuites();

    /** Newest breach, by scope and rule. */
    Table<Breach> breaches();

    /** What is to be told at the end of the flush. */
    Untold untold();
}
