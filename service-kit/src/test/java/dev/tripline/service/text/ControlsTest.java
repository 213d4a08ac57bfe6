package dev.tripline.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ControlsTest {
    @Test
    void showsWhatATerminalOrAReaderWouldObey() {
        assertThat(Controls.escape("a\r\n2026-01-01 ERROR forged")).isEqualTo("a\\r\\n2026-01-01 ERROR forged");
        assertThat(Controls.escape("\u001b[2Ja\u009b31m\u0000\u007f\b"))
                .isEqualTo("\\u001b[2Ja\\u009b31m\\u0000\\u007f\\u0008");
        assertThat(Controls.escape("a\u202egnp.exe\u2066\u200f\u061c"))
                .isEqualTo("a\\u202egnp.exe\\u2066\\u200f\\u061c");
        assertThat(Controls.escape("a\u2028b\u2029c\u0085d")).isEqualTo("a\\u2028b\\u2029c\\u0085d");
        assertThat(Controls.escape("a\ud83dz\ude00")).isEqualTo("a\\ud83dz\\ude00");
    }

    @Test
    void leavesAllOtherTextAlone() {
        String text = "grün\t日本 \ud83d\ude00 C:\\new [x] …";

        assertThat(Controls.escape(text)).isSameAs(text);
    }

    @Test
    void leavesNoneInAnyText() {
        long seed = 23L;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }

            String escaped = Controls.escape(text.toString());

            assertThat(escaped)
                    .as("seed %d, step %d", seed, i)
                    .doesNotContainPattern(
                            "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069&&[^\\t]]");
            assertThat(Controls.escape(escaped)).isEqualTo(escaped);
        }
    }
}
