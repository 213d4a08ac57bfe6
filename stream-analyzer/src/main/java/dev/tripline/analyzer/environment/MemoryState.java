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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State of an environment in memory, for analysis without Kafka. Not for several threads. */
public final class MemoryState implements EnvironmentState {
    private record MapTable<V>(Map<String, V> values) implements Table<V> {
        MapTable() {
            this(new HashMap<>());
        }

        @Override
        public @Nullable V get(String key) {
            return values.get(key);
        }

        @Override
        public void put(String key, V value) {
            values.put(key, value);
        }

        @Override
        public void remove(String key) {
            values.remove(key);
        }
    }

    /** Rows by owner, those of one in the order they have in a store. */
    private record MapRows<V>(Map<String, SortedMap<String, V>> byOwner) implements Rows<V> {
        MapRows() {
            this(new HashMap<>());
        }

        @Override
        public @Nullable V get(String owner, String key) {
            @Nullable SortedMap<String, V> rows = byOwner.get(owner);
            return rows == null ? null : rows.get(rowOf(key));
        }

        @Override
        public void put(String owner, String key, V value) {
            byOwner.computeIfAbsent(owner, each -> new TreeMap<>()).put(rowOf(key), value);
        }

        @Override
        public void remove(String owner, String key) {
            byOwner.computeIfPresent(owner, (each, rows) -> {
                rows.remove(rowOf(key));
                return rows.isEmpty() ? null : rows;
            });
        }

        @Override
        public List<V> of(String owner, int most) {
            @Nullable SortedMap<String, V> rows = byOwner.get(owner);
            return rows == null ? List.of() : rows.values().stream().limit(most).toList();
        }

        private static String rowOf(String key) {
            return HexFormat.of().formatHex(RowKeys.row(key));
        }
    }

    private final String environment;
    private final Table<Progress> progress = new MapTable<>();
    private final Table<RulesInForce> rules = new MapTable<>();
    private final Table<Deployments> deployments = new MapTable<>();
    private final Table<RecentChanges> recentChanges = new MapTable<>();
    private final Table<PatternChange> changes = new MapTable<>();
    private final Table<RateLedger> ledgers = new MapTable<>();
    private final Table<SuiteRuns> suites = new MapTable<>();
    private final Table<LastRun> lastRuns = new MapTable<>();
    private final Table<PatternKnowledge> patterns = new MapTable<>();
    private final Table<CauseRecord> causes = new MapTable<>();
    private final Table<Incident> incidents = new MapTable<>();
    private final Table<Breach> breaches = new MapTable<>();
    private final Rows<RunOfSuite> runs = new MapRows<>();
    private final Rows<FailuresOfRun> failuresOfRuns = new MapRows<>();
    private final Rows<AffectedTest> affectedTests = new MapRows<>();
    private final Rows<Named> testsOfIncidents = new MapRows<>();
    private final Rows<HitSuite> suitesOfIncidents = new MapRows<>();
    private final Rows<Named> openIncidents = new MapRows<>();
    private final Rows<Named> openIncidentsOfSuites = new MapRows<>();
    private final Untold untold = new Untold();

    public MemoryState(String environment) {
        this.environment = environment;
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
