package dev.tripline.agent.ingest;

import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.ReportFiles;
import dev.tripline.agent.report.ReportFormat;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns report files into the records that {@code ingest} publishes and {@code backtest} analyses. */
public final class ReportOutcomes {
    private static final Set<String> NO_REPORTS = Set.of("deployments.jsonl", "failsafe-summary.xml");

    private ReportOutcomes() {}

    /**
     * Lists the reports among files and folders, in order: files as they are named, folders walked with their reports, told by
     * the endings of their names, sorted by path, and what a pattern ({@code reports/**}{@code /*.xml}) matches that no shell has
     * resolved; if the pattern itself gives the ending, any. Files that lie beside
     * reports and are none are passed over in folders: {@code deployments.jsonl} and {@code failsafe-summary.xml}. Links in
     * folders are followed only within them; a file that is named itself may be a link to anywhere.
     *
     * @throws IOException if one that is no pattern does not exist or a folder cannot be read; the message names it
     */
    public static FoundReports find(List<Path> paths) throws IOException {
        var files = new ArrayList<Path>();
        var without = new ArrayList<Path>();
        var leadingOut = new ArrayList<Path>();
        for (Path path : paths) {
            int before = files.size();
            if (Files.isDirectory(path)) {
                take(ReportFiles.below(path, ReportOutcomes::isReport), files, leadingOut);
            } else if (Files.exists(path)) {
                files.add(path);
            } else if (ReportPattern.isPattern(path)) {
                var pattern = new ReportPattern(path);
                if (Files.isDirectory(pattern.folder())) {
                    ReportFiles found = ReportFiles.below(
                            pattern.folder(),
                            file -> pattern.matches(file) && (pattern.namesEnding() ? mayBe(file) : isReport(file)));
                    if (pattern.namesEnding()) {
                        files.addAll(found.files());
                        leadingOut.addAll(found.leadingOut());
                    } else {
                        take(found, files, leadingOut);
                    }
                }
            } else {
                throw new IOException(path + ": no such file or folder");
            }
            if (files.size() == before) {
                without.add(path);
            }
        }
        return new FoundReports(files, without, leadingOut);
    }

    /**
     * Reads one report. It is read to the end before it hands out a record, so that a broken one hands out nothing; what then is
     * not held in memory is read again. The same bytes with the same options give the same records, except that outcomes of a report without
     * timestamps are timed by the file's time of last change.
     *
     * @param report a file, whatever it is called
     * @param options what the operator says about it
     * @param outcomes takes the outcome of each test: those whose name comes once in the report's order, then those that
     *     came several times, as one outcome if they are attempts
     * @param suiteRuns takes the totals of each suite, after all outcomes
     * @return what the file turned out to be
     * @throws BrokenReportException if it cannot be understood; nothing was handed out
     * @throws IOException if it cannot be read or changed while it was
     */
    public static ReadReport read(
            Path report, IngestOptions options, Consumer<TestOutcome> outcomes, Consumer<SuiteRun> suiteRuns)
            throws BrokenReportException, IOException {
        ReportFile file = ReportFile.check(report, options, OutcomeRoom.ofHeap(), ReadingProgress.untold());
        var records = new RunRecords(options, RunOrigin.ofReport(file.digest()), outcomes, file.expected());
        String stem = file.stem();
        ReadReport read = file.forEach((outcome, start) -> records.add(outcome, stem, start), ReadingProgress.untold());
        records.finish();
        records.suiteRuns().forEach(suiteRuns);
        return read;
    }

    /**
     * Reads one report into a run that may have several, as an agent does.
     *
     * @param run takes and counts the outcomes
     * @param format its format; null: its content tells
     * @return what the file turned out to be
     * @throws BrokenReportException if it cannot be understood; nothing was handed out
     * @throws IOException if it cannot be read or changed while it was
     */
    public static ReadReport read(Path report, RunRecords run, @Nullable ReportFormat format)
            throws BrokenReportException, IOException {
        // An agent may run many probes at once.
        ReportFile file = ReportFile.check(
                report, IngestOptions.none().withFormat(format), OutcomeRoom.none(), ReadingProgress.untold());
        String stem = file.stem();
        return file.forEach((outcome, start) -> run.add(outcome, stem, start), ReadingProgress.untold());
    }

    private static boolean isReport(Path file) {
        return ReportFormat.hasEnding(file) && mayBe(file);
    }

    /** Takes what was found in a folder; of files that end as many others do, those that are known by their content. */
    private static void take(ReportFiles found, List<Path> files, List<Path> leadingOut) throws IOException {
        for (Path file : found.files()) {
            if (!ReportFormat.isOfOthers(file) || isKnown(file)) {
                files.add(file);
            }
        }
        found.leadingOut().stream()
                .filter(link -> !ReportFormat.isOfOthers(link))
                .forEach(leadingOut::add);
    }

    private static boolean isKnown(Path file) throws IOException {
        try {
            ReportFile.recognised(file);
            return true;
        } catch (BrokenReportException e) {
            return false;
        }
    }

    private static boolean mayBe(Path file) {
        return !NO_REPORTS.contains(String.valueOf(file.getFileName()));
    }
}
