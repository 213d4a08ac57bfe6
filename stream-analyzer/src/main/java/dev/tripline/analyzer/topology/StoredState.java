package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.state.Numbers;
import dev.tripline.analyzer.state.Rows;
import dev.tripline.analyzer.state.Table;
import dev.tripline.analyzer.state.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * State of one environment in its stores. What is put is kept aside until {@link #commit}, so that an input whose handling fails
 * leaves nothing behind; what was used last stays decoded. Not for several threads.
 */
final class StoredState extends EnvironmentState {
    /** Values of a kind that stay decoded. */
    private static final int DECODED = 64;

    private final List<Pending> pending;
    private final StoredMarks marks;

    StoredState(String environment, EnvironmentStores stores, LedgerBytes ledgerBytes) {
        this(environment, stores, new InStores(environment, stores, ledgerBytes));
    }

    private StoredState(String environment, EnvironmentStores stores, InStores tables) {
        super(environment, tables);
        pending = tables.pending();
        marks = new StoredMarks(environment, stores.untold());
        untold().restore(marks.read());
        if (EarlierState.moveTo(this, stores)) {
            commit();
        }
    }

    /** Writes what was put to the stores. */
    void commit() {
        pending.forEach(Pending::commit);
        marks.write(untold().marks());
    }

    /** Forgets what was put since the last commit. */
    void rollback() {
        pending.forEach(Pending::rollback);
        untold().restore(marks.written());
    }

    private record InStores(
            String environment, EnvironmentStores stores, LedgerBytes ledgerBytes, List<Pending> pending)
            implements Tables {
        InStores(String environment, EnvironmentStores stores, LedgerBytes ledgerBytes) {
            this(environment, stores, ledgerBytes, new ArrayList<>());
        }

        @Override
        @SuppressWarnings("unchecked") // V is RateLedger or Numbers where the type says so
        public <V> Table<V> table(String name, Class<V> type) {
            if (type == RateLedger.class) {
                return (Table<V>) table(name, ledgerBytes::write, ledgerBytes::read);
            }
            if (type == Numbers.class) {
                Function<Numbers, byte[]> write = SuiteCodecs::write;
                Function<byte[], Numbers> read = SuiteCodecs::numbers;
                return (Table<V>) table(name, write, read);
            }
            var codec = new StateCodec<>(type);
            return table(name, codec::write, codec::read);
        }

        private <V> Table<V> table(String name, Function<V, byte[]> write, Function<byte[], V> read) {
            var table = new StoredTable<>(environment, name, stores.heads(), stores.unreadable(), write, read, DECODED);
            pending.add(table);
            return table;
        }

        @Override
        public <V> Rows<V> rows(String name, Class<V> type) {
            var codec = new StateCodec<>(type);
            var rows = new StoredRows<>(
                    environment, name, stores.rows(), stores.unreadable(), codec::write, codec::read, DECODED);
            pending.add(rows);
            return rows;
        }
    }
}
