package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.environment.Deployments;
import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.environment.Named;
import dev.tripline.analyzer.environment.Progress;
import dev.tripline.analyzer.environment.RecentChanges;
import dev.tripline.analyzer.environment.Rows;
import dev.tripline.analyzer.environment.RulesInForce;
import dev.tripline.analyzer.environment.Table;
import dev.tripline.analyzer.environment.Untold;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * State of one environment in its stores. What is put is kept aside until {@link #commit}, so that an input whose handling fails
 * leaves nothing behind; what was used last stays decoded. Not for several threads.
 */
final class StoredState implements EnvironmentState {
    /** Values of a kind that stay decoded. */
    private static final int DECODED = 64;

    private final String environment;
    private final EnvironmentStores stores;
    private final List<Pending> pending = new ArrayList<>();
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
    private final Rows<AffectedTest> affectedTests;
    private final Rows<Named> testsOfIncidents;
    private final Rows<HitSuite> suitesOfIncidents;
    private final Rows<Named> openIncidents;
    private final Rows<Named> openIncidentsOfSuites;
    private final Untold untold = new Untold();
    private final StoredMarks marks;

    StoredState(String environment, EnvironmentStores stores, LedgerBytes ledgerBytes) {
        this.environment = environment;
        this.stores = stores;
        progress = table("progress", Progress.class);
        rules = table("rules", RulesInForce.class);
        deployments = table("deployments", Deployments.class);
        recentChanges = table("recent-changes", RecentChanges.class);
        changes = table("changes", PatternChange.class);
        ledgers = table("rates", ledgerBytes::write, ledgerBytes::read);
        suites = table("suites", SuiteRuns.class);
        lastRuns = table("last-runs", LastRun.class);
        patterns = table("patterns", PatternKnowledge.class);
        causes = table("known-causes", CauseRecord.class);
        incidents = table("incident-heads", Incident.class);
        breaches = table("breaches", Breach.class);
        runs = rows("runs", RunOfSuite.class);
        failuresOfRuns = rows("failures-of-runs", FailuresOfRun.class);
        affectedTests = rows("affected-tests", AffectedTest.class);
        testsOfIncidents = rows("tests-of-incidents", Named.class);
        suitesOfIncidents = rows("suites-of-incidents", HitSuite.class);
        openIncidents = rows("open-incidents", Named.class);
        openIncidentsOfSuites = rows("open-incidents-of-suites", Named.class);
        marks = new StoredMarks(environment, stores.untold());
        untold.restore(marks.read());
        if (EarlierState.moveTo(this, stores)) {
            commit();
        }
    }

    /** Writes what was put to the stores. */
    void commit() {
        pending.forEach(Pending::commit);
        marks.write(untold.marks());
    }

    /** Forgets what was put since the last commit. */
    void rollback() {
        pending.forEach(Pending::rollback);
        untold.restore(marks.written());
    }

    private <V> Table<V> table(String name, Class<V> type) {
        var codec = new StateCodec<>(type);
        return table(name, codec::write, codec::read);
    }

    private <V> Table<V> table(String name, Function<V, byte[]> write, Function<byte[], V> read) {
        var table = new StoredTable<>(environment, name, stores, write, read, DECODED);
        pending.add(table);
        return table;
    }

    private <V> Rows<V> rows(String name, Class<V> type) {
        var rows = new StoredRows<>(environment, name, stores, new StateCodec<>(type), DECODED);
        pending.add(rows);
        return rows;
    }

    @Override
    public String environment() {
        return environment;
    }

    @Override
    public Table<Progress> progress() {
        return progress;
    }

    @Override
    public Table<RulesInForce> rules() {
        return rules;
    }

    @Override
    public Table<Deployments> deployments() {
        return deployments;
    }

    @Override
    public Table<RecentChanges> recentChanges() {
        return recentChanges;
    }

    @Override
    public Table<PatternChange> changes() {
        return changes;
    }

    @Override
    public Table<RateLedger> ledgers() {
        return ledgers;
    }

    @Override
    public Table<SuiteRuns> suites() {
        return suites;
    }

    @Override
    public Table<LastRun> lastRuns() {
        return lastRuns;
    }

    @Override
    public Table<PatternKnowledge> patterns() {
        return patterns;
    }

    @Override
    public Table<CauseRecord> causes() {
        return causes;
    }

    @Override
    public Table<Incident> incidents() {
        return incidents;
    }

    @Override
    public Table<Breach> breaches() {
        return breaches;
    }

    @Override
    public Rows<RunOfSuite> runs() {
        return runs;
    }

    @Override
    public Rows<FailuresOfRun> failuresOfRuns() {
        return failuresOfRuns;
    }

    @Override
    public Rows<AffectedTest> affectedTests() {
        return affectedTests;
    }

    @Override
    public Rows<Named> testsOfIncidents() {
        return testsOfIncidents;
    }

    @Override
    public Rows<HitSuite> suitesOfIncidents() {
        return suitesOfIncidents;
    }

    @Override
    public Rows<Named> openIncidents() {
        return openIncidents;
    }

    @Override
    public Rows<Named> openIncidentsOfSuites() {
        return openIncidentsOfSuites;
    }

    @Override
    public Untold untold() {
        return untold;
    }
}
