package dev.tripline.sink.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What cannot be seen is shown by its number, whatever Unicode has. */
class MarkdownTest {
    /** Default_Ignorable_Code_Point of Unicode 16.0, DerivedCoreProperties.txt, as first and last, and the blank Braille cell. */
    private static final int[][] UNSEEN = {
        {0x00AD, 0x00AD},
        {0x034F, 0x034F},
        {0x061C, 0x061C},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x180B, 0x180F},
        {0x200B, 0x200F},
        {0x202A, 0x202E},
        {0x2060, 0x206F},
        {0x3164, 0x3164},
        {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFF8},
        {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF},
        {0x2800, 0x2800},
    };

    private static final Set<Integer> UNSEEN_TYPES = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    @Test
    void showsOrDropsAllOfUnicodeThatCannotBeSeen() {
        var unseen = new TreeSet<Integer>();
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += 256) {
            var text = new StringBuilder();
            for (int c = first; c < first + 256; c++) {
                text.append('x').appendCodePoint(c).append('x');
            }
            List<String> written = List.of(
                    Markdown.title(text.toString(), 10_000),
                    Markdown.code(text.toString(), 10_000),
                    Markdown.sentence(text.toString(), 10_000),
                    Markdown.cell(text.toString(), 10_000),
                    Markdown.fence(text.toString(), 10_000));
            written.forEach(
                    each -> each.codePoints().filter(MarkdownTest::isUnseen).forEach(unseen::add));
        }

        assertThat(unseen).containsOnly((int) '\n', (int) '\t');
    }

    @Test
    void showsTheNumbersOfFillersAndDropsWhatOnlyChoosesAStyle() {
        assertThat(Markdown.title("a\u3164b\u115F\u1160\uFFA0\u2800", 100))
                .isEqualTo("a\\u{3164}b\\u{115f}\\u{1160}\\u{ffa0}\\u{2800}");
        assertThat(Markdown.title("tag\uDB40\uDC41 \u202Eevil \uDB40\uDD00", 100))
                .isEqualTo("tag\\u{e0041} \\u{202e}evil \\u{e0100}");
        assertThat(Markdown.title("\u2714\uFE0F done \u2714\uFE0E", 100)).isEqualTo("\u2714 done \u2714");
        assertThat(Markdown.code("\uFE0F", 100)).isEqualTo("*(empty)*");
    }

    @Test
    void leavesNoHalfOfACharacterHoweverATextIsCut() throws CharacterCodingException {
        long seed = 23;
        var random = new SplittableRandom(seed);
        for (int run = 0; run < 2_000; run++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append((char) random.nextInt(0xD700, 0xE100)); // about one in four is half of a character
            }
            int limit = random.nextInt(1, 60);
            for (String written : List.of(
                    Markdown.title(text.toString(), limit),
                    Markdown.code(text.toString(), limit),
                    Markdown.sentence(text.toString(), limit),
                    Markdown.fence(text.toString(), limit))) {
                assertThat(StandardCharsets.UTF_8
                                        .newEncoder()
                                        .encode(CharBuffer.wrap(written))
                                        .hasRemaining()
                                || written.isEmpty())
                        .as("seed %d, run %d", seed, run)
                        .isTrue();
            }
        }
    }

    private static boolean isUnseen(int c) {
        for (int[] range : UNSEEN) {
            if (c >= range[0] && c <= range[1]) {
                return true;
            }
        }
        return UNSEEN_TYPES.contains(Character.getType(c));
    }
}
