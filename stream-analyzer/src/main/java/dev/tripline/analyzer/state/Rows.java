package dev.tripline.analyzer.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small values of one kind that belong to an owner, any number to each; neither owner nor key can be read from a row. */
public interface Rows<V> {
    /** Returns a row; null if there is none. */
    @Nullable
    V get(String owner, String key);

    /** Keeps a row, replacing the one before. */
    void put(String owner, String key, V value);

    /** Forgets a row. */
    void remove(String owner, String key);

    /**
     * Returns the rows of an owner, in an order that depends on nothing but their keys.
     *
     * @param most rows that are returned at most
     */
    List<V> of(String owner, int most);
}
