package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On a terminal that keeps all that it was sent. */
class ProgressLineTest {
    private static final long MILLI = 1_000_000;
    private static final Path FIRST = Path.of("a.xml");
    private static final Path SECOND = Path.of("b.xml");

    private final StringWriter sent = new StringWriter();
    private final AtomicLong clock = new AtomicLong(-5_000 * MILLI);

    @Test
    void writesOneLineOverItselfAndTakesItAway() {
        // Given
        ProgressLine line = line(new PrintWriter(sent));

        // When
        line.reading(FIRST);
        after(2_000);
        line.done(20_000_000);
        after(2_000);
        line.reading(SECOND);
        line.done(80_000_000);
        after(1_000);
        line.handingOut(FIRST);
        for (int i = 0; i < 1_234; i++) {
            line.outcome();
        }
        after(5_000);
        line.outcome();
        line.erase();

        // Then
        assertThat(sent.toString())
                .isEqualTo(String.join(
                        "\r",
                        "",
                        "file 1 of 2, 10 %, 5.0 MB/s, 0 outcomes",
                        "file 2 of 2, 10 %, 2.5 MB/s, 0 outcomes",
                        "file 1 of 2, 50 %, 10.0 MB/s, 0 outcomes",
                        "file 1 of 2, 50 %, 5.0 MB/s, 1,235 outcomes",
                        " ".repeat(43),
                        ""));
        assertThat(shown(sent.toString())).isBlank();
    }

    @Test
    void aShorterLineLeavesNothingOfALongerOne() {
        // Given
        ProgressLine line = line(new PrintWriter(sent));
        line.reading(FIRST);
        after(1_000);
        line.done(100_000_000);
        String longer = shown(sent.toString());

        // When
        after(99_000);
        line.reading(SECOND);

        // Then
        assertThat(longer).isEqualTo("file 1 of 2, 50 %, 50.0 MB/s, 0 outcomes");
        assertThat(shown(sent.toString())).isEqualTo("file 2 of 2, 50 %, 0.5 MB/s, 0 outcomes ");
    }

    @Test
    void shortReportsHaveNoLine() {
        ProgressLine line = line(new PrintWriter(sent));
        line.reading(FIRST);
        after(999);
        line.done(1_000_000);
        line.outcome();
        line.stop();
        assertThat(sent.toString()).isEmpty();
    }

    @Test
    void writesAtMostFiveTimesASecond() {
        ProgressLine line = line(new PrintWriter(sent));
        for (int i = 0; i < 3_000; i++) {
            after(1);
            line.done(1_000);
        }
        assertThat(sent.toString().chars().filter(c -> c == '\r')).hasSize(11);
    }

    @Test
    void oneThatWasStoppedStaysAway() {
        ProgressLine line = line(new PrintWriter(sent));
        after(2_000);
        line.outcome();
        line.stop();
        String before = sent.toString();
        after(2_000);
        line.outcome();
        line.stop();
        assertThat(sent.toString()).isEqualTo(before).endsWith(" \r");
    }

    @Test
    void withoutATerminalNothingIsWritten() {
        ProgressLine line = line(null);
        after(9_000);
        line.done(1);
        line.outcome();
        line.stop();
        assertThat(sent.toString()).isEmpty();
    }

    private ProgressLine line(@Nullable PrintWriter terminal) {
        return new ProgressLine(terminal, 2, 100_000_000, clock::get);
    }

    private void after(long millis) {
        clock.addAndGet(millis * MILLI);
    }

    /** Returns what stands in the line of a terminal. */
    private static String shown(String sent) {
        var line = new StringBuilder();
        int cursor = 0;
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c == '\r') {
                cursor = 0;
            } else {
                line.replace(cursor, cursor + 1, String.valueOf(c));
                cursor++;
            }
        }
        return line.toString();
    }
}
