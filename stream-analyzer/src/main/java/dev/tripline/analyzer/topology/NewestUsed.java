package dev.tripline.analyzer.topology;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the entries that were used last. */
final class NewestUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    NewestUsed(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
