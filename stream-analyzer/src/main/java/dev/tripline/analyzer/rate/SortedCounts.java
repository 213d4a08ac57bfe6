package dev.tripline.analyzer.rate;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How often each key was counted, in the order of the keys. Two arrays, because nearly all tallies hold one or two keys and there are
 * hundreds of them for each scope. Mutable; not for several threads.
 */
final class SortedCounts<K extends Comparable<K>> {
    private static final Object[] NO_KEYS = {};
    private static final long[] NO_COUNTS = {};

    private Object[] keys = NO_KEYS;
    private long[] counts = NO_COUNTS;
    private int size;

    SortedCounts() {}

    SortedCounts(SortedCounts<K> other) {
        if (other.size > 0) {
            keys = Arrays.copyOf(other.keys, other.size);
            counts = Arrays.copyOf(other.counts, other.size);
            size = other.size;
        }
    }

    /** Number of different keys. */
    int size() {
        return size;
    }

    /** Returns the i-th key, from 0. */
    @SuppressWarnings("unchecked")
    K key(int i) {
        return (K) keys[i];
    }

    /** Returns how often the i-th key was counted; 1 or more. */
    long count(int i) {
        return counts[i];
    }

    boolean has(K key) {
        return find(key) >= 0;
    }

    void add(K key, long times) {
        int at = find(key);
        if (at >= 0) {
            counts[at] += times;
        } else {
            insert(-at - 1, key, times);
        }
    }

    void add(SortedCounts<K> other) {
        for (int i = 0; i < other.size; i++) {
            add(other.key(i), other.counts[i]);
        }
    }

    /** Takes away what another one counted, all of which was added before. */
    void subtract(SortedCounts<K> other) {
        boolean isAnyGone = false;
        for (int i = 0; i < other.size; i++) {
            int at = find(other.key(i));
            if (at >= 0) {
                counts[at] -= other.counts[i];
                isAnyGone |= counts[at] <= 0;
            }
        }
        if (isAnyGone) {
            removeThoseThatAreGone();
        }
    }

    private void removeThoseThatAreGone() {
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > 0) {
                keys[left] = keys[i];
                counts[left] = counts[i];
                left++;
            }
        }
        Arrays.fill(keys, left, size, null);
        size = left;
    }

    private void insert(int at, K key, long times) {
        if (size == keys.length) {
            int length = size < 2 ? size + 1 : size + size / 2;
            keys = Arrays.copyOf(keys, length);
            counts = Arrays.copyOf(counts, length);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        keys[at] = key;
        counts[at] = times;
        size++;
    }

    /** Returns the place of a key; if it is not there, minus one less the place where it belongs. */
    private int find(K key) {
        return size == 0 ? -1 : Arrays.binarySearch(keys, 0, size, key, ORDER);
    }

    @SuppressWarnings("unchecked")
    private static final Comparator<Object> ORDER = (a, b) -> ((Comparable<Object>) a).compareTo(b);
}
