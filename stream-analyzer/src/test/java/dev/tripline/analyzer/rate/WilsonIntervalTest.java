package dev.tripline.analyzer.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WilsonIntervalTest {
    /** Values of Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81,263,0.2553,0.3662", "15,148,0.0624,0.1605", "0,20,0,0.1611", "1,29,0.0061,0.1718"})
    void agreesWithPublishedValues(long passed, long total, double low, double high) {
        WilsonInterval interval = WilsonInterval.of(passed, total, WilsonInterval.Z95);

        assertThat(interval.low()).isCloseTo(low, within(0.00005));
        assertThat(interval.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void refusesWhatIsNoCount() {
        assertThatThrownBy(() -> WilsonInterval.of(3, 2, WilsonInterval.Z95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 3, 2");
    }
}
