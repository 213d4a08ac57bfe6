package dev.tripline.analyzer.state;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables and rows in memory, for analysis without Kafka. What they hold is for one thread. */
public final class MemoryTables implements Tables {
    private record MapTable<V>(Map<String, V> values) implements Table<V> {
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

    @Override
    public <V> Table<V> table(String name, Class<V> type) {
        return new MapTable<>(new HashMap<>());
    }

    @Override
    public <V> Rows<V> rows(String name, Class<V> type) {
        return new MapRows<>(new HashMap<>());
    }
}
