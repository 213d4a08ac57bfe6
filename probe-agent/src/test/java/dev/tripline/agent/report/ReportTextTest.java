package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The spellings that {@code docs/reports.md} lists. */
class ReportTextTest {
    /** Each line: what is written, and the time it means in a zone of +01:00 in winter and +02:00 in summer. */
    @Test
    void readsTimesInManySpellings() {
        String table = """
                2025-09-11T08:00:00Z                    | 2025-09-11T08:00:00Z
                2025-09-11T08:00:00+02:00               | 2025-09-11T06:00:00Z
                2025-09-11T08:00:00                     | 2025-09-11T06:00:00Z
                2025-01-11T08:00:00                     | 2025-01-11T07:00:00Z
                2025-09-11t08:00:00z                    | 2025-09-11T08:00:00Z
                2025-09-11T08:00                        | 2025-09-11T06:00:00Z
                2025-09-11T08:00:00-0730                | 2025-09-11T15:30:00Z
                2025-09-11T08:00:00+02                  | 2025-09-11T06:00:00Z
                2025-09-11 08:00:00                     | 2025-09-11T06:00:00Z
                2025-09-11   08:00:00  -07:00           | 2025-09-11T15:00:00Z
                2025-09-11T08:00:00 UTC                 | 2025-09-11T08:00:00Z
                2025-09-11T08:00:00 GMT                 | 2025-09-11T08:00:00Z
                2025-09-11T08:00:00 Z                   | 2025-09-11T08:00:00Z
                2025-09-11 08:00:00 CET                 | 2025-09-11T07:00:00Z
                2025-09-11 08:00:00 CEST                | 2025-09-11T06:00:00Z
                2025-09-11 08:00:00 PST                 | 2025-09-11T16:00:00Z
                2025-09-11 08:00:00 PDT                 | 2025-09-11T15:00:00Z
                2025-09-11 08:00:00 GMT+2               | 2025-09-11T06:00:00Z
                2025-09-11 08:00:00 (UTC)               | 2025-09-11T08:00:00Z
                2025-09-11T08:00:00Z[UTC]               | 2025-09-11T08:00:00Z
                2025-09-11T08:00:00+02:00[Europe/Paris] | 2025-09-11T06:00:00Z
                2025-09-11 08:00:00 America/Sao_Paulo   | 2025-09-11T11:00:00Z
                2025-09-11 08:00:00.5 +0200 CEST m=+0.1 | 2025-09-11T06:00:00.500Z
                2025/09/11 08:00:00Z                    | 2025-09-11T08:00:00Z
                2025-09-11                              | 2025-09-10T22:00:00Z
                20250911T080000Z                        | 2025-09-11T08:00:00Z
                20250911080000                          | 2025-09-11T06:00:00Z
                2025-09-11T08:00:00.1Z                  | 2025-09-11T08:00:00.100Z
                2025-09-11T08:00:00.123456789012345Z    | 2025-09-11T08:00:00.123456789Z
                2025-09-11T08:00:00,25Z                 | 2025-09-11T08:00:00.250Z
                2016-12-31T23:59:60Z                    | 2016-12-31T23:59:59Z
                1757577600                              | 2025-09-11T08:00:00Z
                1757577600.25                           | 2025-09-11T08:00:00.250Z
                1757577600250                           | 2025-09-11T08:00:00.250Z
                1757577600250000                        | 2025-09-11T08:00:00.250Z
                1757577600250000000                     | 2025-09-11T08:00:00.250Z
                Thu, 11 Sep 2025 08:00:00 GMT           | 2025-09-11T08:00:00Z
                11 Sep 2025 08:00:00 -0700              | 2025-09-11T15:00:00Z
                Thu Sep 11 08:00:00 UTC 2025            | 2025-09-11T08:00:00Z
                Thu Sep 11 08:00:00 2025                | 2025-09-11T06:00:00Z
                tbd                                     | none
                2025-09-11T25:00:00Z                    | none
                2025-02-30                              | none
                2025-09-11T08:00:00 XYZ                 | none
                2025-09-11T08:00:00 Nowhere/Land        | none
                11.09.2025 08:00                        | none
                08:00:00                                | none
                17                                      | none
                -1757577600                             | none
                1757577600000000000000                  | none
                """;
        for (String row : table.lines().toList()) {
            List<String> cells = List.of(row.split("\\|"));
            String meant = cells.get(1).strip();
            assertThat(ReportText.instant(" " + cells.get(0), ZoneId.of("Europe/Berlin"))
                            .map(Instant::toString)
                            .orElse("none"))
                    .as(row)
                    .isEqualTo(meant);
        }
        assertThat(ReportText.instant("2025-09-11T08:00:00")).contains(Instant.parse("2025-09-11T08:00:00Z"));
        assertThat(ReportText.instant("1".repeat(1_000_000))).isEmpty();
    }

