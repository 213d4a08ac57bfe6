package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TriplineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Tripline.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void showsCommandsExitCodesAndExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("dev ", "topics ", "generate-completion ", "Exit codes:", "Examples:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandHasAHelpOfItsOwn() {
        for (CommandLine command : Tripline.commandLine().getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandName())
                    .isNotEmpty();
            assertThat(run(command.getCommandName(), "--help"))
                    .as(command.getCommandName())
                    .isZero();
        }
    }

    /** A line that is broken by hand breaks once more where a terminal is narrower. */
    @Test
    void descriptionsBreakOnlyBetweenSentences() {
        assertSentences(Tripline.commandLine());
    }

    private void assertSentences(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(command.getCommandSpec().qualifiedName())
                .allMatch(line -> line.endsWith(".") || line.endsWith(":"), "ends a sentence");
        command.getSubcommands().entrySet().stream()
                .filter(each -> !each.getKey().equals("generate-completion"))
                .forEach(each -> assertSentences(each.getValue()));
    }

    @Test
    void examplesOfTheHelpCanBePasted() {
        assertExamples(Tripline.commandLine());
    }

    private void assertExamples(CommandLine command) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help.lines())
                .as(command.getCommandSpec().qualifiedName())
                .containsAll(Stream.of(command.getCommandSpec().usageMessage().footer())
                        .map(String::stripTrailing)
                        .toList());
        command.getSubcommands().values().forEach(this::assertExamples);
    }

    @Test
    void saysWhichBuildItIs() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("tripline ").contains("Java " + Runtime.version());
    }

    @ParameterizedTest
    @CsvSource({
        "'',Missing required subcommand",
        "nonsense,Unmatched argument at index 0: 'nonsense'",
        "--nonsense,Unknown option: '--nonsense'",
        "topics,Missing required subcommand",
        "topics apply --nonsense,Unknown option: '--nonsense'",
        "topics apply --replication-factor many,'--replication-factor': 'many' is not a short",
        "dev --port many,'--port': 'many' is not an int"
    })
    void refusesWhatItDoesNotKnowOnStandardError(String arguments, String reason) {
        int code = arguments.isEmpty() ? run() : run(arguments.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesValuesThatCannotWork(@TempDir Path folder) {
        String data = folder.resolve("data").toString();

        assertThat(run("dev", "--data", data, "--port", "0")).isEqualTo(2);
        assertThat(run("dev", "--data", data, "--port", "9092", "--registry-port", "9092"))
                .isEqualTo(2);
        assertThat(run("dev", "--rules", folder.resolve("gone.yaml").toString()))
                .isEqualTo(2);
        assertThat(run(
                        "dev",
                        "--data",
                        data,
                        "--sink",
                        folder.resolve("gone-sink.yaml").toString()))
                .isEqualTo(2);
        assertThat(run("topics", "apply", "--replication-factor", "0")).isEqualTo(2);
        assertThat(run("topics", "apply", "--topic-prefix", "my_prefix")).isEqualTo(2);
        assertThat(run("topics", "show", "--topic-prefix", "my_prefix")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--port: must be a port from 1 to 65535, got 0",
                        "--registry-port: must differ from --port, got 9092 for both",
                        "gone-sink.yaml cannot be used:",
                        "--rules: must be a file that can be read, got ",
                        "--replication-factor: must be at least 1, got 0",
                        "--topic-prefix: must be letters, digits, hyphens and dots and end with a dot, got 'my_prefix'")
                .doesNotContain("\tat ");
    }

    @Test
    void showsTheCatalogueWithoutABroker() {
        assertThat(run("topics", "show", "--topic-prefix", "acme.")).isZero();
        assertThat(out.toString().lines())
                .hasSize(24)
                .anySatisfy(line -> assertThat(line)
                        .matches("acme\\.test-outcomes +8 partitions, cleanup\\.policy=delete,"
                                + " message\\.timestamp\\.type=LogAppendTime, retention\\.ms=2592000000"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("acme.incidents.dlq").contains("1 partition, "));
    }
}
