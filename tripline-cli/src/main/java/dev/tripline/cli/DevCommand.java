package dev.tripline.cli;

import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.cli.dev.DevSettings;
import dev.tripline.cli.dev.LocalMode;
import dev.tripline.cli.dev.StartException;
import dev.tripline.service.ExitCode;
import dev.tripline.service.ServiceRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline dev}: local mode. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a Kafka broker, a Schema Registry and Tripline's services in one process, for this machine only.",
            "Everything is kept in one folder; Ctrl-C stops, and the next start goes on where this one stopped."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline dev",
            "  tripline dev --data /tmp/try --port 19092 --registry-port 18081",
            "  tripline dev --rules rules.yaml --sink github.yaml"
        })
final class DevCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that holds everything. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of("tripline-data");

    @Option(names = "--port", paramLabel = "PORT", description = "Kafka's port. Default: ${DEFAULT-VALUE}")
    private int port = 9092;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "The Schema Registry's port. Default: ${DEFAULT-VALUE}")
    private int registryPort = 8081;

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules to publish first. Default: those in force.")
    private @Nullable Path rules;

    @Option(
            names = "--sink",
            paramLabel = "FILE",
            description = {
                "Settings of the issue sink, such as a GitHub repository; docs/issue-sink.md lists the keys.",
                "Leave its section kafka out. Default: issues are Markdown files in the folder."
            })
    private @Nullable Path sink;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (rules != null && !Files.isReadable(rules)) {
            throw new CommandException(ExitCode.CANNOT_START, "--rules: must be a file that can be read, got " + rules);
        }
        if (rules != null) {
            RulesReader.ruleSet(rules, Instant.EPOCH, null);
        }
        var settings = new DevSettings(data, port, registryPort, rules, sink);
        try {
            return new LocalMode(settings, new ServiceRunner())
                    .run(() -> welcome(settings))
                    .code();
        } catch (StartException e) {
            throw new CommandException(ExitCode.CANNOT_START, String.valueOf(e.getMessage()));
        }
    }

    private void welcome(DevSettings settings) {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        boolean usual = settings.port() == 9092 && settings.registryPort() == 8081;
        String connection = usual
                ? ""
                : " --bootstrap-servers 127.0.0.1:" + settings.port() + " --schema-registry http://127.0.0.1:"
                        + settings.registryPort();
        var out = spec.commandLine().getOut();
        out.println();
        out.println("Tripline is up.");
        out.println("  Kafka            127.0.0.1:" + settings.port());
        out.println("  Schema Registry  http://127.0.0.1:" + settings.registryPort());
        out.println("  data             " + settings.data().toAbsolutePath().normalize());
        out.println();
        out.println("Try in another terminal:");
        out.println(
                "  ./tripline ingest" + connection + " --environment staging --suite login target/surefire-reports");
        out.println();
        out.println("Ctrl-C stops; the next start goes on from here.");
        out.flush();
    }
}
