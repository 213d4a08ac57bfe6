package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.series.CountedRun;
import dev.tripline.analyzer.series.Filed;
import dev.tripline.analyzer.series.SettledRuns;
import dev.tripline.analyzer.series.Suite;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.analyzer.state.Numbers;
import dev.tripline.analyzer.state.Rows;
import dev.tripline.analyzer.state.Table;
import dev.tripline.analyzer.state.Tables;
import dev.tripline.events.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the suites of a task remember of their runs, in its stores. What is put is kept aside until {@link #commit}, once a flush:
 * hundreds of outcomes of a run change one row. Not for several threads.
 */
final class StoredSuites extends SuiteTables {
    /** Values of a kind that stay decoded. */
    private static final int DECODED = 1024;

    /** All environments share a task. */
    private static final String PREFIX = "";

    private final KeyValueStore<String, byte[]> heads;
    private final List<Pending> pending;

    StoredSuites(KeyValueStore<String, byte[]> heads, KeyValueStore<Bytes, byte[]> rows, UnreadableState unreadable) {
        this(new InStores(heads, rows, unreadable, new ArrayList<>()));
    }

    private StoredSuites(InStores tables) {
        super(tables);
        heads = tables.heads();
        pending = tables.pending();
    }

    /** Hands out all suites with runs that are waited for, as they were written. */
    void forEachOpen(BiConsumer<String, String> each) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = heads.all()) {
            while (all.hasNext()) {
                List<String> parts = Keys.parts(all.next().key);
                if (parts.size() == 3) {
                    keys.add(parts.get(2));
                }
            }
        }
        keys.forEach(key -> forOpen(key, each));
    }

    /** Writes what was put to the stores. */
    void commit() {
        pending.forEach(Pending::commit);
    }

    private record InStores(
            KeyValueStore<String, byte[]> heads,
            KeyValueStore<Bytes, byte[]> rows,
            UnreadableState unreadable,
            List<Pending> pending)
            implements Tables {
        /** How values of a type are written and read. */
        private record Codec<V>(Function<V, byte[]> write, Function<byte[], V> read) {}

        private static final Map<Class<?>, Codec<?>> CODECS = Map.of(
                Suite.class, new Codec<Suite>(SuiteCodecs::write, SuiteCodecs::suite),
                CountedRun.class, new Codec<CountedRun>(SuiteCodecs::write, SuiteCodecs::run),
                Numbers.class, new Codec<Numbers>(SuiteCodecs::write, SuiteCodecs::numbers),
                SettledRuns.class, new Codec<SettledRuns>(SuiteCodecs::write, SuiteCodecs::settled),
                Filed.class, new Codec<Filed>(SuiteCodecs::write, SuiteCodecs::filed));

        @SuppressWarnings("unchecked") // each stands under its own type
        private static <V> Codec<V> codec(Class<V> type) {
            Codec<?> codec = CODECS.get(type);
            if (codec == null) {
                throw new IllegalArgumentException("nothing writes " + type);
            }
            return (Codec<V>) codec;
        }

        @Override
        public <V> Table<V> table(String name, Class<V> type) {
            Codec<V> codec = codec(type);
            var table = new StoredTable<>(PREFIX, name, heads, unreadable, codec.write(), codec.read(), DECODED);
            pending.add(table);
            return table;
        }

        @Override
        public <V> Rows<V> rows(String name, Class<V> type) {
            Codec<V> codec = codec(type);
            var table = new StoredRows<>(PREFIX, name, rows, unreadable, codec.write(), codec.read(), DECODED);
            pending.add(table);
            return table;
        }
    }
}
