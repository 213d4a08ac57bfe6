package dev.tripline.cli;

import dev.tripline.service.ExitCode;
import dev.tripline.service.secrets.Disclosure;
import dev.tripline.sink.IssueSinkMain;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline sink}: the issue sink on its own. */
@Command(
        name = "sink",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the issue sink: files, updates and closes one issue for each incident.",
            "Of several with one group, one files and the others wait. Needs the topics ('tripline topics apply')."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tripline sink --config sink.yaml", "  tripline sink --config sink.yaml --dry-run"})
final class SinkCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "YAML; docs/issue-sink.md lists the keys. An empty file means local mode on its usual ports.")
    private Path config = Path.of("sink.yaml");

    @Option(names = "--dry-run", description = "Print what would be done next about each incident; write nothing.")
    private boolean dryRun;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!dryRun) {
            return IssueSinkMain.run(config).code();
        }
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        var out = spec.commandLine().getOut();
        List<String> lines = IssueSinkMain.plan(config);
        lines.forEach(line -> out.println(Disclosure.line(line)));
        if (lines.isEmpty()) {
            out.println("nothing to do");
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
