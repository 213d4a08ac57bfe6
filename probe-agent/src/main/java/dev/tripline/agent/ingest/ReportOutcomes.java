package dev.tripline.agent.ingest;

import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.ReportFormat;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Turns report files into the records that {@code ingest} publishes and {@code backtest} analyses. */
public final class ReportOutcomes {
    private ReportOutcomes() {}

    /**
     * Lists the reports among files and folders, in order: files as they are named, folders walked with their reports sorted
     * by path. Deployments lie beside reports and are none: {@code deployments.jsonl} in a folder is passed over.
     *
     * @throws IOException if one does not exist or a folder cannot be read; the message names it
     */
    public static List<Path> find(List<Path> paths) throws IOException {
        var files = new ArrayList<Path>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> found = Files.walk(path)) {
                    found.filter(ReportOutcomes::isReport).sorted().forEach(files::add);
                }
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new IOException(path + ": no such file or folder");
            }
        }
        return List.copyOf(files);
    }

    /**
     * Reads one report. It is read twice: first to the end, so that a broken report hands out nothing, then again handing out
     * its records. The same bytes with the same options give the same records, except that outcomes of a report without
     * timestamps are timed by the file's time of last change.
     *
     * @param report a file that ends with {@code .xml} or {@code .jsonl}
     * @param options what the operator says about it
     * @param outcomes takes each outcome, in the report's order
     * @param suiteRuns takes the totals of each suite, after all outcomes
     * @throws BrokenReportException if it cannot be understood; nothing was handed out
     * @throws IOException if it cannot be read or changed while it was
     */
    public static void read(
            Path report, IngestOptions options, Consumer<TestOutcome> outcomes, Consumer<SuiteRun> suiteRuns)
            throws BrokenReportException, IOException {
        ReportFile file = ReportFile.check(report, options.startedAt());
        var records = new RunRecords(options, RunOrigin.ofReport(file.digest()));
        file.forEach((outcome, start) -> outcomes.accept(records.add(outcome, file.stem(), start)));
        records.suiteRuns().forEach(suiteRuns);
    }

    /**
     * Reads one report into a run that may have several, as an agent does.
     *
     * @param run takes and counts the outcomes
     * @throws BrokenReportException if it cannot be understood; nothing was handed out
     * @throws IOException if it cannot be read or changed while it was
     */
    public static void read(Path report, RunRecords run, Consumer<TestOutcome> outcomes)
            throws BrokenReportException, IOException {
        ReportFile file = ReportFile.check(report, null);
        file.forEach((outcome, start) -> outcomes.accept(run.add(outcome, file.stem(), start)));
    }

    private static boolean isReport(Path file) {
        return ReportFormat.of(file).isPresent()
                && Files.isRegularFile(file)
                && !file.endsWith(Path.of("deployments.jsonl"));
    }
}
