package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.Normaliser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExplainPatternCommandTest {
    private static final String NO_ANSWER = "no answer within 60s from node 41c7: status code 503";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return execute(Tripline.commandLine(), args);
    }

    /** Runs the command alone, with what standard input holds. */
    private int runWith(String input, String... args) {
        var command = new ExplainPatternCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return execute(new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true), args);
    }

    private int execute(CommandLine command, String... args) {
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void showsPatternMasksAndKeeps() {
        int code = run("explain-pattern", "--type", "TimeoutError", NO_ANSWER);

        ErrorPattern pattern = Normaliser.standard().patternOf("TimeoutError", NO_ANSWER);
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "id        " + pattern.id() + " (normaliser " + Normaliser.VERSION + ")",
                        "type      TimeoutError",
                        "template  no answer within <*> from node <*>: status code 503",
                        "message   " + NO_ANSWER,
                        "masked    60s   number: a count or an amount",
                        "masked    41c7  hash: hexadecimal id or hash",
                        "kept      503   code: follows a word for a code");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsAnObjectALineForEachMessageOnStandardInput() throws IOException {
        int code = runWith(NO_ANSWER + "\n\nKeyError: 'näme' 7\r\n", "--stdin", "--output", "json");

        assertThat(code).isZero();
        String[] lines = out.toString().split("\\R");
        assertThat(lines).hasSize(3);
        JsonNode first = new ObjectMapper().readTree(lines[0]);
        assertThat(first.path("id").asText())
                .isEqualTo(Normaliser.standard().patternOf(null, NO_ANSWER).id());
        assertThat(first.path("template").asText()).isEqualTo("no answer within <*> from node <*>: status code 503");
        assertThat(first.path("type").isNull()).isTrue();
        assertThat(first.path("masks").path(0).path("kind").asText()).isEqualTo("number");
        assertThat(first.path("masks").path(0).path("start").asInt()).isEqualTo(17);
        assertThat(first.path("masks").path(0).path("end").asInt()).isEqualTo(20);
        assertThat(first.path("keeps").path(0).path("kind").asText()).isEqualTo("code");
        assertThat(new ObjectMapper().readTree(lines[1]).path("generic").asBoolean())
                .as("an empty line is an empty message")
                .isTrue();
        JsonNode third = new ObjectMapper().readTree(lines[2]);
        assertThat(third.path("type").asText()).isEqualTo("KeyError");
        assertThat(third.path("template").asText()).isEqualTo("'näme' <*>");
    }

    @Test
    void coloursTellMaskedAndKeptApartOnlyWhereTheyAreWanted() {
        assertThat(run("explain-pattern", "--color", "always", NO_ANSWER)).isZero();
        assertThat(out.toString())
                .contains("no answer within \u001b[33m60s\u001b[0m from node \u001b[33m41c7\u001b[0m: status code"
                        + " \u001b[32m503\u001b[0m");

        out.getBuffer().setLength(0);
        assertThat(run("explain-pattern", "--color", "never", NO_ANSWER)).isZero();
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void showsNoSecretAndNothingATerminalObeys() {
        int code = run("explain-pattern", "--color", "always", "a\u0007b password=hunter2 for 7\nand 8");

        assertThat(code).isZero();
        assertThat(out.toString())
                .doesNotContain("hunter2", "\u0007")
                .contains("password=\u001b[31m<secret>\u001b[0m for \u001b[33m7\u001b[0m\\nand");
        assertThat(out.toString().lines()).hasSize(6);
    }

    @Test
    void saysWhatNamesNoCause() {
        assertThat(run("explain-pattern", "assert 3 == 5")).isZero();
        assertThat(out.toString()).contains("too generic to name a cause");
    }

    @ParameterizedTest
    @CsvSource({
        "explain-pattern,'MESSAGE: must be given, or --stdin to read messages, got neither'",
        "explain-pattern --stdin text,'--stdin: must be without MESSAGE, got ''text'''",
        "explain-pattern two words,Unmatched argument at index 2: 'words'",
        "explain-pattern --output xml text,'--output'",
        "explain-pattern --mask ( text,--mask"
    })
    void refusesWhatItCannotDo(String arguments, String reason) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
        assertThat(out.toString()).isEmpty();
    }
}
