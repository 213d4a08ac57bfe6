package dev.tripline.analyzer.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.StatusCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLedgerTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");

    private static final RateWindows UNEVEN = new RateWindows(List.of(
            new RateWindow("15m", Duration.ofMinutes(15)),
            new RateWindow("40m", Duration.ofMinutes(40)),
            new RateWindow("7d", Duration.ofDays(7)),
            new RateWindow("30d", Duration.ofDays(30))));

    private static final List<OutcomeStatus> STATUSES = List.of(OutcomeStatus.values());

    private record Counted(Instant endedAt, OutcomeStatus status, long millis, String pattern) {}

    @Test
    void equalsARecountOfAllOutcomesWhateverOrderTheyComeIn() {
        for (RateWindows windows : List.of(RateWindows.STANDARD, UNEVEN)) {
            for (long seed = 0; seed < 60; seed++) {
                recount(windows, seed);
            }
        }
    }

    @Test
    void keepsSixtyBucketsForEachWindowAtMost() {
        // Given
        var ledger = new RateLedger(RateWindows.STANDARD);

        // When
        for (int minute = 0; minute < 14 * 24 * 60; minute++) {
            ledger.add(T0.plus(Duration.ofMinutes(minute)), tally(OutcomeStatus.PASSED, 100, null));
        }

        // Then
        for (int level = 0; level < RateWindows.STANDARD.count(); level++) {
            assertThat(ledger.level(level).size()).isLessThanOrEqualTo(RateWindow.BUCKETS + 1);
        }
        assertThat(new RateLedgerCodec(RateWindows.STANDARD).write(ledger)).hasSizeLessThan(4_000);
    }

    @Test
    void refusesALayoutItDoesNotKnow() {
        assertThatThrownBy(() -> new RateLedgerCodec(RateWindows.STANDARD).read(new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate ledger: version must be 1 to 5, got 9");
    }

    @Test
    void readsThePatternsItWroteWhateverTheirLength() {
        var codec = new RateLedgerCodec(RateWindows.STANDARD);
        for (int length : new int[] {0, 1, 127, 128, 16_384, 65_535, 65_536, 200_000}) {
            for (String unit : List.of("a", "\0", "\u6f22", "\ud83d\ude00", "\ud83d")) {
                var ledger = new RateLedger(RateWindows.STANDARD);
                ledger.add(T0, tally(OutcomeStatus.FAILED, 3, unit.repeat(length)));

                assertThat(codec.read(codec.write(ledger)).rates())
                        .as("%d of U+%04X", length, unit.codePointAt(0))
                        .isEqualTo(ledger.rates());
            }
        }
    }

    /** What earlier versions wrote for a failure of 3 ms with a pattern and for a pass of 3 ms, at one time. */
    @ParameterizedTest
    @CsvSource({
        "1, 01000001993424058004987501a0dade6f010100000000010f020100046162636401e0d4030080f25700809ee70400",
        "2, 02000001993424058004987501a0dade6f01010000000000010f020100046162636401e0d4030080f25700809ee70400",
        "3, 03000001993424058004987501a0dade6f01010000000000010f0201046162636401e0d4030080f25700809ee70400",
        "4, 04000001993424058001046162636404987501a0dade6f01010000000000010f02010001e0d4030080f25700809ee70400"
    })
    void readsTheLayoutsOfEarlierVersions(int version, String written) {
        // Given
        var ledger = new RateLedger(RateWindows.STANDARD);
        ledger.add(T0, tally(OutcomeStatus.FAILED, 4, "abcd"));
        ledger.add(T0, tally(OutcomeStatus.PASSED, 4, null));

        // When
        byte[] bytes = HexFormat.of().parseHex(written);
        RateLedger read = new RateLedgerCodec(RateWindows.STANDARD).read(bytes);

        // Then
        assertThat(bytes[0]).isEqualTo((byte) version);
        assertThat(read.rates()).isEqualTo(ledger.rates());
    }

    @Test
    void tellsApartTheFirstPatternsOnlyAndOthersWhenThoseAreGone() {
        // Given
        var codec = new RateLedgerCodec(RateWindows.STANDARD);
        var ledger = new RateLedger(RateWindows.STANDARD);
        var random = new SplittableRandom(1);
        Instant at = T0;
        for (int i = 0; i < 5 * RateLedger.PATTERNS; i++) {
            at = at.plusSeconds(random.nextInt(100));
            ledger.add(at, tally(OutcomeStatus.FAILED, 3, "p%04d".formatted(i)));
            ledger.add(at, tally(OutcomeStatus.FAILED, 3, "p0007"));
            if (random.nextInt(100) == 0) {
                ledger = codec.read(codec.write(ledger));
            }
        }

        // Then
        WindowRate week = ledger.rates().get(3);
        assertThat(week.patterns()).hasSize(RateLedger.PATTERNS + 1);
        assertThat(week.patterns())
                .extracting(PatternShare::patternId, PatternShare::failures)
                .contains(
                        tuple(Tally.OTHER_PATTERNS, 4L * RateLedger.PATTERNS),
                        tuple("p0007", 5L * RateLedger.PATTERNS + 1));
        assertThat(week.patterns().stream().mapToLong(PatternShare::failures).sum())
                .isEqualTo(week.counts().failures());

        // When
        ledger.add(at.plus(Duration.ofDays(8)), tally(OutcomeStatus.FAILED, 3, "p9999"));

        // Then
        assertThat(ledger.rates().get(3).patterns())
                .extracting(PatternShare::patternId)
                .containsExactly("p9999");
    }

    /** 256 patterns in each of 244 buckets: more does not fit in. */
    @Test
    void theLargestLedgerIsFarFromARecordOfKafka() {
        // Given
        var ledger = new RateLedger(RateWindows.STANDARD);
        Instant end = T0.plus(Duration.ofDays(7));
        for (Instant at = T0; at.isBefore(end); at = at.plus(Duration.ofSeconds(15))) {
            if (at.isBefore(end.minus(Duration.ofHours(30))) && at.getEpochSecond() % 9_900 != 0) {
                continue;
            }
            var tally = new Tally();
            for (int i = 0; i < 300; i++) {
                tally.count(OutcomeStatus.FAILED, false, (long) Math.pow(1.1, i % 150), "%016x".formatted(i));
            }
            ledger.add(at, tally);
        }

        // Then
        assertThat(ledger.size()).isGreaterThan(200);
        assertThat(new RateLedgerCodec(RateWindows.STANDARD).write(ledger)).hasSizeLessThan(500_000);
    }

    private static void recount(RateWindows windows, long seed) {
        var random = new SplittableRandom(seed);
        var codec = new RateLedgerCodec(windows);
        var ledger = new RateLedger(windows);
        List<Counted> all = new ArrayList<>();
        long clock = T0.toEpochMilli();
        for (int i = 0; i < 300; i++) {
            clock += random.nextInt(10) == 0 ? random.nextLong(3L * 24 * 3_600_000) : random.nextLong(600_000);
            long late = random.nextInt(4) == 0 ? random.nextLong(48L * 3_600_000) : 0;
            OutcomeStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
            String pattern = status.isFailure() ? "p" + random.nextInt(3) : null;
            var outcome = new Counted(Instant.ofEpochMilli(clock - late), status, random.nextLong(1, 60_000), pattern);
            all.add(outcome);
            ledger.add(outcome.endedAt(), tally(status, outcome.millis(), pattern));
            if (random.nextInt(20) == 0) {
                ledger = codec.read(codec.write(ledger));
            }
            if (random.nextInt(10) == 0) {
                assertEqualsRecount(windows, ledger, all, seed);
            }
        }
    }

    private static void assertEqualsRecount(RateWindows windows, RateLedger ledger, List<Counted> all, long seed) {
        Instant now = all.stream().map(Counted::endedAt).max(Instant::compareTo).orElseThrow();
        List<WindowRate> rates = ledger.rates();
        for (int i = 0; i < windows.count(); i++) {
            Instant start = windows.get(i).startAt(now);
            List<Counted> inside =
                    all.stream().filter(each -> !each.endedAt().isBefore(start)).toList();
            StatusCounts counts = inside.stream()
                    .map(each -> StatusCounts.of(each.status()))
                    .reduce(StatusCounts.NONE, StatusCounts::plus);
            Map<String, Long> patterns = new TreeMap<>();
            inside.stream()
                    .filter(each -> each.pattern() != null)
                    .forEach(each -> patterns.merge(each.pattern(), 1L, Long::sum));
            String where = "seed " + seed + ", window " + windows.get(i).label();
            assertThat(rates.get(i).counts()).as(where).isEqualTo(counts);
            assertThat(rates.get(i).flaky())
                    .as(where)
                    .isEqualTo(inside.stream()
                            .filter(each -> each.status() == OutcomeStatus.PASSED && isFlaky(each.millis()))
                            .count());
            assertThat(rates.get(i).patterns()).as(where).isEqualTo(PatternShare.of(patterns));
            List<Long> durations = inside.stream()
                    .filter(each -> each.status().isConclusive())
                    .map(Counted::millis)
                    .sorted()
                    .toList();
            if (durations.isEmpty()) {
                assertThat(rates.get(i).p95Millis()).as(where).isEmpty();
            } else {
                double exact = durations.get((int) Math.ceil(0.95 * durations.size()) - 1);
                assertThat(rates.get(i).p95Millis().orElseThrow())
                        .as(where)
                        .isCloseTo(exact, within(0.05 * exact + 0.5));
            }
        }
    }

    private static boolean isFlaky(long millis) {
        return millis % 3 == 0;
    }

    private static Tally tally(OutcomeStatus status, long millis, String pattern) {
        var tally = new Tally();
        tally.count(status, isFlaky(millis), millis, pattern);
        return tally;
    }
}
