package dev.tripline.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CutTest {
    @Test
    void leavesWhatFits() {
        assertThat(Cut.plain("abc", 3)).isEqualTo("abc");
        assertThat(Cut.marked("abc", 3)).isEqualTo("abc");
        assertThat(Cut.plain("", 0)).isEmpty();
    }

    @Test
    void marksWhatItCuts() {
        assertThat(Cut.plain("abcd", 3)).isEqualTo("abc");
        assertThat(Cut.marked("abcd", 3)).isEqualTo("ab…");
        assertThat(Cut.marked("abcd", 1)).isEqualTo("…");
    }

    @Test
    void neverPartsACharacterNorExceedsItsLimit() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 10_000; round++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(12)).forEach(i -> text.append((i & 1) == 0 ? "a" : "😀"));
            int most = random.nextInt(1, 12);

            for (String cut : new String[] {Cut.plain(text.toString(), most), Cut.marked(text.toString(), most)}) {
                assertThat(cut.length()).isLessThanOrEqualTo(most);
                assertThat(cut.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF))
                        .isEmpty();
                assertThat(text.toString()).startsWith(cut.replace("…", ""));
            }
        }
    }
}
