package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.state.RowKeys;
import dev.tripline.analyzer.state.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows of one kind in a store that they share with others. */
final class StoredRows<V> implements Rows<V>, Pending {
    private final String prefix;
    private final String name;
    private final KeyValueStore<Bytes, byte[]> store;
    private final UnreadableState unreadable;
    private final Function<V, byte[]> write;
    private final Function<byte[], V> read;
    private final Map<Bytes, V> decoded;
    private final NavigableMap<Bytes, Optional<V>> changed = new TreeMap<>();
    private @Nullable String lastOwner;
    private byte[] lastOwnerKey = new byte[0];
    private @Nullable String lastKey;
    private @Nullable Bytes lastRow;

    /**
     * @param prefix what its owners are hashed with
     * @param name likewise
     * @param unreadable takes what cannot be read, which then is not there
     * @param mostDecoded rows that stay decoded
     */
    StoredRows(
            String prefix,
            String name,
            KeyValueStore<Bytes, byte[]> store,
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
    public @Nullable V get(String owner, String key) {
        Bytes at = key(owner, key);
        if (changed.containsKey(at)) {
            return changed.getOrDefault(at, Optional.empty()).orElse(null);
        }
        @Nullable V known = decoded.get(at);
        if (known != null) {
            return known;
        }
        byte[] bytes = store.get(at);
        if (bytes == null) {
            return null;
        }
        Optional<V> value = read(at, bytes);
        value.ifPresent(each -> decoded.put(at, each));
        return value.orElse(null);
    }

    /** Returns a row; empty if nobody can read it, in which case it is gone, so that it is not met again. */
    private Optional<V> read(Bytes key, byte[] bytes) {
        try {
            return Optional.of(read.apply(bytes));
        } catch (UnreadableStateException e) {
            String shown = prefix + ", " + name + ", row " + HexFormat.of().formatHex(key.get());
            unreadable.putAside(new UnreadableState.Entry(store.name(), key.get(), shown, bytes), e);
            store.delete(key);
            return Optional.empty();
        }
    }

    @Override
    public void put(String owner, String key, V value) {
        changed.put(key(owner, key), Optional.of(value));
    }

    @Override
    public void remove(String owner, String key) {
        changed.put(key(owner, key), Optional.empty());
    }

    @Override
    public List<V> of(String owner, int most) {
        byte[] of = ownerKey(owner);
        SortedMap<Bytes, Optional<V>> since = since(of);
        NavigableMap<Bytes, Optional<V>> rows = new TreeMap<>(since);
        Map<Bytes, byte[]> stored = new LinkedHashMap<>();
        long enough = (long) most + since.size();
        try (KeyValueIterator<Bytes, byte[]> scan = store.prefixScan(Bytes.wrap(of), new BytesSerializer())) {
            while (stored.size() < enough && scan.hasNext()) {
                KeyValue<Bytes, byte[]> row = scan.next();
                stored.put(row.key, row.value);
            }
        }
        stored.forEach((key, bytes) -> rows.computeIfAbsent(key, each -> read(each, bytes)));
        var values = new ArrayList<V>();
        for (Optional<V> value : rows.values()) {
            if (values.size() == most) {
                break;
            }
            value.ifPresent(values::add);
        }
        return values;
    }

    @Override
    public void commit() {
        changed.forEach((key, value) -> {
            if (value.isPresent()) {
                store.put(key, write.apply(value.get()));
                decoded.put(key, value.get());
            } else {
                store.delete(key);
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

    private SortedMap<Bytes, Optional<V>> since(byte[] prefix) {
        byte[] last = Arrays.copyOf(prefix, prefix.length * 2);
        Arrays.fill(last, prefix.length, last.length, (byte) 0xff);
        return changed.subMap(Bytes.wrap(prefix), true, Bytes.wrap(last), true);
    }

    /** The same row is asked for and put in turns, by many outcomes of a run. */
    private Bytes key(String owner, String key) {
        Bytes found = lastRow;
        if (found == null || !key.equals(lastKey) || !owner.equals(lastOwner)) {
            found = Bytes.wrap(RowKeys.of(ownerKey(owner), key));
            lastKey = key;
            lastRow = found;
        }
        return found;
    }

    private byte[] ownerKey(String owner) {
        if (!owner.equals(lastOwner)) {
            lastOwnerKey = RowKeys.owner(prefix, name, owner);
            lastOwner = owner;
            lastRow = null;
        }
        return lastOwnerKey;
    }
}
