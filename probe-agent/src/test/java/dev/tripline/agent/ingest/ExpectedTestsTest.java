package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.OutcomeStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedTestsTest {
    @Test
    void aTestIsAloneWhoseNameCameOnce() {
        for (long seed = 0; seed < 500; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var first = new ExpectedTests();
            var second = new ExpectedTests();
            var both = new ExpectedTests();
            Map<String, Integer> times = new HashMap<>();
            var names = new ArrayList<String>();
            for (int i = random.nextInt(12); i > 0; i--) {
                names.add("test" + random.nextInt(1 << random.nextInt(1, 12)));
            }

            // When
            for (String name : names) {
                (random.nextBoolean() ? first : second).add(outcome(name));
                times.merge(name, 1, Integer::sum);
            }
            both.addAll(first);
            both.addAll(second);

            // Then
            for (String name : names) {
                assertThat(both.isAlone(outcome(name)))
                        .as("seed %d: %s of %s", seed, name, names)
                        .isEqualTo(times.getOrDefault(name, 0) == 1);
            }
        }
    }

    @Test
    void noneIsAloneWhereNoneWasExpected() {
        assertThat(new ExpectedTests().isAlone(outcome("total"))).isFalse();
    }

    private static ReportedOutcome outcome(String test) {
        return new ReportedOutcome(
                1,
                "shop",
                List.of("shop"),
                "shop.CartTest",
                test,
                OutcomeStatus.PASSED,
                null,
                null,
                null,
                null,
                false,
                List.of(),
                false,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of());
    }
}
