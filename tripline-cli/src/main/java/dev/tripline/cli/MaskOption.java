package dev.tripline.cli;

import dev.tripline.service.ExitCode;
import dev.tripline.service.secrets.OwnPatterns;
import java.util.List;
import picocli.CommandLine.Option;

/** Option of commands that read test reports: secrets that only their operator knows by sight. */
final class MaskOption {
    @Option(
            names = "--mask",
            paramLabel = "RE2",
            description =
                    "Expression of secrets to mask beside those that are known: its group, if it has one, else all of it."
                            + " May be repeated.")
    private List<String> expressions = List.of();

    /**
     * Has this process mask them from now on.
     *
     * @throws CommandException if one cannot be used
     */
    void use() {
        List<String> problems = OwnPatterns.problems("--mask", expressions);
        if (!problems.isEmpty()) {
            throw new CommandException(ExitCode.CANNOT_START, String.join(System.lineSeparator(), problems));
        }
        OwnPatterns.process().use(expressions);
    }
}
