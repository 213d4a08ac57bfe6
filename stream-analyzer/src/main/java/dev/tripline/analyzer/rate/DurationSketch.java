package dev.tripline.analyzer.rate;

import java.util.OptionalDouble;

/**
 * Durations in logarithmic buckets, so that a quantile is within 5 % whatever the durations are.
 *
 * <p>Bucket {@code i} holds durations in ({@value #BASE}^(i-1), {@value #BASE}^i] milliseconds and stands for
 * {@code 2·BASE^i / (BASE + 1)}, which is at most (BASE − 1) / (BASE + 1) = 4.8 % away from any of them. Bucket 0 holds all
 * up to 1 ms.
 *
 * @see <a href="https://doi.org/10.14778/3352063.3352135">Masson, Rim, Lee: DDSketch (2019), section 2.1</a>
 */
public final class DurationSketch {
    static final double BASE = 1.1;

    private static final double LOG_BASE = Math.log(BASE);

    private DurationSketch() {}

    /**
     * Returns the bucket of a duration.
     *
     * @param millis 0 or more
     */
    public static int bucketOf(long millis) {
        return millis <= 1 ? 0 : (int) Math.ceil(Math.log((double) millis) / LOG_BASE - 1e-9);
    }

    /**
     * Returns a quantile in milliseconds; empty without durations.
     *
     * @param counts number of durations by bucket, each 1 or more
     * @param q 0 to 1; 0.5 for the median
     */
    static OptionalDouble quantile(SortedCounts<Integer> counts, double q) {
        long total = 0;
        for (int i = 0; i < counts.size(); i++) {
            total += counts.count(i);
        }
        if (total == 0) {
            return OptionalDouble.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(q * total));
        long seen = 0;
        for (int i = 0; i < counts.size(); i++) {
            seen += counts.count(i);
            if (seen >= rank) {
                return OptionalDouble.of(valueOf(counts.key(i)));
            }
        }
        throw new IllegalStateException("rank " + rank + " is beyond the total " + total);
    }

    private static double valueOf(int bucket) {
        return bucket == 0 ? 1 : 2 * Math.pow(BASE, bucket) / (BASE + 1);
    }
}
