package dev.tripline.analyzer.rate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tallies by the begin of their bucket, oldest first; most are added at the end and taken from the beginning. Not for several threads. */
final class Buckets {
    private static final long[] NO_STARTS = {};
    private static final Tally[] NO_TALLIES = {};

    private long[] starts = NO_STARTS;
    private @Nullable Tally[] tallies = NO_TALLIES;
    private int first;
    private int size;

    /** Number of buckets. */
    int size() {
        return size;
    }

    /** Returns the begin of the i-th bucket in milliseconds, from 0. */
    long start(int i) {
        return starts[first + i];
    }

    /** Returns what was counted in the i-th bucket. */
    Tally tally(int i) {
        Tally tally = tallies[first + i];
        if (tally == null) {
            throw new IndexOutOfBoundsException("bucket " + i + " of " + size);
        }
        return tally;
    }

    /** Adds to a bucket; if there is none, the tally becomes one, and is not to be changed by others. */
    void add(long start, Tally tally) {
        int at = size == 0 || start > starts[first + size - 1]
                ? -(first + size) - 1
                : Arrays.binarySearch(starts, first, first + size, start);
        if (at >= 0) {
            tally(at - first).add(tally);
        } else {
            insert(-at - 1, start, tally);
        }
    }

    /** Takes away the oldest bucket and returns what was counted in it. */
    Tally removeFirst() {
        Tally tally = tally(0);
        tallies[first] = null;
        first++;
        size--;
        return tally;
    }

    private void insert(int place, long start, Tally tally) {
        int at = place;
        if (first + size == starts.length) {
            at -= first;
            makeRoom();
        }
        System.arraycopy(starts, at, starts, at + 1, first + size - at);
        System.arraycopy(tallies, at, tallies, at + 1, first + size - at);
        starts[at] = start;
        tallies[at] = tally;
        size++;
    }

    /** Moves all to the beginning of arrays with room for more. */
    private void makeRoom() {
        int length = Math.max(4, size + size / 2);
        long[] moreStarts = new long[length];
        @Nullable Tally[] moreTallies = new Tally[length];
        System.arraycopy(starts, first, moreStarts, 0, size);
        System.arraycopy(tallies, first, moreTallies, 0, size);
        starts = moreStarts;
        tallies = moreTallies;
        first = 0;
    }
}
