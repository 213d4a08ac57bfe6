package dev.tripline.agent.probe.command;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.ReadReport;
import dev.tripline.agent.ingest.ReportOutcomes;
import dev.tripline.agent.ingest.RunOrigin;
import dev.tripline.agent.ingest.RunRecords;
import dev.tripline.agent.probe.Probe;
import dev.tripline.agent.probe.ProbeRun;
import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.ReportFiles;
import dev.tripline.agent.report.ReportedFailure;
import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command and reads the reports it writes. Without a report the exit code is the outcome: 0 passed, 126 and 127
 * (what shells say when they cannot run a command) inconclusive, others failed. A command whose time is over adds an outcome
 * {@code TIMED_OUT} to what its reports hold, and a report that is broken or cut short adds one that is {@code INCONCLUSIVE}.
 */
public final class CommandProbe implements Probe {
    private static final Logger LOG = LoggerFactory.getLogger(CommandProbe.class);

    private final String name;
    private final IngestOptions options;
    private final Command command;
    private final List<String> reports;
    private final InstantSource clock;

    /**
     * Prepares a command.
     *
     * @param name name of the probe
     * @param options what its outcomes are about; its environment must be set
     * @param command what is run
     * @param reports globs relative to the folder; may be empty
     * @param clock times outcomes that stand for the command as a whole
     */
    public CommandProbe(
            String name, IngestOptions options, Command command, List<String> reports, InstantSource clock) {
        this.name = name;
        this.options = options;
        this.command = command;
        this.reports = List.copyOf(reports);
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "command";
    }

    @Override
    public String environment() {
        return options.environment() == null ? IngestOptions.DEFAULT_ENVIRONMENT : options.environment();
    }

    @Override
    public ProbeRun run(RunOrigin origin) throws InterruptedException {
        var outcomes = new ArrayList<TestOutcome>();
        var records = new RunRecords(options, origin, outcomes::add);
        Instant began = clock.instant();
        try {
            var written = new WrittenReports(command.folder(), reports);
            Execution execution = Execution.of(command);
            if (execution.leftRunning() > 0) {
                LOG.warn("{}: {} processes that it left running were killed", name, execution.leftRunning());
            }
            boolean complete = readReports(written, records, began);
            if (execution.timedOut()) {
                String message = "Timeout: killed after " + command.timeout().toMillis() + " ms";
                whole(records, began, OutcomeStatus.TIMED_OUT, message, execution.output());
            } else if (records.isEmpty() && complete) {
                int exit = execution.exitCode();
                OutcomeStatus status = exit == 0
                        ? OutcomeStatus.PASSED
                        : exit == 126 || exit == 127 ? OutcomeStatus.INCONCLUSIVE : OutcomeStatus.FAILED;
                String message = exit == 0 ? null : "exit code " + exit;
                whole(records, began, status, message, execution.output());
            }
        } catch (IOException e) {
            whole(records, began, OutcomeStatus.INCONCLUSIVE, String.valueOf(e.getMessage()), null);
        }
        records.finish();
        return new ProbeRun(outcomes, records.suiteRuns());
    }

    /** Tells whether all reports could be read. */
    private boolean readReports(WrittenReports written, RunRecords records, Instant began) throws IOException {
        boolean complete = true;
        ReportFiles found = written.find();
        for (Path report : found.leadingOut()) {
            complete = false;
            whole(records, began, OutcomeStatus.INCONCLUSIVE, ReportFiles.leadsOut(report), null);
        }
        for (Path report : found.files()) {
            try {
                ReadReport read = ReportOutcomes.read(report, records, options.format());
                read.warnings().forEach(warning -> LOG.warn("{}: {}", name, warning));
                if (read.breaksOff() != null) {
                    complete = false;
                    whole(records, began, OutcomeStatus.INCONCLUSIVE, read.breaksOff(), null);
                }
            } catch (BrokenReportException e) {
                complete = false;
                whole(records, began, OutcomeStatus.INCONCLUSIVE, String.valueOf(e.getMessage()), null);
            }
        }
        return complete;
    }

    private void whole(
            RunRecords records,
            Instant began,
            OutcomeStatus status,
            @Nullable String message,
            @Nullable String output) {
        Instant now = clock.instant();
        Instant ended = now.isBefore(began) ? began : now;
        var reported = new ReportedOutcome(
                0,
                name,
                List.of(),
                null,
                name,
                status,
                began,
                ended,
                Duration.between(began, ended),
                message == null ? null : ReportedFailure.of(null, message, output, false),
                false,
                List.of(),
                true,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of());
        records.add(reported, name, began);
    }
}
