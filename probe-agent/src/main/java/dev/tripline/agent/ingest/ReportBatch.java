package dev.tripline.agent.ingest;

import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.events.Keys;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports of one call that have runs in common, in the order in which they were given.
 *
 * <p>Reports are shards of one run of a suite if their outcomes of it overlap in time or are at most 10 min apart, name no test
 * in common, and all say when they were; or if the operator gives the run a name; or if their lines name the same source and run. A report with the same
 * content as one before it says nothing new.
 */
public final class ReportBatch {
    /** Jobs of one pipeline begin when a machine is free for them. */
    private static final Duration BETWEEN_SHARDS = Duration.ofMinutes(10);

    private final List<ReportFile> files;
    private final IngestOptions options;
    private final RunOrigin origin;
    private final Map<ReportFile, Map<String, String>> sources;
    private final ReadingProgress progress;

    private ReportBatch(
            List<ReportFile> files,
            IngestOptions options,
            RunOrigin origin,
            Map<ReportFile, Map<String, String>> sources,
            ReadingProgress progress) {
        this.files = List.copyOf(files);
        this.options = options;
        this.origin = origin;
        this.sources = sources;
        this.progress = progress;
    }

    /** What one suite did in one report. */
    private record Part(ReportFile file, SuiteRun run, Set<Long> tests) {
        boolean isShardOf(Part other) {
            return file != other.file
                    && file.saysWhen()
                    && other.file.saysWhen()
                    && !run.getStartedAt().isAfter(other.run.getEndedAt().plus(BETWEEN_SHARDS))
                    && !other.run.getStartedAt().isAfter(run.getEndedAt().plus(BETWEEN_SHARDS))
                    && tests.stream().noneMatch(other.tests::contains);
        }
    }

    /** Takes reports that cannot be read. */
    public interface Faults {
        /** Takes one that cannot be understood. */
        void broken(Path file, BrokenReportException fault);

        /** Takes one that cannot be read, or changed while it was. */
        void unreadable(Path file, IOException fault);

        /** Takes one that repeats another of the call, which counts once. */
        void repeated(Path file, Path first);
    }

    /**
     * Reads reports through and puts those together that have runs in common.
     *
     * @param run name of the one run of all of them; null to go by what they say
     * @param faults takes those that are left out
     * @return batches by the day on which they begin, then in the order of their first reports
     */
    public static List<ReportBatch> of(List<Path> paths, IngestOptions options, @Nullable String run, Faults faults) {
        return of(paths, options, run, faults, ReadingProgress.untold());
    }

    /**
     * Does the same, and tells how far it is.
     *
     * @param run name of the one run of all of them; null to go by what they say
     * @param faults takes those that are left out
     * @param progress is told how far reading is, by {@link #read} too
     */
    public static List<ReportBatch> of(
            List<Path> paths, IngestOptions options, @Nullable String run, Faults faults, ReadingProgress progress) {
        Map<String, ReportFile> byDigest = new HashMap<>();
        List<ReportFile> files = new ArrayList<>();
        OutcomeRoom room = OutcomeRoom.ofHeap();
        for (Path path : paths) {
            progress.reading(path);
            try {
                ReportFile file = ReportFile.check(path, options, room, progress);
                ReportFile first = byDigest.putIfAbsent(file.digest(), file);
                if (first == null) {
                    files.add(file);
                } else {
                    faults.repeated(path, first.path());
                }
            } catch (BrokenReportException e) {
                faults.broken(path, e);
            } catch (IOException e) {
                faults.unreadable(path, e);
            }
        }
        if (run != null) {
            return files.isEmpty()
                    ? List.of()
                    : List.of(new ReportBatch(files, options, RunOrigin.ofRun(run), Map.of(), progress));
        }
        return inOrder(files.size() < 2 ? alone(files, options, progress) : joined(files, options, faults, progress));
    }

