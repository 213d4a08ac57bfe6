package dev.tripline.cli;

import dev.tripline.analyzer.StreamAnalyzerMain;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tripline analyzer}: the stream analyzer on its own. */
@Command(
        name = "analyzer",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the stream analyzer: keeps success rates, recognises error patterns, opens incidents.",
            "Several with the same application id share the work. Needs the topics ('tripline topics apply')."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tripline analyzer --config analyzer.yaml"})
final class AnalyzerCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "YAML; docs/analyzer.md lists the keys. An empty file means local mode on its usual ports.")
    private Path config = Path.of("analyzer.yaml");

    @Override
    public Integer call() {
        return StreamAnalyzerMain.run(config).code();
    }
}
