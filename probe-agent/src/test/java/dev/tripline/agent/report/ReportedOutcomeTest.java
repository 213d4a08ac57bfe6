package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.service.secrets.SecretMask;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportedOutcomeTest {
    private static final String TOKEN = "ghp_" + "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs01234567";
    private static final List<String> NAMES = List.of("shop.CartTest", TOKEN, "x " + TOKEN, "shop.OrderTest");

    @Test
    void masksSuitesAndClassesWhetherOrNotTheyHaveOneName() {
        for (long seed = 0; seed < 500; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            String suite = random.nextInt(5) == 0 ? null : name(random);
            List<String> around = List.of(name(random), name(random)).subList(random.nextInt(2), 2);
            String className = random.nextInt(5) == 0 ? null : name(random);

            // When
            ReportedOutcome outcome = new OutcomeDraft(1)
                    .in(suite, className)
                    .inNested(around, suite)
                    .outcome();

            // Then
            assertThat(outcome.suite()).as("seed %d", seed).isEqualTo(masked(suite));
            assertThat(outcome.className()).as("seed %d", seed).isEqualTo(masked(className));
            assertThat(outcome.suitesAround())
                    .as("seed %d", seed)
                    .isEqualTo(around.stream().map(ReportedOutcomeTest::masked).toList());
        }
    }

    private static String name(SplittableRandom random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static String masked(String text) {
        return text == null ? null : SecretMask.standard().mask(text);
    }
}
