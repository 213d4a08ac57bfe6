package dev.tripline.analyzer.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.series.CountedRuns.Interval;
import dev.tripline.analyzer.series.CountedRuns.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CountedRunsTest {
    private static final Duration HORIZON = Duration.ofDays(2);
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");

    @Test
    void countsEachOutcomeOnceWhateverOrderTheyComeIn() {
        for (long seed = 0; seed < 200; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var counted = new CountedRuns(HORIZON);
            var seen = new HashSet<String>();
            Instant newest = Instant.MIN;

            for (int i = 0; i < 400; i++) {
                // When
                String source = "s" + random.nextInt(3);
                long run = random.nextLong(120);
                int attempt = 1 + random.nextInt(2);
                // One run ends at one time, in every repeat of it.
                Instant endedAt = T0.plus(Duration.ofHours(run)).plusSeconds(source.charAt(1) * 7L + attempt);
                Verdict verdict = counted.count(source, run, attempt, endedAt);

                // Then
                boolean isLate = !newest.equals(Instant.MIN) && endedAt.isBefore(newest.minus(HORIZON));
                Verdict expected = isLate
                        ? Verdict.LATE
                        : seen.add(source + "/" + run + "/" + attempt) ? Verdict.COUNTED : Verdict.REPEATED;
                assertThat(verdict).as("seed %d, outcome %d", seed, i).isEqualTo(expected);
                if (expected == Verdict.COUNTED && endedAt.isAfter(newest)) {
                    newest = endedAt;
                }
                if (random.nextInt(25) == 0) {
                    counted = new CountedRuns(HORIZON, counted.newest(), counted.sources());
                }
            }
        }
    }

    @Test
    void runsInOrderTakeOneInterval() {
        // Given
        var counted = new CountedRuns(HORIZON);

        // When
        for (long run = 0; run < 1_000; run++) {
            counted.count("agent", run, 1, T0.plusSeconds(run));
        }

        // Then
        assertThat(counted.sources().get("agent")).containsExactly(new Interval(0, 999, T0.plusSeconds(999)));
    }

    /** Probes that share a counter give each test every third run, so that no two follow one another. */
    @Test
    void whatIsOlderThanTheHorizonGoesThoughTheSourceGoesOn() {
        // Given
        var counted = new CountedRuns(HORIZON);
        int most = 0;

        // When
        for (long minute = 0; minute < 60 * 24 * 60; minute++) {
            counted.count("agent", 3 * minute, 1, T0.plus(Duration.ofMinutes(minute)));
            counted.count("report:" + minute, 1, 1, T0.plus(Duration.ofMinutes(minute)));
            most = Math.max(
                    most, minute % 100 == 0 ? counted.sources().get("agent").size() : 0);
        }

        // Then
        int horizon = Math.toIntExact(HORIZON.toMinutes());
        assertThat(most).isBetween(horizon, horizon + 61);
        assertThat(counted.sources()).hasSizeBetween(horizon, horizon + 62);
    }
}
