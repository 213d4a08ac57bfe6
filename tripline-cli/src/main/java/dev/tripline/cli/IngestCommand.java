package dev.tripline.cli;

import dev.tripline.agent.ingest.FoundReports;
import dev.tripline.agent.ingest.Ingest;
import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.IngestSummary;
import dev.tripline.agent.ingest.OutcomeJson;
import dev.tripline.agent.ingest.PutAside;
import dev.tripline.agent.ingest.ReadReport;
import dev.tripline.agent.ingest.ReportBatch;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.agent.ingest.WholeRun;
import dev.tripline.agent.publish.KafkaPublisher;
import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.BrokenReportException.Fault;
import dev.tripline.agent.report.ReportFiles;
import dev.tripline.agent.report.ReportFormat;
import dev.tripline.agent.report.ReportText;
import dev.tripline.events.TestNames;
import dev.tripline.events.TestOutcome;
import dev.tripline.service.ExitCode;
import dev.tripline.service.text.Controls;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tripline ingest}: publishes test reports that exist already. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes test reports: JUnit XML, NUnit 3, xUnit.net, TRX, Open Test Reporting, TAP, go test -json, and"
                    + " outcomes as JSON lines. A file's content tells which it is, whatever it is called; in folders, files"
                    + " that end with .xml, .trx, .tap or .jsonl are read, and those with .json that are known by their content.",
            "The same report counts once, however often it is ingested. A broken file publishes nothing, the others go on.",
            "A report that is cut short publishes what it holds before that, with exit code 1. Times that cannot be read"
                    + " or cannot be true (before 2000, after the file was written) count as not given, with a warning.",
            "A file from which nothing could be read is named with what it is, and the command ends with exit code 1; so"
                    + " it does when a folder or a pattern holds no report. --allow-empty makes both no failure.",
            "What reports say about environment, location, suite, service and revision is overridden by the options."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline ingest --environment staging target/surefire-reports",
            "  tripline ingest --dry-run --output json report.xml"
        })
