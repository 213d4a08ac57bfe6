package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.environment.IncidentIds;
import dev.tripline.analyzer.environment.LastRun;
import dev.tripline.analyzer.environment.Summary;
import dev.tripline.analyzer.environment.Table;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.SuiteHistory;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.events.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * State of an environment in one store, for the handling of one input. What is put is kept aside until {@link #commit}, so
 * that an input whose handling fails leaves nothing behind.
 */
final class StoredState implements EnvironmentState {
    private final class StoredTable<V> implements Table<V> {
        private final String name;
        private final Function<V, byte[]> write;
        private final Function<byte[], V> read;
        private final Map<String, V> known = new LinkedHashMap<>();
        private final Map<String, V> changed = new LinkedHashMap<>();

        StoredTable(String name, Function<V, byte[]> write, Function<byte[], V> read) {
            this.name = name;
            this.write = write;
            this.read = read;
            tables.add(this);
        }

        @Override
        public @Nullable V get(String key) {
            @Nullable V cached = known.get(key);
            if (cached != null) {
                return cached;
            }
            byte[] bytes = store.get(storeKey(key));
            if (bytes == null) {
                return null;
            }
            V value;
            try {
                value = read.apply(bytes);
            } catch (UnreadableStateException e) {
                // At once, whatever becomes of the input: it must not be met again with each one.
                byte[] stored = storeKey(key).getBytes(StandardCharsets.UTF_8);
                unreadable.putAside(new UnreadableState.Entry(store.name(), stored, storeKey(key), bytes), e);
                store.delete(storeKey(key));
                return null;
            }
            known.put(key, value);
            return value;
        }

        @Override
        public void put(String key, V value) {
            known.put(key, value);
            changed.put(key, value);
        }

        void commit() {
            changed.forEach((key, value) -> store.put(storeKey(key), write.apply(value)));
            changed.clear();
        }

        private String storeKey(String key) {
            return Keys.of(environment, name, key);
        }
    }

    private final String environment;
    private final KeyValueStore<String, byte[]> store;
    private final UnreadableState unreadable;
    private final List<StoredTable<?>> tables = new ArrayList<>();
    private final Table<Summary> summaries;
    private final Table<RateLedger> ledgers;
    private final Table<SuiteHistory> histories;
    private final Table<LastRun> lastRuns;
    private final Table<PatternKnowledge> patterns;
    private final Table<PatternChange> changes;
    private final Table<CauseRecord> causes;
    private final Table<Incident> incidents;
    private final Table<IncidentIds> incidentsOfSuite;
    private final Table<Breach> breaches;

    /** @param unreadable takes what of the store cannot be read, which then is not there */
    StoredState(
            String environment,
            KeyValueStore<String, byte[]> store,
            LedgerBytes ledgerBytes,
            UnreadableState unreadable) {
        this.unreadable = unreadable;
        this.environment = environment;
        this.store = store;
        summaries = table("summary", Summary.class);
        ledgers = new StoredTable<>("rates", ledgerBytes::write, ledgerBytes::read);
        histories = table("histories", SuiteHistory.class);
        lastRuns = table("last-runs", LastRun.class);
        patterns = table("patterns", PatternKnowledge.class);
        changes = table("changes", PatternChange.class);
        causes = table("causes", CauseRecord.class);
        incidents = table("incidents", Incident.class);
        incidentsOfSuite = table("incidents-of-suite", IncidentIds.class);
        breaches = table("breaches", Breach.class);
    }

    /** Writes what was put to the store. */
    void commit() {
        tables.forEach(StoredTable::commit);
    }

    private <V> Table<V> table(String name, Class<V> type) {
        var codec = new StateCodec<>(type);
        return new StoredTable<>(name, codec::write, codec::read);
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
