package dev.tripline.analyzer.rate;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The windows of every scope, shortest first, and the resolution at which outcomes of each age are kept.
 */
public final class RateWindows {
    /** 15 minutes, an hour, a day and a week. */
    public static final RateWindows STANDARD = new RateWindows(List.of(
            new RateWindow("15m", Duration.ofMinutes(15)),
            new RateWindow("1h", Duration.ofHours(1)),
            new RateWindow("24h", Duration.ofHours(24)),
            new RateWindow("7d", Duration.ofDays(7))));

    private final List<RateWindow> windows;
    private final long[] resolutions;

    /** @param given at least one; labels differ, and each is at least 60/59 as long as the one before */
    public RateWindows(List<RateWindow> given) {
        windows = given.stream().sorted(Comparator.comparing(RateWindow::span)).toList();
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows: at least one is needed");
        }
        var labels = new HashSet<String>();
        for (RateWindow window : windows) {
            if (!labels.add(window.label())) {
                throw new IllegalArgumentException("windows: labels must be unique, got " + window.label() + " again");
            }
        }
        for (int i = 1; i < windows.size(); i++) {
            RateWindow shorter = windows.get(i - 1);
            RateWindow longer = windows.get(i);
            // A window begins up to one of its buckets late, and must still begin before every shorter one.
            if (longer.bucketMillis() * (RateWindow.BUCKETS - 1)
                    < shorter.span().toMillis()) {
                throw new IllegalArgumentException(
                        "windows: each must be at least 60/59 as long as the one before, got " + shorter.span()
                                + " and " + longer.span());
            }
        }
        resolutions = new long[windows.size()];
        for (int i = windows.size() - 1; i >= 0; i--) {
            long bucket = windows.get(i).bucketMillis();
            resolutions[i] = i == windows.size() - 1 ? bucket : greatestCommonDivisor(bucket, resolutions[i + 1]);
        }
    }

    /** Number of windows. */
    public int count() {
        return windows.size();
    }

    /** Returns one window; 0 is the shortest. */
    public RateWindow get(int index) {
        return windows.get(index);
    }

    /**
     * Returns the length in milliseconds at which outcomes are kept that no shorter window needs any more: the greatest
     * length that divides the buckets of this window and of every longer one. So resolutions nest, and merging fine
     * buckets into coarse ones loses nothing that a window asks for.
     */
    public long resolutionMillis(int index) {
        return resolutions[index];
    }

    /** Returns all resolutions; a copy. */
    long[] resolutionsMillis() {
        return resolutions.clone();
    }

    /** Length in milliseconds of the finest buckets. */
    public long finestMillis() {
        return resolutionMillis(0);
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
