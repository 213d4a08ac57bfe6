package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.SuiteHistory;
import dev.tripline.analyzer.rate.RateLedger;

/** All that one environment remembers between its inputs. */
public interface EnvironmentState {
    /** Name of the environment. */
    String environment();

    /** What concerns the environment as a whole, under the key {@code summary}. */
    Table<Summary> summaries();

    /** Rates, by key of the scope. */
    Table<RateLedger> ledgers();

    /** Newest runs, by suite and location. */
    Table<SuiteHistory> histories();

    /** Newest complete run, by suite. */
    Table<LastRun> lastRuns();

    /** Patterns, by id. */
    Table<PatternKnowledge> patterns();

    /** Recent changes of patterns, by id. */
    Table<PatternChange> changes();

    /** Causes, by key. */
    Table<CauseRecord> causes();

    /** Incidents, by id. */
    Table<Incident> incidents();

    /** Ids of open incidents, by suite. */
    Table<IncidentIds> incidentsOfSuite();

    /** Newest breach, by scope and rule. */
    Table<Breach> breaches();
}
