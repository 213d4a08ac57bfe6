package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.state.Table;
import dev.tripline.events.Keys;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Values of one kind in a store that it shares with others. */
final class StoredTable<V> implements Table<V>, Pending {
    private final String prefix;
    private final String name;
    private final KeyValueStore<String, byte[]> store;
    private final UnreadableState unreadable;
    private final Function<V, byte[]> write;
    private final Function<byte[], V> read;
    private final Map<String, V> decoded;
    private final Map<String, Optional<V>> changed = new LinkedHashMap<>();

    /**
     * @param prefix what its keys in the store begin with
     * @param name what follows
     * @param unreadable takes what cannot be read, which then is not there
     * @param mostDecoded values that stay decoded
     */
    StoredTable(
            String prefix,
            String name,
            KeyValueStore<String, byte[]> store,
            UnreadableState unreadable,
            Function<V, byte[]> write,
            Function<byte[], V> read,
            int mostDecoded) {
        this.prefix = prefix;
        this.name = name;
        this.store = store;
        this.unreadable = unreadable;
        this.write = write;
        this.read = read;
        this.decoded = new NewestUsed<>(mostDecoded);
    }

    @Override
    public @Nullable V get(String key) {
        if (changed.containsKey(key)) {
            return changed.getOrDefault(key, Optional.empty()).orElse(null);
        }
        @Nullable V known = decoded.get(key);
        if (known != null) {
            return known;
        }
        byte[] bytes = store.get(storeKey(key));
        if (bytes == null) {
            return null;
        }
        try {
            V value = read.apply(bytes);
            decoded.put(key, value);
            return value;
        } catch (UnreadableStateException e) {
            // At once, whatever becomes of the input: it must not be met again with each one.
            byte[] stored = storeKey(key).getBytes(StandardCharsets.UTF_8);
            unreadable.putAside(new UnreadableState.Entry(store.name(), stored, storeKey(key), bytes), e);
            store.delete(storeKey(key));
            return null;
        }
    }

    @Override
    public void put(String key, V value) {
        changed.put(key, Optional.of(value));
    }

    @Override
    public void remove(String key) {
        changed.put(key, Optional.empty());
    }

    @Override
    public void commit() {
        changed.forEach((key, value) -> {
            if (value.isPresent()) {
                store.put(storeKey(key), write.apply(value.get()));
                decoded.put(key, value.get());
            } else {
                store.delete(storeKey(key));
                decoded.remove(key);
            }
        });
        changed.clear();
    }

    @Override
    public void rollback() {
        changed.clear();
        decoded.clear(); // some are changed in place
    }

    private String storeKey(String key) {
        return Keys.of(prefix, name, key);
    }
}
