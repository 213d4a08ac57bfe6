package dev.tripline.cli;

import dev.tripline.agent.report.ReportFormat;
import dev.tripline.service.ExitCode;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --format}: which format reports have whose content does not tell, or tells wrongly. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "Format of all reports: ${COMPLETION-CANDIDATES}. Default: the content of each tells.")
    private @Nullable String name;

    /**
     * Returns the format; null if none is given.
     *
     * @throws CommandException if none has the name
     */
    @Nullable
    ReportFormat format() {
        return name == null
                ? null
                : ReportFormat.ofWord(name)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.CANNOT_START,
                                "--format: must be one of " + String.join(", ", ReportFormat.words()) + ", got '" + name
                                        + "'"));
    }

    /** The names, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ReportFormat.words().iterator();
        }
    }
}
