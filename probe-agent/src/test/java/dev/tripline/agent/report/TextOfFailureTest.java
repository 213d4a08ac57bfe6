package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextOfFailureTest {
    private static final List<String> PIECES =
            List.of("\n", "\r\n", "\r", "a", "  b ", "\u00a0", "\t", "\u0436", "at x(Y.java:1)");

    @Test
    void partsATextAsJavaPartsLines() {
        for (long seed = 0; seed < 5_000; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }

            // When
            List<String> lines = TextOfFailure.lines(text.toString());

            // Then
            assertThat(lines)
                    .as("seed %d", seed)
                    .isEqualTo(text.toString()
                            .replace('\u00a0', ' ')
                            .lines()
                            .map(String::stripTrailing)
                            .toList());
        }
    }
}
