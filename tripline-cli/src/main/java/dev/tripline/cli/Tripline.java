package dev.tripline.cli;

import dev.tripline.local.LocalStartException;
import dev.tripline.service.ConfigException;
import dev.tripline.service.ExitCode;
import dev.tripline.service.FailureReport;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tripline} command. */
@Command(
        name = "tripline",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Watches a running system through the tests its owners already have.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped on request",
            "1:failed while running, or part of the work could not be done",
            "2:cannot start: bad usage or configuration, a port or folder in use"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline dev                          run everything on this machine",
            "  tripline topics apply --dry-run       show what an installation lacks",
            "  tripline COMMAND --help               say more about a command",
            "",
            "TRIPLINE_LOG=debug shows more of what happens (error, warn, info, debug, trace)."
        })
public final class Tripline {
    /** All sub-commands, in the order the help lists them. Only classes: none is made before it is called for. */
    private static final List<Class<?>> COMMANDS = List.of(
            DevCommand.class,
            AgentCommand.class,
            AnalyzerCommand.class,
            SinkCommand.class,
            IngestCommand.class,
            DeploymentCommand.class,
            BacktestCommand.class,
            RulesCommand.class,
            ExplainPatternCommand.class,
            TopicsCommand.class,
            RegistryCommand.class,
            HealthCommand.class,
            GenerateCompletion.class);

    private Tripline() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        Logging.prepare(args);
        System.exit(commandLine().execute(args));
    }

    /** Returns the command with all sub-commands, ready to execute. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new Tripline());
        for (Class<?> command : COMMANDS) {
            commandLine.addSubcommand(command);
        }
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    /** By name: the help must not load Kafka's classes. */
    private static boolean isOfKafka(Throwable failure) {
        return failure.getClass().getName().startsWith("org.apache.kafka.");
    }

    private static int report(Exception failure, CommandLine command) {
        var err = new MaskedWriter(command.getErr());
        if (failure instanceof ConfigException) {
            // Has a line for each problem and shows no secret; "secret: is required" would look like one.
            command.getErr().println("tripline: " + failure.getMessage());
            command.getErr().flush();
            return ExitCode.CANNOT_START.code();
        }
        if (failure instanceof LocalStartException) {
            err.println("tripline: " + failure.getMessage());
            return ExitCode.CANNOT_START.code();
        }
        if (failure instanceof CommandException expected) {
            err.println("tripline: " + expected.getMessage());
            return expected.exitCode().code();
        }
        FailureReport reported = FailureReport.of(failure);
        if (reported.isOurs()) {
            err.println("tripline: failed by a mistake in Tripline, please report it");
            failure.printStackTrace(err);
            return ExitCode.FAILED.code();
        }
        err.println("tripline: " + (isOfKafka(failure) ? "Kafka: " : "") + reported.line());
        if ("debug".equalsIgnoreCase(System.getenv("TRIPLINE_LOG"))) {
            failure.printStackTrace(err);
        }
        return ExitCode.FAILED.code();
    }
}