    /** Oldest day first: what comes long after a newer outcome of its test is put aside. Within a day as they were given. */
    private static List<ReportBatch> inOrder(List<ReportBatch> batches) {
        return batches.stream()
                .sorted(Comparator.comparing(batch -> batch.files.stream()
                        .map(ReportFile::beginsAt)
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH)
                        .truncatedTo(ChronoUnit.DAYS)))
                .toList();
    }

    private static List<ReportBatch> alone(List<ReportFile> files, IngestOptions options, ReadingProgress progress) {
        return files.stream()
                .map(file ->
                        new ReportBatch(List.of(file), options, RunOrigin.ofReport(file.digest()), Map.of(), progress))
                .toList();
    }

    private static List<ReportBatch> joined(
            List<ReportFile> files, IngestOptions options, Faults faults, ReadingProgress progress) {
        Map<ReportFile, Integer> batchOf = new HashMap<>();
        Map<ReportFile, Map<String, String>> sources = new HashMap<>();
        Map<String, List<Part>> bySuite = new HashMap<>();
        Map<String, ReportFile> byRun = new HashMap<>();
        List<ReportFile> readable = new ArrayList<>();
        for (ReportFile file : files) {
            batchOf.put(file, batchOf.size());
            try {
                for (Part part : partsOf(file, options)) {
                    String source = part.run().getSource();
                    String suite = RunRecords.suiteOf(part.run());
                    if (source.equals(RunOrigin.ofReport(file.digest()).source())) {
                        bySuite.computeIfAbsent(suite, each -> new ArrayList<>())
                                .add(part);
                    }
                    String suiteRun =
                            Keys.of(suite, source, Long.toString(part.run().getRun()));
                    join(batchOf, file, byRun.computeIfAbsent(suiteRun, each -> file));
                }
                readable.add(file);
            } catch (BrokenReportException e) {
                faults.broken(file.path(), e);
            } catch (IOException e) {
                faults.unreadable(file.path(), e);
            }
        }
        bySuite.forEach((suite, parts) -> shards(parts).forEach(run -> {
            var digests = new TreeSet<String>();
            run.forEach(part -> digests.add(part.file().digest()));
            String source = RunOrigin.ofReports(digests).source();
            run.forEach(part -> {
                sources.computeIfAbsent(part.file(), each -> new HashMap<>()).put(suite, source);
                join(batchOf, part.file(), run.get(0).file());
            });
        }));
        List<ReportBatch> batches = new ArrayList<>();
        Set<Integer> done = new HashSet<>();
        for (ReportFile file : readable) {
            int batch = batchOf.getOrDefault(file, -1);
            if (done.add(batch)) {
                List<ReportFile> members = readable.stream()
                        .filter(each -> batch == batchOf.getOrDefault(each, -1))
                        .toList();
                batches.add(new ReportBatch(members, options, RunOrigin.ofReport(file.digest()), sources, progress));
            }
        }
        return List.copyOf(batches);
    }

    private static void join(Map<ReportFile, Integer> batchOf, ReportFile one, ReportFile other) {
        Integer from = batchOf.get(one);
        Integer to = batchOf.get(other);
        if (from != null && to != null && !from.equals(to)) {
            batchOf.replaceAll((file, batch) -> batch.equals(from) ? to : batch);
        }
    }

    private static List<Part> partsOf(ReportFile file, IngestOptions options)
            throws BrokenReportException, IOException {
        Map<String, Set<Long>> tests = new HashMap<>();
        var series = new SeriesFingerprints();
        var records = new RunRecords(
                options,
                RunOrigin.ofReport(file.digest()),
                outcome -> tests.computeIfAbsent(
                                Keys.of(outcome.getEnvironment(), outcome.getSuite(), outcome.getLocation()),
                                each -> new HashSet<>())
                        .add(series.of(outcome)),
                file.expected());
        String stem = file.stem();
        file.forEach((outcome, start) -> records.add(outcome, stem, start), ReadingProgress.untold());
        records.finish();
        return records.suiteRuns().stream()
                .map(run -> new Part(file, run, tests.getOrDefault(RunRecords.suiteOf(run), Set.of())))
                .toList();
    }

    /** Returns the groups of at least two parts that are shards of one run, each with all of the others in its span of time. */
    private static List<List<Part>> shards(List<Part> parts) {
        List<List<Part>> runs = new ArrayList<>();
        for (Part part : parts) {
            List<Part> found = runs.stream()
                    .filter(run -> run.stream().anyMatch(part::isShardOf)
                            && run.stream()
                                    .allMatch(other -> part.tests().stream().noneMatch(other.tests()::contains)))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                runs.add(new ArrayList<>(List.of(part)));
            } else {
                found.add(part);
            }
        }
        runs.removeIf(run -> run.size() < 2);
        return runs;
    }

    /** Says that a report repeats another. */
    public static String repeats(Path file, Path first) {
        return file + ": has the content of " + first + " and counts once";
    }

    /** Returns the reports. */
    public List<Path> paths() {
        return files.stream().map(ReportFile::path).toList();
    }

    /**
     * Hands out the records: outcomes first, in the reports' order but for those of tests that came several times, then the
     * totals of the runs.
     *
     * @param reports takes what each report turned out to be
     * @throws IOException if a report cannot be read or changed since; some outcomes may have been handed out
     */
    public void read(Consumer<TestOutcome> outcomes, Consumer<SuiteRun> suiteRuns, ReportListener reports)
            throws BrokenReportException, IOException {
        var records = new RunRecords(options, origin, outcomes, expected());
        for (ReportFile file : files) {
            String own = origin.source().startsWith("run:")
                    ? origin.source()
                    : RunOrigin.ofReport(file.digest()).source();
            Map<String, String> ofSuite = sources.getOrDefault(file, Map.of());
            String stem = file.stem();
            progress.handingOut(file.path());
            ReadReport read =
                    file.forEach((outcome, start) -> records.add(outcome, stem, start, own, ofSuite), progress);
            reports.read(file.path(), read);
        }
        records.finish();
        records.suiteRuns().forEach(suiteRuns);
    }

    /** Of one report nothing is copied, which may be millions of numbers. */
    private ExpectedTests expected() {
        if (files.size() == 1) {
            return files.get(0).expected();
        }
        var all = new ExpectedTests();
        files.forEach(file -> all.addAll(file.expected()));
        return all;
    }

    /** Is told of each report of a batch. */
    public interface ReportListener {
        void read(Path file, ReadReport report);
    }
}
