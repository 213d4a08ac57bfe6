package dev.tripline.analyzer.rate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts of one scope for all windows at once.
 *
 * <p>Outcomes are kept in sparse buckets, at a level by their age: level {@code i} holds what window {@code i} still
 * covers and no shorter one does, at {@link RateWindows#resolutionMillis}. As event time moves on, buckets that leave
 * window {@code i} are merged into the coarser ones of level {@code i + 1}; what leaves the longest window is dropped. A
 * bucket moves once per level, so counting costs amortised constant time, and a scope holds at most about 60 buckets for
 * each window. A window's counts are the sum of its own level and all finer ones: exact, because resolutions divide the
 * buckets of every longer window. What each level holds is summed as it comes and goes, never from its buckets. At most
 * {@value #PATTERNS} patterns are told apart at a time, by which came first; further ones count as
 * {@link Tally#OTHER_PATTERNS} until some have left the longest window. Mutable; not for several threads.
 */
public final class RateLedger {
    /** Patterns that are told apart. */
    public static final int PATTERNS = 256;

    private final RateWindows windows;
    private final List<Buckets> levels = new ArrayList<>();
    private final List<Tally> sums = new ArrayList<>();
    private final long[] resolutions;
    private long newestMillis;

    /** Makes an empty ledger; its time begins with the first outcome. */
    public RateLedger(RateWindows windows) {
        this(windows, Long.MIN_VALUE);
    }

    RateLedger(RateWindows windows, long newestMillis) {
        this.windows = windows;
        this.newestMillis = newestMillis;
        this.resolutions = windows.resolutionsMillis();
        for (int level = 0; level < windows.count(); level++) {
            levels.add(new Buckets());
            sums.add(new Tally());
        }
    }

    /**
     * Adds outcomes that ended within one finest bucket, moving time on if they are newer than all before.
     *
     * @param endedAt end of the newest of them
     * @return whether any window still covers them
     */
    public boolean add(Instant endedAt, Tally tally) {
        advanceTo(endedAt);
        long at = endedAt.toEpochMilli();
        for (int level = 0; level < windows.count(); level++) {
            if (at >= windows.get(level).startMillis(newestMillis)) {
                addTo(level, at, withFewPatterns(tally));
                return true;
            }
        }
        return false;
    }

    /** Puts back a bucket that was read from a store, at the level of its age. */
    void restore(long startMillis, Tally tally) {
        for (int level = 0; level < windows.count(); level++) {
            if (startMillis >= windows.get(level).startMillis(newestMillis)) {
                addTo(level, startMillis, tally);
                return;
            }
        }
    }

    /** Moves time on to a moment; an earlier one changes nothing. */
    public void advanceTo(Instant now) {
        if (now.toEpochMilli() <= newestMillis) {
            return;
        }
        newestMillis = now.toEpochMilli();
        for (int level = 0; level < windows.count(); level++) {
            Buckets buckets = levels.get(level);
            long start = windows.get(level).startMillis(newestMillis);
            while (buckets.size() > 0 && buckets.start(0) < start) {
                long leavingStart = buckets.start(0);
                Tally leaving = buckets.removeFirst();
                sums.get(level).subtract(leaving);
                if (level + 1 < windows.count()) {
                    addTo(level + 1, leavingStart, leaving);
                }
            }
        }
    }

    /** Returns the newest event time; meaningless before the first outcome. */
    public Instant now() {
        return Instant.ofEpochMilli(newestMillis);
    }

    /** Returns when the rate over some window changes next if no outcome comes; {@link Long#MAX_VALUE} if none does. */
    public long nextChangeMillis() {
        long next = Long.MAX_VALUE;
        for (int level = 0; level < windows.count(); level++) {
            Buckets buckets = levels.get(level);
            if (buckets.size() > 0) {
                next = Math.min(next, windows.get(level).endMillis(buckets.start(0)));
            }
        }
        return next;
    }

    /** Tells whether nothing was counted yet, or all of it has left the longest window. */
    public boolean isEmpty() {
        return levels.stream().allMatch(buckets -> buckets.size() == 0);
    }

    /** Returns the rate over each window up to {@link #now()}, shortest first. */
    public List<WindowRate> rates() {
        var rates = new ArrayList<WindowRate>();
        var sum = new Tally();
        for (int level = 0; level < windows.count(); level++) {
            sum.add(sums.get(level));
            rates.add(WindowRate.of(windows.get(level), now(), sum));
        }
        return List.copyOf(rates);
    }

    long newestMillis() {
        return newestMillis;
    }

    /** Buckets of one level. */
    Buckets level(int level) {
        return levels.get(level);
    }

    /** Number of buckets of all levels. */
    public int size() {
        return levels.stream().mapToInt(Buckets::size).sum();
    }

    private Tally withFewPatterns(Tally tally) {
        if (areKnown(tally.patternCounts())) {
            return tally.copy();
        }
        Set<String> known = new HashSet<>();
        sums.forEach(sum -> known.addAll(sum.patterns().keySet()));
        known.remove(Tally.OTHER_PATTERNS);
        return tally.withPatterns(
                pattern -> known.contains(pattern) || (known.size() < PATTERNS && known.add(pattern)));
    }

    private boolean areKnown(SortedCounts<String> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.key(i);
            if (sums.stream().noneMatch(sum -> sum.patternCounts().has(pattern))) {
                return false;
            }
        }
        return true;
    }

    /** The tally may become a bucket, so it is not to be changed by others. */
    private void addTo(int level, long atMillis, Tally tally) {
        long resolution = resolutions[level];
        sums.get(level).add(tally);
        levels.get(level).add(Math.floorDiv(atMillis, resolution) * resolution, tally);
    }
}
