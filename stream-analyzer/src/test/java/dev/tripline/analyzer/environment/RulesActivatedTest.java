package dev.tripline.analyzer.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesActivatedTest {
    /** Seconds stand for the publishers' clocks. */
    @ParameterizedTest(name = "number {0} at {1} over number {2} at {3}: {4}")
    @CsvSource({
        "2, 10, 1, 20, true", // a slow clock
        "1, 20, 2, 10, false", // told again after newer ones
        "2, 10, 2, 10, false", // told twice
        "1, 10, 0, 20, true", // the place was not told of those in force
        "0, 20, 1, 10, false",
        "0, 20, 0, 10, true", // neither was told
        "0, 10, 0, 20, false",
    })
    void thePlaceInTheLogDecides(long number, long at, long numberInForce, long atInForce, boolean newer) {
        var activated = new RulesActivated(Rules.BUILT_IN, number, Instant.ofEpochSecond(at));

        assertThat(activated.isNewerThan(numberInForce, Instant.ofEpochSecond(atInForce)))
                .isEqualTo(newer);
    }
}
