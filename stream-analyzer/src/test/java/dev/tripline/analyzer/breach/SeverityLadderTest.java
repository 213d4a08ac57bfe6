package dev.tripline.analyzer.breach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.breach.SeverityLadder.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeverityLadderTest {
    private static final SeverityLadder LADDER = new SeverityLadder(
            List.of(new Step(Severity.CRITICAL, 2, 0), new Step(Severity.HIGH, 0, 3)), Severity.MEDIUM);

    @Test
    void saysWhichStepIsReached() {
        assertThat(LADDER.reason(2, 4)).isEqualTo("4 tests in 2 suites: critical from 2 suites");
        assertThat(LADDER.reason(1, 3)).isEqualTo("3 tests in 1 suite: high from 3 tests");
        assertThat(SeverityLadder.STANDARD.reason(1, 5)).isEqualTo("5 tests in 1 suite: high from 5 tests");
    }

    @Test
    void saysThatNoStepIsReached() {
        assertThat(LADDER.reason(1, 1)).isEqualTo("1 test in 1 suite: medium, as it reaches no step of the rules");
        assertThat(new SeverityLadder(List.of(), Severity.LOW).reason(3, 9))
                .isEqualTo("9 tests in 3 suites: low, whatever it hits");
    }
}
