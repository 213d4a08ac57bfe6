package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FailingLinesTest {
    /** Marks of each framework, what only looks like them, and what stands between. */
    private static final List<String> LINES = List.of(
            "E   assert 1 == 2",
            " E   indented",
            ">   assert total",
            "During handling of the above exception, another exception occurred:",
            "Traceback (most recent call last):",
            "  File \"cart.py\", line 3",
            "ValueError: no",
            "panic: broken",
            "fatal error: all goroutines are asleep",
            "Error Trace:\tcart_test.go:3",
            "Error:\tNot equal",
            "Messages:\ttotal",
            "[FAILED] expected",
            "[It] keeps the total",
            "In [It] at: cart_test.go:3",
            "Test Panicked",
            "Panic: broken",
            "cart_test.go:12: total is 3",
            "Failure/Error: expect(total).to eq 3",
            "CartTest::testTotal",
            "/src/CartTest.php:12",
            "FAILED:",
            "with expansion:",
            "at cart.cpp:3",
            "[chromium] \u203a cart.spec.ts:3:5 \u203a keeps the total",
            "Test method Shop.CartTest.Total threw exception:",
            "System.Exception: no",
            "org.opentest4j.AssertionFailedError: expected: <1>",
            "\tat shop.CartTest.total(CartTest.java:3)",
            "\u0416",
            "");

    @Test
    void asksNoFrameworkInVain() {
        for (long seed = 0; seed < 20_000; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(7); i > 0; i--) {
                String line = LINES.get(random.nextInt(LINES.size()));
                text.append(random.nextInt(3) == 0 ? "  " : "").append(line).append('\n');
            }
            List<String> lines = TextOfFailure.lines(text.toString());

            // When
            List<String> found = FailingLines.marked(lines);

            // Then
            assertThat(found).as("seed %d: %s", seed, text).isEqualTo(FailingLines.markedAfterAskingAll(lines));
        }
    }
}
