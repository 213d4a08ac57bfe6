package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"100ms,PT0.1S", "0s,PT0S", "15m,PT15M", "36h,PT36H", "7d,PT168H", "90s,PT90S"})
    void parsesANumberWithAUnit(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "m", "-1s", "1.5h", "1h30m", " 1s", "1S", "1w", "9999999999999999999s"})
    void refusesEverythingElseAndQuotesIt(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 15m")
                .hasMessageContaining("got '" + text + "'");
    }

    @Test
    void refusesWhatNoDurationCanHold() {
        assertThatThrownBy(() -> DurationText.parse("999999999999999999d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT60S,1m", "PT90S,90s", "PT24H,1d", "PT36H,36h", "PT1.5S,1500ms"})
    void writesTheLargestWholeUnit(Duration duration, String text) {
        assertThat(DurationText.format(duration)).isEqualTo(text);
    }

    @Test
    void readsBackWhatItWrites() {
        long seed = 20_260_101L;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            long unit = new long[] {1, 1_000, 60_000, 3_600_000, 86_400_000}[random.nextInt(5)];
            Duration duration = Duration.ofMillis(random.nextLong(100_000) * unit);

            assertThat(DurationText.parse(DurationText.format(duration)))
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(duration);
        }
    }
}
