package dev.tripline.analyzer.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RateWindowsTest {
    @Test
    void windowsTooCloseToNestAreRefused() {
        assertThatThrownBy(() -> of(120, 121))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2H and PT2H1M");
        assertThatThrownBy(() -> of(60, 60)).isInstanceOf(IllegalArgumentException.class);
        assertThat(of(59, 60).count()).isEqualTo(2);
    }

    private static RateWindows of(int... minutes) {
        return new RateWindows(Arrays.stream(minutes)
                .mapToObj(each -> new RateWindow(each + "m", Duration.ofMinutes(each)))
                .toList());
    }
}
