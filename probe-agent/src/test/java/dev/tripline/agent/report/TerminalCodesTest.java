package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalCodesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred\u001b[0m",
                "\u001b[38;5;196mred\u001b[m",
                "\u009b1mred",
                "\u001b]8;;https://example.org\u0007red\u001b]8;;\u001b\\",
                "\u001b(Bred\u001b7",
                "\u001b[2K\u001b[1Gred",
                "#x1B[31mred#x1B[0m",
                "&#27;[31mred&#27;[0m",
                "\\u001b[31mred\\u001b[39m",
                "\ufffd[31mred\ufffd[0m",
                "[1m[31mred[39m[22m",
                "red\u001b",
                "red\u001b[",
                "red\u001b]0;title",
            })
    void takesCodesOff(String coloured) {
        assertThat(TerminalCodes.without(coloured)).isEqualTo("red");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rate(errors[5m]) is 3", "a[0]", "#x1B", "C:\\u001b", "[31mred", "list [1;2;3]"})
    void leavesOtherText(String text) {
        assertThat(TerminalCodes.without(text)).isSameAs(text);
    }

    @Test
    void keepsARangeInTextWithColours() {
        assertThat(TerminalCodes.without("[31mrate(errors[5m])[0m")).isEqualTo("rate(errors[5m])");
    }
}
