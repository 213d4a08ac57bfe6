package dev.tripline.analyzer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void holdsWhatASetHolds() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var numbers = new Numbers();
            var set = new TreeSet<Long>();
            int range = 1 + random.nextInt(60);
            for (int i = 0; i < 400; i++) {
                long number = random.nextInt(range) - 5L + (random.nextInt(20) == 0 ? 1L << 40 : 0);
                if (random.nextInt(3) == 0) {
                    numbers.remove(number);
                    set.remove(number);
                } else {
                    assertThat(numbers.add(number)).isEqualTo(set.add(number));
                }
                assertThat(numbers.isEmpty()).isEqualTo(set.isEmpty());
                if (!set.isEmpty()) {
                    assertThat(numbers.first()).isEqualTo(set.first());
                }
                long asked = random.nextInt(range + 10) - 10L;
                assertThat(numbers.contains(asked)).isEqualTo(set.contains(asked));
                assertThat(new Numbers(numbers.bounds())).isEqualTo(numbers);
            }
        }
    }

    @Test
    void whatFollowsOneAnotherTakesOneInterval() {
        var numbers = new Numbers();
        for (int i = 0; i < 1_000; i += 2) {
            numbers.add(i);
        }
        for (int i = 999; i > 0; i -= 2) {
            numbers.add(i);
        }
        assertThat(numbers.bounds()).containsExactly(0, 999);
    }

    @Test
    void boundsThatAreNoIntervalsAreRefused() {
        assertThatThrownBy(() -> new Numbers(new long[] {1})).hasMessageContaining("pairs, got 1");
        assertThatThrownBy(() -> new Numbers(new long[] {1, 0})).hasMessageContaining("got 0 after 1");
        assertThatThrownBy(() -> new Numbers(new long[] {1, 2, 3, 4})).hasMessageContaining("got 3 after 2");
        assertThatThrownBy(() -> new Numbers().first()).isInstanceOf(IllegalStateException.class);
    }
}
