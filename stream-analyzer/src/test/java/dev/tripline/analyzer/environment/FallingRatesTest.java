package dev.tripline.analyzer.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentInput.Bucket;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.TimePassed;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rate.Tally;
import dev.tripline.analyzer.rate.WindowRate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallingRatesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final EnvironmentAnalysis analysis = new EnvironmentAnalysis(RateWindows.STANDARD);
    private final MemoryState state = new MemoryState("staging");
    private final Map<String, RateChanged> told = new HashMap<>();
    private int tellings;

    /** What was told last of a scope is what a ledger says that looks at all of it again each minute. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ratesFallDueByThemselves(long seed) {
        var random = new SplittableRandom(seed);
        Map<String, RateLedger> oracle = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        long minutes = 9 * 24 * 60;
        int run = 0;
        for (long minute = 1; minute < minutes; minute += 1 + random.nextInt(random.nextInt(50) == 0 ? 600 : 3)) {
            Instant now = T0.plus(Duration.ofMinutes(minute));
            if (minute < 24 * 60 && random.nextInt(8) == 0) {
                String suite = "s" + random.nextInt(6);
                Instant end = now.minusSeconds(random.nextInt(60));
                handle(delta(suite, ++run, end));
                RateLedger ledger = oracle.computeIfAbsent(suite, s -> new RateLedger(RateWindows.STANDARD));
                ledger.add(end, tally());
                newest.put(suite, minute);
            }
            handle(new TimePassed(now));
            for (Map.Entry<String, RateLedger> each : oracle.entrySet()) {
                each.getValue().advanceTo(now);
                if (newest.getOrDefault(each.getKey(), 0L) < minute - 1) {
                    assertThat(counts(told.get("SUITE " + each.getKey()).windows()))
                            .as("%s at minute %d of seed %d", each.getKey(), minute, seed)
                            .isEqualTo(counts(each.getValue().rates()));
                }
            }
        }
        assertThat(told).containsKeys("ENVIRONMENT staging", "TAG probe:ingest", "LOCATION eu");
        assertThat(told.values())
                .allSatisfy(rate -> assertThat(rate.windows())
                        .allMatch(window -> window.counts().total() == 0));
        assertThat(state.dueMinutes().get(EnvironmentState.ONLY))
                .extracting(each -> each.isEmpty())
                .isEqualTo(true);
    }

    @Test
    void whatDoesNotChangeIsNotToldAgain() {
        handle(delta("s", 1, T0));
        tellings = 0;
        for (int minute = 1; minute <= 14; minute++) {
            handle(new TimePassed(T0.plus(Duration.ofMinutes(minute))));
        }
        assertThat(tellings).isZero();
        handle(new TimePassed(T0.plus(Duration.ofMinutes(16))));
        assertThat(tellings).as("suite, location, probe, environment").isEqualTo(4);
    }

    private void handle(EnvironmentInput input) {
        analysis.process(input, state, decision -> {});
        state.untold()
                .take()
                .forEach(mark -> analysis.tell(mark, state, decision -> {
                    if (decision instanceof RateChanged rate) {
                        told.put(rate.scope().kind() + " " + rate.scope().name(), rate);
                        tellings++;
                    }
                }));
    }

    private static List<Object> counts(List<WindowRate> windows) {
        return windows.stream().<Object>map(WindowRate::counts).toList();
    }

    private static Tally tally() {
        var tally = new Tally();
        tally.count(OutcomeStatus.PASSED, false, 5L, null);
        return tally;
    }

    private static Delta delta(String suite, int run, Instant end) {
        return new Delta(
                suite,
                "eu",
                new RunId("agent", run),
                "ingest",
                null,
                null,
                List.of(),
                new TreeMap<>(),
                end,
                end,
                List.of(new Bucket(end, tally())),
                List.of());
    }
}
