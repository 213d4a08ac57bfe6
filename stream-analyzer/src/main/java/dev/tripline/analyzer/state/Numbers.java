package dev.tripline.analyzer.state;

import java.util.Arrays;

/**
 * A set of numbers that mostly follow one another, kept as intervals: small when they do, exact when they do not. Mutable; not for
 * several threads.
 */
public final class Numbers {
    /** First and last number of each interval, ascending; intervals neither meet nor touch. */
    private long[] bounds;

    private int used;

    public Numbers() {
        this(new long[0]);
    }

    /**
     * Restores what {@link #bounds()} told.
     *
     * @throws IllegalArgumentException if the bounds are no intervals, ascending and apart
     */
    public Numbers(long[] bounds) {
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException("bounds: must be pairs, got " + bounds.length);
        }
        for (int i = 0; i < bounds.length; i++) {
            boolean isFirst = i % 2 == 0;
            if (i > 0 && (isFirst ? bounds[i] - 1 <= bounds[i - 1] : bounds[i] < bounds[i - 1])) {
                throw new IllegalArgumentException("bounds: must be intervals that are apart and ascend, got "
                        + bounds[i] + " after " + bounds[i - 1]);
            }
        }
        this.bounds = bounds.clone();
        this.used = bounds.length;
    }

    /** First and last number of each interval, ascending. */
    public long[] bounds() {
        return Arrays.copyOf(bounds, used);
    }

    public boolean isEmpty() {
        return used == 0;
    }

    /**
     * Returns the least number.
     *
     * @throws IllegalStateException if there is none
     */
    public long first() {
        if (used == 0) {
            throw new IllegalStateException("no number in the set");
        }
        return bounds[0];
    }

    /** Tells whether a number is in the set. */
    public boolean contains(long number) {
        int at = intervalFrom(number);
        return at < used && bounds[at] <= number;
    }

    /**
     * Adds a number.
     *
     * @param number more than {@link Long#MIN_VALUE} and less than {@link Long#MAX_VALUE}
     * @return false if it was there
     */
    public boolean add(long number) {
        int at = intervalFrom(number);
        if (at < used && bounds[at] <= number) {
            return false;
        }
        boolean followsOne = at > 0 && bounds[at - 1] == number - 1;
        boolean precedesOne = at < used && bounds[at] == number + 1;
        if (followsOne && precedesOne) {
            bounds[at - 1] = bounds[at + 1];
            System.arraycopy(bounds, at + 2, bounds, at, used - at - 2);
            used -= 2;
        } else if (followsOne) {
            bounds[at - 1] = number;
        } else if (precedesOne) {
            bounds[at] = number;
        } else {
            insert(at, number, number);
        }
        return true;
    }

    /** Removes a number, if it is there. */
    public void remove(long number) {
        int at = intervalFrom(number);
        if (at == used || bounds[at] > number) {
            return;
        }
        long last = bounds[at + 1];
        if (bounds[at] == number && last == number) {
            System.arraycopy(bounds, at + 2, bounds, at, used - at - 2);
            used -= 2;
        } else if (bounds[at] == number) {
            bounds[at] = number + 1;
        } else {
            bounds[at + 1] = number - 1;
            if (last > number) {
                insert(at + 2, number + 1, last);
            }
        }
    }

    /** Returns where the first interval begins that ends at the number or after it; {@link #used} if none does. */
    private int intervalFrom(long number) {
        if (used == 0 || number > bounds[used - 1]) {
            return used; // what comes next, mostly
        }
        int low = 0;
        int high = used / 2 - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    private void insert(int at, long first, long last) {
        if (used + 2 > bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(4, bounds.length + bounds.length / 2 & ~1));
        }
        System.arraycopy(bounds, at, bounds, at + 2, used - at);
        bounds[at] = first;
        bounds[at + 1] = last;
        used += 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers numbers && Arrays.equals(bounds(), numbers.bounds());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds());
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds());
    }
}
