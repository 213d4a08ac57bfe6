package dev.tripline.analyzer.rate;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The windows of every scope, shortest first, and the resolution at which outcomes of each age are kept.
 *
 * @param windows at least one; labels and spans differ
 */
public record RateWindows(List<RateWindow> windows) {
    /** 15 minutes, an hour, a day and a week. */
    public static final RateWindows STANDARD = new RateWindows(List.of(
            new RateWindow("15m", Duration.ofMinutes(15)),
            new RateWindow("1h", Duration.ofHours(1)),
            new RateWindow("24h", Duration.ofHours(24)),
            new RateWindow("7d", Duration.ofDays(7))));

    public RateWindows {
        windows =
                windows.stream().sorted(Comparator.comparing(RateWindow::span)).toList();
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows: at least one is needed");
        }
        var labels = new HashSet<String>();
        var spans = new HashSet<Duration>();
        for (RateWindow window : windows) {
            if (!labels.add(window.label()) || !spans.add(window.span())) {
                throw new IllegalArgumentException("windows: label and span must be unique, got " + window);
            }
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
        long resolution = windows.get(index).bucketMillis();
        for (int longer = index + 1; longer < windows.size(); longer++) {
            resolution = greatestCommonDivisor(resolution, windows.get(longer).bucketMillis());
        }
        return resolution;
    }

    /** Length in milliseconds of the finest buckets. */
    public long finestMillis() {
        return resolutionMillis(0);
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
