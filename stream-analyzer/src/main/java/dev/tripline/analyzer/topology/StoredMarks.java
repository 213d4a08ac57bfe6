package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.Untold.Kind;
import dev.tripline.analyzer.environment.Untold.Mark;
import dev.tripline.events.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What an environment has not told yet, in a store: a flush may end in another transaction than it began in. */
final class StoredMarks {
    private final String environment;
    private final KeyValueStore<String, byte[]> store;
    private final Map<Mark, Long> written = new LinkedHashMap<>();
    private long next;

    StoredMarks(String environment, KeyValueStore<String, byte[]> store) {
        this.environment = environment;
        this.store = store;
    }

    /** Returns what is in the store, in the order in which it was noted. */
    List<Mark> read() {
        var byNumber = new TreeMap<Long, Mark>();
        String first = Keys.of(environment, "");
        try (KeyValueIterator<String, byte[]> all = store.range(first, Keys.of(environment, "\uffff"))) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> each = all.next();
                List<String> parts = Keys.parts(each.key);
                byNumber.put(ByteBuffer.wrap(each.value).getLong(), new Mark(Kind.valueOf(parts.get(1)), parts.get(2)));
            }
        }
        byNumber.forEach((number, mark) -> written.put(mark, number));
        next = byNumber.isEmpty() ? 0 : byNumber.lastKey() + 1;
        return written();
    }

    /** Returns what was written last. */
    List<Mark> written() {
        return List.copyOf(written.keySet());
    }

    /** Writes what is not told, and deletes the rest. */
    void write(List<Mark> untold) {
        if (untold.isEmpty() && written.isEmpty()) {
            return;
        }
        Set<Mark> left = new HashSet<>(untold);
        for (Mark told : new ArrayList<>(written.keySet())) {
            if (!left.contains(told)) {
                store.delete(key(told));
                written.remove(told);
            }
        }
        for (Mark mark : untold) {
            if (!written.containsKey(mark)) {
                store.put(
                        key(mark), ByteBuffer.allocate(Long.BYTES).putLong(next).array());
                written.put(mark, next);
                next++;
            }
        }
    }

    private String key(Mark mark) {
        return Keys.of(environment, mark.kind().name(), mark.name());
    }
}
