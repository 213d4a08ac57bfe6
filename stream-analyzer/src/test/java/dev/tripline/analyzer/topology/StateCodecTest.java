package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.analyzer.environment.Named;
import dev.tripline.analyzer.outcome.Series;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StateCodecTest {
    @Test
    void stateOfBeforeTheClassWasKeptIsReadAsWithoutClass() {
        // Given
        record OldSeries(String environment, String suite, String test, String location) {}
        byte[] old = new StateCodec<>(OldSeries.class).write(new OldSeries("staging", "s", "t", "local"));

        // When
        Series read = new StateCodec<>(Series.class).read(old);

        // Then
        assertThat(read).isEqualTo(new Series("staging", "s", "", "t", "local"));
    }

    @Test
    void anotherVersionIsRefused() {
        // Given
        var codec = new StateCodec<>(Named.class);
        byte[] newer = codec.write(new Named("n"));
        newer[0] = 2;
        byte[] none = codec.write(new Named("n"));
        none[0] = 0;

        // Then
        assertThatThrownBy(() -> codec.read(newer))
                .isInstanceOf(NewerStateException.class)
                .hasMessageStartingWith("state of Named: version must be at most 1, got 2: a newer Tripline");
        assertThatThrownBy(() -> codec.read(none))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessage("state of Named: version must be 1, got 0");
        assertThatThrownBy(() -> codec.read(new byte[0])).hasMessageContaining("got nothing");
        assertThatThrownBy(() -> codec.read(new byte[] {1, -1})).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> codec.read(new byte[] {1, (byte) 0xf6})).hasMessageContaining("is null");
    }

    private record Texts(String text, List<String> list, Map<String, Integer> names) {}

    /** Jackson wrote keys of more than 50,000 characters and refused to read them, which damaged the suite for good. */
    @Test
    void whatItWritesItReadsWhateverTheLength() {
        var codec = new StateCodec<>(Texts.class);
        for (int length : new int[] {0, 1, 255, 256, 16_383, 16_384, 16_385, 50_000, 50_001, 65_535, 65_536, 200_000}) {
            for (String unit : List.of("a", "\0", "\u00e9", "\u6f22", "\ud83d\ude00", "a\ud83d\ude00")) {
                String text = unit.repeat(length).substring(0, length);
                var random = new SplittableRandom(length);
                String shifted = "x".repeat(random.nextInt(8)) + unit.repeat(length);
                for (String each : List.of(whole(text), shifted)) {
                    var texts = new Texts(each, List.of(each, ""), Map.of(each, 1));
                    assertThat(codec.read(codec.write(texts)))
                            .as("%d of U+%04X", length, unit.codePointAt(0))
                            .isEqualTo(texts);
                }
            }
        }
    }

    @Test
    void halfASurrogatePairIsReadAsAReplacement() {
        var codec = new StateCodec<>(Texts.class);
        for (String half : List.of("\ud83d", "\ude00", "\ud83dx", "x\ude00\ud83d")) {
            for (int before : new int[] {0, 1, 100, 16_000, 65_535}) {
                String text = "y".repeat(before) + half;
                String read = "y".repeat(before) + half.replaceAll("[\\ud800-\\udfff]", "\ufffd");
                assertThat(codec.read(codec.write(new Texts(text, List.of(text), Map.of(text, 1)))))
                        .isEqualTo(new Texts(read, List.of(read), Map.of(read, 1)));
            }
        }
    }

    @Test
    void manyNamesOfOneHashAreRead() {
        var codec = new StateCodec<>(Texts.class);
        Map<String, Integer> names = new TreeMap<>();
        for (int i = 0; i < 1 << 13; i++) {
            var name = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.put(name.toString(), i);
        }
        var texts = new Texts("", List.of(), names);

        assertThat(codec.read(codec.write(texts))).isEqualTo(texts);
    }

    private static String whole(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))
                ? text.substring(0, text.length() - 1)
                : text;
    }
}
