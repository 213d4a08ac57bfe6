package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    @Test
    void keepsWhatAMapKeeps() {
        for (long seed = 0; seed < 5; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var kept = new Fingerprints(-1);
            Map<Long, Long> expected = new HashMap<>();

            // When
            for (int i = random.nextInt(40_000); i > 0; i--) {
                long fingerprint = random.nextBoolean() ? random.nextLong() : random.nextLong(5_000);
                if (random.nextBoolean()) {
                    long before = kept.raise(fingerprint, i);
                    assertThat(before).as("seed %d", seed).isEqualTo(expected.getOrDefault(fingerprint, -1L));
                    expected.merge(fingerprint, (long) i, Math::max);
                } else {
                    kept.add(fingerprint, i);
                    expected.merge(fingerprint, i - 1L, (before, added) -> before + added + 1);
                }
            }

            // Then
            expected.forEach(
                    (fingerprint, number) -> assertThat(kept.get(fingerprint)).isEqualTo(number));
            assertThat(kept.get(Long.MIN_VALUE)).as("seed %d", seed).isEqualTo(-1);
        }
    }

    @Test
    void oneCanTakeAllOfAnother() {
        // Given
        var random = new SplittableRandom(16);
        var one = new Fingerprints(0);
        Map<Long, Long> expected = new HashMap<>();
        for (long i = 0; i < 20_000; i++) {
            long fingerprint = random.nextLong();
            one.raise(fingerprint, i);
            expected.put(fingerprint, i);
        }

        // When
        var other = new Fingerprints(0);
        one.forEach(other::raise);
        Map<Long, Long> handedOut = new HashMap<>();
        other.forEach(handedOut::put);

        // Then
        assertThat(handedOut).isEqualTo(expected);
    }
}
