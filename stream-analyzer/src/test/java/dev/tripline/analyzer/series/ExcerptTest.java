package dev.tripline.analyzer.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void takesWhereATraceBeginsAndWhereItEnds() {
        String trace = IntStream.rangeClosed(1, 100).mapToObj(i -> "at " + i).collect(Collectors.joining("\r\n"));

        assertThat(Excerpt.of("\n\n" + trace + "\n"))
                .startsWith("at 1\nat 2\n")
                .contains("at 12\n… 76 lines\nat 89\n")
                .endsWith("at 100");
        assertThat(Excerpt.of("one\ntwo")).isEqualTo("one\ntwo");
    }

    @Test
    void isNothingWhereThereIsNothingToBeRead() {
        assertThat(Excerpt.of(null)).isNull();
        assertThat(Excerpt.of(" \n\t\n")).isNull();
    }

    @Test
    void isShortWhateverItIsOf() {
        assertThat(Excerpt.of("\uD83D\uDE00".repeat(100_000)))
                .hasSizeLessThanOrEqualTo(300)
                .endsWith("…");
        String wide = ("x".repeat(299) + "\uD83D\uDE00\n").repeat(50);
        assertThat(Excerpt.of(wide)).hasSizeLessThanOrEqualTo(2_000);
        assertThat(Excerpt.of(wide).chars().filter(c -> Character.isSurrogate((char) c)))
                .isEmpty();
    }
}
