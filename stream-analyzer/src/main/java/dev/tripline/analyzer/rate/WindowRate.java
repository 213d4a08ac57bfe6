package dev.tripline.analyzer.rate;

import dev.tripline.analyzer.outcome.StatusCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rate of a scope over one window.
 *
 * @param startedAt begin of the oldest bucket, inclusive
 * @param flaky passes that needed a retry, part of the passed ones
 * @param patterns patterns of the failures, most frequent first
 * @param p50Millis median duration; empty without a measured one
 * @param p95Millis 95th percentile of the duration; empty without a measured one
 */
public record WindowRate(
        RateWindow window,
        Instant startedAt,
        StatusCounts counts,
        long flaky,
        List<PatternShare> patterns,
        OptionalDouble p50Millis,
        OptionalDouble p95Millis) {
    static WindowRate of(RateWindow window, Instant now, Tally tally) {
        return new WindowRate(
                window,
                window.startAt(now),
                tally.counts(),
                tally.flaky(),
                PatternShare.of(tally.patterns()),
                tally.durationQuantile(0.5),
                tally.durationQuantile(0.95));
    }

    /** 95 % interval of the rate; empty without a conclusive outcome. */
    public Optional<WilsonInterval> interval() {
        return counts.conclusive() == 0
                ? Optional.empty()
                : Optional.of(WilsonInterval.of(counts.passed(), counts.conclusive(), WilsonInterval.Z95));
    }
}