final class IngestCommand implements Callable<Integer> {
    private static final String WARNING = "tripline: warning: ";

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final MaskOption mask = new MaskOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR|PATTERN",
            description = "Reports, folders with reports, and patterns such as 'build/**/*.xml'.")
    private List<Path> paths = List.of();

    @Option(
            names = "--environment",
            paramLabel = "E",
            description = "Where the target ran. Default: the report, then default.")
    private @Nullable String environment;

    @Option(
            names = "--suite",
            paramLabel = "S",
            description = "Suite of all outcomes. Default: the report, then the file's name.")
    private @Nullable String suite;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "Takes all reports of this call as parts of one run with this name, such as shards."
                    + " Default: files that hold one suite within 10 minutes and share no test.")
    private @Nullable String run;

    @Option(
            names = "--more",
            description =
                    "With --run: later calls bring more of the run; only the last, without --more, tells that it is whole.")
    private boolean more;

    @Option(
            names = "--expect",
            paramLabel = "N",
            description =
                    "With --run: the number of tests that the run's suite has in all calls, in whatever order they come.")
    private @Nullable Long expected;

    @Option(names = "--service", paramLabel = "S", description = "Service that was tested. Default: the report.")
    private @Nullable String service;

    @Option(names = "--revision", paramLabel = "R", description = "Build that was live. Default: the report.")
    private @Nullable String revision;

    @Option(
            names = "--build-url",
            paramLabel = "URL",
            description = "Page of the build that ran the tests, for issues. Default: the attribute build.url.")
    private @Nullable String buildUrl;

    @Option(
            names = "--report-url",
            paramLabel = "URL",
            description = "Page with the report, for issues. Default: the attribute report.url.")
    private @Nullable String reportUrl;

    @Option(
            names = "--location",
            paramLabel = "L",
            description = "Where the tests ran from. Default: the report, then local.")
    private @Nullable String location;

    @Option(
            names = "--started-at",
            paramLabel = "T",
            description =
                    "When tests began whose report does not say. Default: so that they ended when the file was written.")
    private @Nullable String startedAt;

    @Option(
            names = "--zone",
            paramLabel = "Z",
            description =
                    "Zone of times without one, such as Europe/Berlin or +02:00. Default: this system's; JSON lines: UTC.")
    private @Nullable String zone;

    @Option(
            names = "--allow-empty",
            description = "Exit 0 even if a file, folder or pattern holds nothing to read; still says so.")
    private boolean allowEmpty;

    @Option(names = "--dry-run", description = "Publish nothing, show what would be. Needs no Kafka.")
    private boolean dryRun;

    @Option(
            names = "--no-progress",
            description = "Do not show how far long reports are read. Shown only if errors go to a terminal.")
    private boolean noProgress;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "With --dry-run: one line or one JSON object for each outcome. Default: text.")
    private Output output = Output.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    /** How outcomes are shown. */
    enum Output {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        mask.use();
        IngestOptions options = options();
        WholeRun whole = whole();
        FoundReports found;
        try {
            found = ReportOutcomes.find(paths);
        } catch (IOException | PatternSyntaxException e) {
            throw new CommandException(ExitCode.CANNOT_START, String.valueOf(e.getMessage()));
        }
        PrintWriter err = new MaskedWriter(spec().commandLine().getErr());
        found.without()
                .forEach(path -> err.println("tripline: " + path + ": no reports (" + ReportFormat.patterns() + ")"));
        found.leadingOut().forEach(link -> err.println("tripline: " + ReportFiles.leadsOut(link)));
        ExitCode code = found.files().isEmpty()
                ? ExitCode.OK
                : dryRun ? show(found.files(), options) : publish(found.files(), options, whole);
        boolean allRead =
                (found.without().isEmpty() || allowEmpty) && found.leadingOut().isEmpty();
        return (allRead ? code : ExitCode.FAILED).code();
    }

    private ExitCode show(List<Path> files, IngestOptions options) {
        // Lines may be millions; by itself each would go to the system alone.
        var out = new PrintWriter(new BufferedWriter(spec().commandLine().getOut()));
        PrintWriter err = new MaskedWriter(spec().commandLine().getErr());
        ProgressLine progress = progress(files);
        var shown = new Shown(out, err, progress);
        var putAside = new PutAside(InstantSource.system());
        boolean sharesTerminal = Terminal.takesOutput();
        try {
            for (ReportBatch batch : ReportBatch.of(files, options, run(), shown, progress)) {
                try {
                    batch.read(
                            outcome -> {
                                if (sharesTerminal) {
                                    progress.stop();
                                }
                                out.println(line(outcome));
                                putAside.add(outcome);
                                progress.outcome();
                            },
                            run -> {},
                            shown::read);
                    putAside.tell(batch.paths()).forEach(shown::putAside);
                } catch (BrokenReportException e) {
                    shown.broken(batch.paths().get(0), e);
                } catch (IOException e) {
                    shown.unreadable(batch.paths().get(0), e);
                }
            }
        } finally {
            progress.stop();
            out.flush();
        }
        return shown.code;
    }

    private String line(TestOutcome outcome) {
        return output == Output.JSON
                ? OutcomeJson.line(outcome)
                : Controls.escape(outcome.getStartedAt() + " " + outcome.getStatus() + " " + outcome.getSuite() + " "
                        + TestNames.shown(outcome.getSuite(), outcome.getClassName(), outcome.getTest()));
    }

    private ExitCode publish(List<Path> files, IngestOptions options, WholeRun whole) {
        PrintWriter err = new MaskedWriter(spec().commandLine().getErr());
        ProgressLine progress = progress(files);
        try (var publisher = KafkaPublisher.connect(kafka.connection())) {
            IngestSummary summary = new Ingest(
                            options,
                            run(),
                            whole,
                            publisher,
                            InstantSource.system(),
                            published -> progress.outcome(),
                            progress)
                    .publish(files);
            progress.stop();
            summary.warnings().forEach(line -> err.println(WARNING + line));
            summary.cutShort().forEach(line -> err.println("tripline: " + line));
            summary.broken().forEach(line -> err.println("tripline: " + line));
            summary.empty().forEach(line -> err.println("tripline: " + line));
            summary.putAside().forEach(line -> err.println("tripline: " + line));
            spec().commandLine().getOut().println(summary.sentence());
            return summary.broken().isEmpty()
                            && summary.cutShort().isEmpty()
                            && summary.putAside().isEmpty()
                            && (allowEmpty || summary.empty().isEmpty())
                    ? ExitCode.OK
                    : ExitCode.FAILED;
        } catch (PublishException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    e.getMessage() + "; run it again: what has arrived already counts once, so a repeat is safe");
        } finally {
            progress.stop();
        }
    }

    private ProgressLine progress(List<Path> files) {
        boolean isShown = !noProgress && Terminal.takesErrors();
        return new ProgressLine(
                isShown ? spec().commandLine().getErr() : null, files.size(), bytesOf(files), System::nanoTime);
    }

    /** A file whose size cannot be told is complained of when it is read. */
    private static long bytesOf(List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            bytes += file.toFile().length();
        }
        return bytes;
    }

    /** Prints what became of the reports of a dry run. */
    private final class Shown implements ReportBatch.Faults {
        private final PrintWriter out;
        private final PrintWriter err;
        private final ProgressLine progress;
        private ExitCode code = ExitCode.OK;

        Shown(PrintWriter out, PrintWriter err, ProgressLine progress) {
            this.out = out;
            this.err = err;
            this.progress = progress;
        }

        private void say(String line) {
            progress.erase();
            out.flush();
            err.println(line);
        }

        void read(Path file, ReadReport read) {
            read.warnings().forEach(line -> say(WARNING + line));
            if (read.breaksOff() != null) {
                say("tripline: " + read.breaksOff());
                code = ExitCode.FAILED;
            }
            if (read.outcomes() == 0) {
                say("tripline: " + file + ": " + read.contents());
                code = allowEmpty ? code : ExitCode.FAILED;
            }
        }

        void putAside(String line) {
            say("tripline: " + line);
            code = ExitCode.FAILED;
        }

        @Override
        public void broken(Path file, BrokenReportException fault) {
            say("tripline: " + fault.getMessage());
            code = allowEmpty && fault.fault() == Fault.OTHER_FORMAT ? code : ExitCode.FAILED;
        }

        @Override
        public void unreadable(Path file, IOException fault) {
            say("tripline: " + file + ": cannot be read: " + fault.getMessage());
            code = ExitCode.FAILED;
        }

        @Override
        public void repeated(Path file, Path first) {
            say(WARNING + ReportBatch.repeats(file, first));
        }
    }

    private @Nullable String run() {
        return word("--run", run);
    }

    private WholeRun whole() {
        if (expected != null && expected < 1) {
            throw new CommandException(
                    ExitCode.CANNOT_START, "--expect: must be a number of tests, at least 1, got '" + expected + "'");
        }
        if (run == null && (more || expected != null)) {
            throw new CommandException(
                    ExitCode.CANNOT_START,
                    (more ? "--more" : "--expect") + ": needs --run, which says what the calls are parts of");
        }
        if (more && expected != null) {
            throw new CommandException(
                    ExitCode.CANNOT_START, "--more: must not be given with --expect, which says when the run is whole");
        }
        return expected != null ? WholeRun.of(expected) : more ? WholeRun.inALaterCall() : WholeRun.inThisCall();
    }

    private IngestOptions options() {
        Instant begin = startedAt == null
                ? null
                : ReportText.instant(startedAt)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.CANNOT_START,
                                "--started-at: must be a time such as 2025-09-11T08:04:00-07:00, got '" + startedAt
                                        + "'"));
        return new IngestOptions(
                word("--environment", environment),
                word("--location", location),
                word("--suite", suite),
                word("--service", service),
                word("--revision", revision),
                begin,
                zone(),
                page("--build-url", buildUrl),
                page("--report-url", reportUrl),
                format.format());
    }

    private static @Nullable String page(String option, @Nullable String address) {
        if (address != null && !address.matches("(?i)https?://\\S{1,1000}")) {
            throw new CommandException(
                    ExitCode.CANNOT_START, option + ": must be an http:// or https:// address, got '" + address + "'");
        }
        return address;
    }

    private @Nullable ZoneId zone() {
        try {
            return zone == null ? null : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new CommandException(
                    ExitCode.CANNOT_START,
                    "--zone: must be a zone such as Europe/Berlin, UTC or +02:00, got '" + zone + "'");
        }
    }

    private static @Nullable String word(String option, @Nullable String value) {
        if (value != null && value.isBlank()) {
            throw new CommandException(ExitCode.CANNOT_START, option + ": must not be blank, got '" + value + "'");
        }
        return value;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        return spec;
    }
}
