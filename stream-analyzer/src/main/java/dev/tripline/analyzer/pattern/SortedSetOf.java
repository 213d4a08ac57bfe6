package dev.tripline.analyzer.pattern;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Small sorted sets with a bound. */
final class SortedSetOf {
    private SortedSetOf() {}

    static <T extends Comparable<T>> SortedSet<T> one(T element) {
        return new TreeSet<>(List.of(element));
    }

    /** Returns a set with one more element, or the same one if it is full. */
    static <T extends Comparable<T>> SortedSet<T> with(SortedSet<T> set, T element, int bound) {
        if (set.contains(element) || set.size() >= bound) {
            return set;
        }
        var more = new TreeSet<T>(set);
        more.add(element);
        return more;
    }
}
