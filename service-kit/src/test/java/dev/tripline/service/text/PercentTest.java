package dev.tripline.service.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "1, 100 %",
        "0.4, 40 %",
        "0.8055, 80.6 %",
        "0.9994, 99.9 %",
        "0.9996, 99.9 %",
        "0.9999999999999999, 99.9 %",
        "0.0004, 0.1 %",
        "4.9E-324, 0.1 %",
        "0.001, 0.1 %"
    })
    void writesAtMostOneDecimal(double ratio, String text) {
        assertThat(Percent.of(ratio)).isEqualTo(text);
    }

    @Test
    void saysAllOnlyOfAllAndNoneOnlyOfNoneAndIsNeverFurtherOffThanATenth() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            for (int round = 0; round < 200; round++) {
                long total = 1 + random.nextLong(1L << random.nextInt(1, 40));
                long some = random.nextBoolean()
                        ? random.nextLong(total + 1)
                        : Math.abs((random.nextBoolean() ? 0 : total) - random.nextLong(Math.min(3, total + 1)));
                double ratio = (double) some / total;

                String text = Percent.of(ratio);

                String what = "seed " + seed + ": " + some + " of " + total;
                assertThat(text.equals("100 %")).as(what).isEqualTo(some == total);
                assertThat(text.equals("0 %")).as(what).isEqualTo(some == 0);
                assertThat(text).as(what).matches("\\d{1,3}(\\.[1-9])? %");
                double shown = Double.parseDouble(text.replace(" %", ""));
                assertThat(Math.abs(shown - ratio * 100)).as(what).isLessThanOrEqualTo(0.1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoRatio(double ratio) {
        assertThatThrownBy(() -> Percent.of(ratio)).hasMessage("ratio: must be from 0 to 1, got " + ratio);
    }
}
