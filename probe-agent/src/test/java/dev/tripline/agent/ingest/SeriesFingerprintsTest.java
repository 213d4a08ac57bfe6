package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesFingerprintsTest {
    private static final List<String> NAMES =
            List.of("", "a", "ab", "b", "abcd", "abcde", "\0", "\0\0", "shop.CartTest", "\u0436");

    @Test
    void tellsNamesApartWhateverCameBefore() {
        // Given
        var random = new SplittableRandom(16);
        var shared = new SeriesFingerprints();
        Map<Long, List<String>> namesOf = new HashMap<>();

        for (int i = 0; i < 100_000; i++) {
            // When
            List<String> names =
                    random.ints(7, 0, NAMES.size()).mapToObj(NAMES::get).toList();
            long fingerprint = of(shared, names);

            // Then
            assertThat(of(new SeriesFingerprints(), names)).as("%s", names).isEqualTo(fingerprint);
            assertThat(namesOf.computeIfAbsent(fingerprint, first -> names))
                    .as("fingerprint %d", fingerprint)
                    .isEqualTo(names);
        }
    }

    private static long of(SeriesFingerprints fingerprints, List<String> names) {
        return fingerprints.of(
                names.get(0), names.get(1), names.get(2), names.get(3), names.get(4), names.get(5), names.get(6));
    }
}
