package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.SuiteHistory;
import dev.tripline.analyzer.rate.RateLedger;
import java.util.HashMap;
import java.util.Map;
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
    }

    private final String environment;
    private final Table<Summary> summaries = new MapTable<>();
    private final Table<RateLedger> ledgers = new MapTable<>();
    private final Table<SuiteHistory> histories = new MapTable<>();
    private final Table<LastRun> lastRuns = new MapTable<>();
    private final Table<PatternKnowledge> patterns = new MapTable<>();
    private final Table<PatternChange> changes = new MapTable<>();
    private final Table<CauseRecord> causes = new MapTable<>();
    private final Table<Incident> incidents = new MapTable<>();
    private final Table<IncidentIds> incidentsOfSuite = new MapTable<>();
    private final Table<Breach> breaches = new MapTable<>();

    public MemoryState(String environment) {
        this.environment = environment;
    }

    @Override
    public String environment() {
        return environment;
    }

    @Override
    public Table<Summary> summaries() {
        return summaries;
    }

    @Override
    public Table<RateLedger> ledgers() {
        return ledgers;
    }

    @Override
    public Table<SuiteHistory> histories() {
        return histories;
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
    public Table<PatternChange> changes() {
        return changes;
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
    public Table<IncidentIds> incidentsOfSuite() {
        return incidentsOfSuite;
    }

    @Override
    public Table<Breach> breaches() {
        return breaches;
    }
}
