package dev.tripline.analyzer.state;

import org.jspecify.annotations.Nullable;

/** Values of one kind that an environment keeps by key. */
public interface Table<V> {
    /** Returns the value of a key; null if there is none. */
    @Nullable
    V get(String key);

    /** Keeps a value, replacing the one before. */
    void put(String key, V value);

    /** Forgets the value of a key. */
    void remove(String key);
}
