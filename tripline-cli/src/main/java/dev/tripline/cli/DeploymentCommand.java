package dev.tripline.cli;

import dev.tripline.agent.publish.KafkaPublisher;
import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.DeploymentsReader;
import dev.tripline.agent.report.OpenDeployment;
import dev.tripline.agent.report.ReportText;
import dev.tripline.events.Deployment;
import dev.tripline.service.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline deployment}: says that a build went live. */
@Command(
        name = "deployment",
        mixinStandardHelpOptions = true,
        description = "Publishes that a build of a service went live, one by options or many from a file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline deployment --environment staging --service checkout --revision 4f2a",
            "  tripline deployment --file deployments.jsonl"
        })
final class DeploymentCommand implements Callable<Integer> {
    private final InstantSource clock = InstantSource.system();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--environment", paramLabel = "E", description = "Where it went live.")
    private @Nullable String environment;

    @Option(names = "--service", paramLabel = "S", description = "What went live.")
    private @Nullable String service;

    @Option(names = "--revision", paramLabel = "R", description = "Which build of it.")
    private @Nullable String revision;

    @Option(names = "--at", paramLabel = "T", description = "When, such as 2025-09-11T06:48:00-07:00. Default: now.")
    private @Nullable String at;

    @Option(names = "--reported-by", paramLabel = "WHO", description = "Person, pipeline or probe that says so.")
    private @Nullable String reportedBy;

    @Option(names = "--url", paramLabel = "URL", description = "Page of the deployment.")
    private @Nullable String url;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "JSON lines with environment, service, revision, deployedAt and, if known, reportedBy and url.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<Deployment> deployments = file == null ? List.of(fromOptions()) : fromFile(file);
        try (var publisher = KafkaPublisher.connect(kafka.connection())) {
            for (Deployment deployment : deployments) {
                publisher.publish(deployment);
            }
            publisher.flush();
        } catch (PublishException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
        if (spec != null) {
            int count = deployments.size();
            spec.commandLine().getOut().println("published " + count + (count == 1 ? " deployment" : " deployments"));
        }
        return ExitCode.OK.code();
    }

    private List<Deployment> fromFile(Path path) {
        if (environment != null
                || service != null
                || revision != null
                || at != null
                || reportedBy != null
                || url != null) {
            throw new CommandException(ExitCode.CANNOT_START, "--file: must stand alone, the file says the rest");
        }
        try {
            return DeploymentsReader.read(path);
        } catch (BrokenReportException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.CANNOT_START, path + ": cannot be read: " + e.getMessage());
        }
    }

    private Deployment fromOptions() {
        Instant deployedAt = at == null
                ? clock.instant()
                : ReportText.instant(at)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.CANNOT_START,
                                "--at: must be a time such as 2025-09-11T06:48:00-07:00, got '" + at + "'"));
        return OpenDeployment.of(Deployment.newBuilder()
                .setEnvironment(required("--environment", environment))
                .setService(required("--service", service))
                .setRevision(required("--revision", revision))
                .setDeployedAt(deployedAt)
                .setReportedBy(reportedBy)
                .setUrl(url)
                .build());
    }

    private static String required(String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new CommandException(
                    ExitCode.CANNOT_START,
                    option + ": is required without --file, got " + (value == null ? "nothing" : "'" + value + "'"));
        }
        return value;
    }
}
