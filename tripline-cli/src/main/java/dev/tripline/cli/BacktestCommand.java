package dev.tripline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tripline.agent.ingest.FoundReports;
import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.ReadReport;
import dev.tripline.agent.ingest.ReportBatch;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.DeploymentsReader;
import dev.tripline.agent.report.ReportFiles;
import dev.tripline.agent.report.ReportFormat;
import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.events.EventJson;
import dev.tripline.service.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline backtest}: the analysis over recorded outcomes, without Kafka. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows what given rules would have filed over recorded outcomes.",
            "Runs the analysis the stream runs, without Kafka, in order of event time."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline backtest \\",
            "      --reports examples/golden-path/2025-09-10 \\",
            "      --reports examples/golden-path/2025-09-11 \\",
            "      --deployments examples/golden-path/deployments.jsonl \\",
            "      --rules examples/golden-path/rules.yaml"
        })
final class BacktestCommand implements Callable<Integer> {
    enum Output {
        TEXT,
        JSON
    }

    /** What is read; at least one of them. */
    static final class Recorded {
        @Option(
                names = "--reports",
                paramLabel = "FILE|DIR",
                arity = "1..*",
                description = "Test reports, or folders of them; may be repeated.")
        private List<Path> reports = List.of();

        @Option(
                names = "--outcomes",
                paramLabel = "FILE.jsonl",
                arity = "1..*",
                description = "Outcomes as JSON lines, as 'tripline ingest --dry-run --output json' prints them.")
        private List<Path> outcomes = List.of();
    }

    @Mixin
    private final MaskOption mask = new MaskOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Recorded recorded = new Recorded();

    @Option(
            names = "--deployments",
            paramLabel = "FILE.jsonl",
            description = "Deployments as JSON lines: environment, service, revision, deployedAt.")
    private @Nullable Path deployments;

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules to decide by. Default: the built-in ones.")
    private @Nullable Path rules;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description =
                    "json: one object with rates, patternChanges, breaches and incidents. Default: ${DEFAULT-VALUE}")
    private Output output = Output.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        mask.use();
        ReportFormat named = format.format();
        if (named != null && !recorded.outcomes.isEmpty()) {
            throw new CommandException(
                    ExitCode.CANNOT_START,
                    "--format: is about --reports, and --outcomes are JSON lines: give one of them");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = new MaskedWriter(spec.commandLine().getErr());
        var backtest = new Backtest(rules == null ? Rules.BUILT_IN : RulesReader.read(rules), Instant.now());
        if (deployments != null) {
            read(deployments, backtest);
        }
        List<Path> files = new ArrayList<>();
        int without = 0;
        try {
            for (FoundReports found :
                    List.of(ReportOutcomes.find(recorded.reports), ReportOutcomes.find(recorded.outcomes))) {
                files.addAll(found.files());
                found.without()
                        .forEach(path ->
                                err.println("tripline: " + path + ": no reports (" + ReportFormat.patterns() + ")"));
                found.leadingOut().forEach(link -> err.println("tripline: " + ReportFiles.leadsOut(link)));
                without += found.without().size() + found.leadingOut().size();
            }
        } catch (IOException | PatternSyntaxException e) {
            throw new CommandException(ExitCode.CANNOT_START, String.valueOf(e.getMessage()));
        }
        var told = new Told(err);
        for (ReportBatch batch : ReportBatch.of(files, IngestOptions.none().withFormat(named), null, told)) {
            try {
                batch.read(backtest::add, backtest::add, told::read);
            } catch (BrokenReportException | IllegalArgumentException | IOException e) {
                told.failed(e);
            }
        }
        if (told.outcomes == 0) {
            throw new CommandException(ExitCode.FAILED, "no outcome was read, so there is nothing to decide");
        }
        Backtest.Result result = backtest.run();
        if (output == Output.JSON) {
            out.println(json(result));
        } else {
            new BacktestReport(out).print(result);
        }
        out.flush();
        return (told.failures + without == 0 ? ExitCode.OK : ExitCode.FAILED).code();
    }

    /** Prints what became of the reports. */
    private static final class Told implements ReportBatch.Faults {
        private final PrintWriter err;
        private int failures;
        private long outcomes;

        Told(PrintWriter err) {
            this.err = err;
        }

        void read(Path file, ReadReport read) {
            outcomes += read.outcomes();
            read.warnings().forEach(line -> err.println("tripline: warning: " + line));
            if (read.outcomes() == 0) {
                err.println("tripline: " + file + ": " + read.contents());
                failures++;
            }
            if (read.breaksOff() != null) {
                err.println("tripline: " + read.breaksOff());
                failures++;
            }
        }

        void failed(Exception fault) {
            err.println("tripline: " + fault.getMessage());
            failures++;
        }

        @Override
        public void broken(Path file, BrokenReportException fault) {
            failed(fault);
        }

        @Override
        public void unreadable(Path file, IOException fault) {
            failed(fault);
        }

        @Override
        public void repeated(Path file, Path first) {
            err.println("tripline: warning: " + ReportBatch.repeats(file, first));
        }
    }

    private static void read(Path deployments, Backtest backtest) {
        try {
            DeploymentsReader.read(deployments).forEach(backtest::add);
        } catch (BrokenReportException | IOException e) {
            throw new CommandException(ExitCode.CANNOT_START, String.valueOf(e.getMessage()));
        }
    }

    private static String json(Backtest.Result result) throws JsonProcessingException {
        var mapper = new ObjectMapper();
        ObjectNode object = mapper.createObjectNode();
        object.set("rates", EventJson.of(result.rates()));
        object.set("patternChanges", EventJson.of(result.patternChanges()));
        object.set("breaches", EventJson.of(result.breaches()));
        object.set("incidents", EventJson.of(result.incidents()));
        return mapper.writeValueAsString(object);
    }
}