    @Test
    void readsDurationsInManySpellings() {
        String table = """
                1.5             | PT1.5S
                0               | PT0S
                .5              | PT0.5S
                1e-3            | PT0.001S
                1,234.5         | PT20M34.5S
                1,234           | PT20M34S
                1.234,5         | PT20M34.5S
                0,604           | PT0.604S
                1.5s            | PT1.5S
                1.5 s           | PT1.5S
                350ms           | PT0.35S
                71.5us          | PT0.0000715S
                71.5µs          | PT0.0000715S
                12ns            | PT0.000000012S
                2m3s            | PT2M3S
                2 min 3 sec     | PT2M3S
                1h2m3.5s        | PT1H2M3.5S
                2 hours         | PT2H
                00:00:01.5      | PT1.5S
                00:00:01,5      | PT1.5S
                01:02:03        | PT1H2M3S
                02:03           | PT2M3S
                1.00:00:01.5    | PT24H1.5S
                PT1.5S          | PT1.5S
                pt2m            | PT2M
                P1DT1H          | PT25H
                -0.0            | PT0S
                NaN             | none
                Infinity        | none
                -Infinity       | none
                -1              | none
                PT-1S           | none
                soon            | none
                1.5 parsecs     | none
                1m30            | none
                P               | none
                PT              | none
                1e99            | none
                """;
        for (String row : table.lines().toList()) {
            List<String> cells = List.of(row.split("\\|"));
            assertThat(ReportText.duration(" " + cells.get(0))
                            .map(Duration::toString)
                            .orElse("none"))
                    .as(row)
                    .isEqualTo(cells.get(1).strip());
        }
        assertThat(ReportText.duration("")).isEmpty();
        assertThat(ReportText.duration("1".repeat(1_000_000))).isEmpty();
    }

    @Test
    void takesTheZeroOfGoAndBlanksAsNotGivenWithoutAWord() {
        // Given
        var said = new Said();
        var times = new ReportTimes(ZoneOffset.UTC, null, said);

        // Then
        assertThat(times.time("timestamp", "0001-01-01T00:00:00Z", 1)).isNull();
        assertThat(times.time("timestamp", "", 1)).isNull();
        assertThat(times.duration("time", "", 1)).isNull();
        assertThat(said.passedOver).isEmpty();
        assertThat(times.time("timestamp", "0", 7)).isNull();
        assertThat(said.passedOver).containsExactly(new PassedOver(7, "timestamp", PassedOver.Reason.TOO_OLD, "0"));
    }

    /** What most reports hold is read another way than the rest: both must say the same of whatever stands there. */
    @Test
    void readsUsualTimesAsItReadsAllOthers() {
        List<String> zones =
                List.of("", "", "Z", "Z", "z", "+02:00", "-07:30", "+19:00", "+02:60", "+0200", " UTC", ".");
        List<ZoneId> local = List.of(ZoneOffset.UTC, ZoneId.of("Europe/Berlin"), ZoneId.of("America/St_Johns"));
        for (long seed = 0; seed < 20_000; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            String fraction = random.nextBoolean()
                    ? ""
                    : random.nextInt(8) == 0
                            ? ","
                            : "."
                                    + String.valueOf(random.nextLong(1L << 62))
                                            .substring(0, random.nextInt(1, 12) % 10 + 1);
            var time = new StringBuilder(String.format(
                            Locale.ROOT,
                            "%04d-%02d-%02dT%02d:%02d:%02d",
                            random.nextInt(1960, 2080),
                            random.nextInt(0, 14),
                            random.nextInt(0, 33),
                            random.nextInt(0, 26),
                            random.nextInt(0, 61),
                            random.nextInt(0, 62)))
                    .append(fraction)
                    .append(zones.get(random.nextInt(zones.size())));
            if (random.nextInt(10) == 0) {
                time.setCharAt(random.nextInt(time.length()), "0 T:-Zx\u0661".charAt(random.nextInt(8)));
            }
            String text = time.toString().strip();
            ZoneId zone = local.get(random.nextInt(local.size()));

            // When
            Optional<Instant> read = ReportText.instant(text, zone);

            // Then
            assertThat(read).as("seed %d: %s in %s", seed, text, zone).isEqualTo(bySpelling(text, zone));
        }
    }

    private static Optional<Instant> bySpelling(String text, ZoneId zone) {
        try {
            return Optional.ofNullable(ReportText.parse(text, zone))
                    .filter(time ->
                            !time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("+10000-01-01T00:00:00Z")));
        } catch (DateTimeException | ArithmeticException noSuchTime) {
            return Optional.empty();
        }
    }
}
