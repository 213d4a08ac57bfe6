package dev.tripline.agent.ingest;

import dev.tripline.agent.ingest.WholeRun.ContradictionException;
import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.publish.Publisher;
import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.BrokenReportException.Fault;
import dev.tripline.events.SuiteRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes reports: files in order, each with its outcomes in order and the totals of its suites once they are safe; files that
 * hold parts of one run together, with its totals after all of them. A
 * broken file publishes nothing, one that is cut short what it holds before that, and the others go on. Publishing the same report again publishes the same records. For
 * one thread.
 */
public final class Ingest {
    private final IngestOptions options;
    private final @Nullable String run;
    private final WholeRun whole;
    private final Publisher publisher;
    private final Consumer<Progress> progress;
    private final ReadingProgress reading;
    private final List<String> broken = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();
    private final List<String> cutShort = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long outcomes;
    private final PutAside putAside;
    private final List<String> aside = new ArrayList<>();
    private long suiteRuns;
    private int published;

    /**
     * Prepares to publish.
     *
     * @param options what the operator says about the reports
     * @param run name of the one run of all of them; null to go by what they say
     * @param publisher takes the records; is flushed, not closed
     * @param clock tells what is in the future
     * @param progress is told after each outcome
     */
    public Ingest(
            IngestOptions options,
            @Nullable String run,
            Publisher publisher,
            InstantSource clock,
            Consumer<Progress> progress) {
        this(options, run, WholeRun.inThisCall(), publisher, clock, progress);
    }

    /**
     * Prepares to publish a part of a run.
     *
     * @param options what the operator says about the reports
     * @param run name of the one run of all of them; null to go by what they say
     * @param whole what the operator says about the reports of other calls
     * @param publisher takes the records; is flushed, not closed
     * @param clock tells what is in the future
     * @param progress is told after each outcome
     */
    public Ingest(
            IngestOptions options,
            @Nullable String run,
            WholeRun whole,
            Publisher publisher,
            InstantSource clock,
            Consumer<Progress> progress) {
        this(options, run, whole, publisher, clock, progress, ReadingProgress.untold());
    }

    /**
     * Prepares to publish a part of a run, and to tell how far reading is.
     *
     * @param options what the operator says about the reports
     * @param run name of the one run of all of them; null to go by what they say
     * @param whole what the operator says about the reports of other calls
     * @param publisher takes the records; is flushed, not closed
     * @param clock tells what is in the future
     * @param progress is told after each outcome
     * @param reading is told how far reading is
     */
    public Ingest(
            IngestOptions options,
            @Nullable String run,
            WholeRun whole,
            Publisher publisher,
            InstantSource clock,
            Consumer<Progress> progress,
            ReadingProgress reading) {
        this.options = options;
        this.run = run;
        this.whole = whole;
        this.publisher = publisher;
        this.progress = progress;
        this.reading = reading;
        this.putAside = new PutAside(clock);
    }

    /**
     * Publishes files.
     *
     * @param files reports, as {@link ReportOutcomes#find} lists them
     * @return what has been published since this object was made
     * @throws PublishException if a record is not safe; the files before the one under way are
     */
    public IngestSummary publish(List<Path> files) throws PublishException {
        List<ReportBatch> batches = ReportBatch.of(files, options, run, new Noted(), reading);
        int before = 0;
        for (ReportBatch batch : batches) {
            try {
                publish(batch, before + 1, files.size());
            } catch (BrokenReportException e) {
                broken.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                broken.add(batch.paths().get(0) + ": cannot be read: " + e.getMessage());
            } catch (Stopped e) {
                throw e.reason;
            }
            before += batch.paths().size();
        }
        return new IngestSummary(outcomes, suiteRuns, published, broken, empty, cutShort, aside, warnings);
    }

    private void publish(ReportBatch batch, int number, int files) throws BrokenReportException, IOException {
        var totals = new ArrayList<SuiteRun>();
        batch.read(
                outcome -> {
                    orStop(() -> publisher.publish(outcome));
                    outcomes++;
                    putAside.add(outcome);
                    progress.accept(new Progress(number, files, outcomes));
                },
                totals::add,
                this::note);
        // Totals tell readers what should be there, so they follow only when it is.
        orStop(publisher::flush);
        try {
            whole.totals(totals).forEach(each -> orStop(() -> publisher.publish(each)));
        } catch (ContradictionException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
        orStop(publisher::flush);
        suiteRuns += totals.size();
        aside.addAll(putAside.tell(batch.paths()));
    }

    private void note(Path file, ReadReport read) {
        if (read.outcomes() == 0) {
            empty.add(file + ": " + read.contents());
        } else {
            published++;
        }
        warnings.addAll(read.warnings());
        if (read.breaksOff() != null) {
            cutShort.add(read.breaksOff());
        }
    }

    private final class Noted implements ReportBatch.Faults {
        @Override
        public void broken(Path file, BrokenReportException fault) {
            (fault.fault() == Fault.OTHER_FORMAT ? empty : broken).add(String.valueOf(fault.getMessage()));
        }

        @Override
        public void unreadable(Path file, IOException fault) {
            broken.add(file + ": cannot be read: " + fault.getMessage());
        }

        @Override
        public void repeated(Path file, Path first) {
            warnings.add(ReportBatch.repeats(file, first));
        }
    }

    private static void orStop(Publication publication) {
        try {
            publication.run();
        } catch (PublishException e) {
            throw new Stopped(e);
        }
    }

    /**
     * How far publishing has come.
     *
     * @param file number of the file under way, from 1
     * @param files number of files
     * @param outcomes outcomes handed in so far, of all files
     */
    public record Progress(int file, int files, long outcomes) {}

    private interface Publication {
        void run() throws PublishException;
    }

    /** Carries a failure to publish through a reader, which knows nothing of publishing. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final PublishException reason;

        Stopped(PublishException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
