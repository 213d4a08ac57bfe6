package dev.tripline.agent.ingest;

import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.BrokenReportException.Fault;
import dev.tripline.agent.report.PassedOver;
import dev.tripline.agent.report.ReportContext;
import dev.tripline.agent.report.ReportFormat;
import dev.tripline.agent.report.ReportListener;
import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.service.secrets.SecretMask;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report that was read through once and found whole. The first reading takes its digest and counts what has no time of its
 * own; outcomes are handed out after it, so that a broken report hands out nothing. They are those of the first reading where
 * there was room to hold them, else the report is read again: a large one is never held in memory.
 */
final class ReportFile {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Archives and builds that are made to be reproducible date files 1970 or 1980, which says nothing about a run. */
    private static final Instant EARLIEST_FILE = Instant.parse("2000-01-01T00:00:00Z");

    private final Path path;
    private final ReportFormat format;
    private final String digest;
    private final String contents;
    private final long bytes;
    private final @Nullable BrokenReportException breaksOff;
    private final ReportContext context;
    private final PassedOverCounts passedOver;
    private final Instant untimedStart;
    private final boolean saysWhen;
    private final Instant beginsAt;
    private final ExpectedTests expected;
    private final DoubtfulLines doubtful;
    private final @Nullable List<ReportedOutcome> held;

    private ReportFile(
            Path path,
            ReportFormat format,
            ReportContext context,
            Passage passage,
            PassedOverCounts passedOver,
            Instant untimedStart,
            boolean saysWhen,
            Instant beginsAt,
            ExpectedTests expected,
            DoubtfulLines doubtful,
            @Nullable List<ReportedOutcome> held) {
        this.path = path;
        this.format = format;
        this.context = context;
        this.passedOver = passedOver;
        this.digest = passage.digest();
        this.contents = passage.contents();
        this.bytes = passage.bytes();
        this.breaksOff = passage.breaksOff();
        this.untimedStart = untimedStart;
        this.saysWhen = saysWhen;
        this.beginsAt = beginsAt;
        this.expected = expected;
        this.doubtful = doubtful;
        this.held = held;
    }

    /**
     * Reads a report through.
     *
     * @param options say which format it has, else its content does; when outcomes without a time begin, else they end when the file was last written, and a file of JSON
     *     lines must give times; and in which zone local times are, else in this system's, and in JSON lines UTC
     * @param room where its outcomes may be held
     * @param progress is told of each byte of the last reading
     * @throws BrokenReportException if it cannot be understood
     * @throws IOException if it cannot be read
     */
    static ReportFile check(Path path, IngestOptions options, OutcomeRoom room, ReadingProgress progress)
            throws BrokenReportException, IOException {
        ReportFormat format = options.format() == null ? recognised(path) : options.format();
        boolean isOurs = format == ReportFormat.JSON_LINES;
        Instant untimed = options.startedAt();
        Instant written = Files.getLastModifiedTime(path).toInstant();
        boolean unset = written.isBefore(EARLIEST_FILE);
        ZoneId zone = options.zone() != null ? options.zone() : isOurs ? ZoneOffset.UTC : ZoneId.systemDefault();
        var context = new ReportContext(path.toString(), unset ? null : written, zone, isOurs && untimed == null);
        if (format.reader().looksAhead()) {
            read(path, format, context, listener(() -> false, outcome -> {}, detail -> {}), bytes -> {});
        }
        var untimedOutcomes = new Untimed();
        var passedOver = new PassedOverCounts();
        var expected = new ExpectedTests();
        var doubtful = new DoubtfulLines();
        var held = new HeldOutcomes(room.free());
        Passage passage = read(
                path,
                format,
                context,
                listener(
                        held::areAll,
                        outcome -> {
                            held.add(outcome);
                            untimedOutcomes.add(outcome);
                            expected.add(outcome);
                            if (isOurs) {
                                doubtful.add(outcome);
                            }
                        },
                        passedOver::add),
                progress::done);
        if (passage.breaksOff() != null && untimedOutcomes.outcomes == 0) {
            throw passage.breaksOff();
        }
        if (untimed == null && unset && untimedOutcomes.firstLine > 0) {
            throw new BrokenReportException(
                    path.toString(),
                    untimedOutcomes.firstLine,
                    0,
                    "gives no time, and the file's own is " + written + ": say when tests began with --started-at");
        }
        if (!context.late().isEmpty()) {
            held.drop(); // what stood behind them holds for them from the next reading on
        }
        room.take(held.bytes());
        Instant untimedStart = untimed == null ? written.minus(untimedOutcomes.total) : untimed;
        return new ReportFile(
                path,
                format,
                context,
                passage,
                passedOver,
                untimedStart,
                untimedOutcomes.firstLine == 0,
                untimedOutcomes.earliest == null ? untimedStart : untimedOutcomes.earliest,
                expected,
                doubtful,
                held.all());
    }

    /** Returns the format that a file's content, or else the ending of its name, tells. */
    static ReportFormat recognised(Path path) throws BrokenReportException, IOException {
        try (InputStream file = Files.newInputStream(path)) {
            return ReportFormat.of(path, file.readNBytes(ReportFormat.BEGINNING_BYTES));
        }
    }

    /** Returns SHA-256 of the report's bytes, hexadecimal. */
    String digest() {
        return digest;
    }

    /** Returns where the report lies. */
    Path path() {
        return path;
    }

    /** Tells whether each outcome says when it was. */
    boolean saysWhen() {
        return saysWhen;
    }

    /** Returns when the first of its outcomes that says so began, or else the first at all. */
    Instant beginsAt() {
        return beginsAt;
    }

    /** Returns what the first reading counted. */
    ExpectedTests expected() {
        return expected;
    }

    /** Returns the file's name without its ending, without what Surefire puts before it, and without secrets. */
    String stem() {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String suite = stem.startsWith("TEST-") ? stem.substring("TEST-".length()) : stem;
        return SecretMask.standard().mask(suite.isBlank() ? name : suite);
    }

    /**
     * Hands out the outcomes in the report's order, each with the time it began, even where the report does not say.
     *
     * @param progress is told of each byte, at the end if it is not read again
     * @return what the file turned out to be
     * @throws IOException if it must be read again and cannot be, or is not the same as before
     */
    ReadReport forEach(BiConsumer<ReportedOutcome, Instant> outcomes, ReadingProgress progress)
            throws BrokenReportException, IOException {
        var before = new Untimed();
        Consumer<ReportedOutcome> each = outcome -> {
            Instant said = outcome.startedAt();
            outcomes.accept(outcome, said == null ? untimedStart.plus(before.total) : said);
            before.add(outcome);
        };
        if (held == null) {
            Passage again = read(path, format, context, listener(() -> true, each, detail -> {}), progress::done);
            if (!again.digest().equals(digest)) {
                throw new IOException("changed while it was read");
            }
        } else {
            held.forEach(each);
            progress.done(bytes);
        }
        return new ReadReport(
                before.outcomes,
                contents,
                Stream.concat(passedOver.lines(path).stream(), doubtful.warnings(path).stream())
                        .toList(),
                breaksOff == null
                        ? null
                        : breaksOff.getMessage() + "; read up to there: " + before.outcomes
                                + (before.outcomes == 1 ? " outcome" : " outcomes"));
    }

    private static ReportListener listener(
            BooleanSupplier readsFailures, Consumer<ReportedOutcome> outcomes, Consumer<PassedOver> details) {
        return new ReportListener() {
            @Override
            public void outcome(ReportedOutcome outcome) {
                outcomes.accept(outcome);
            }

            @Override
            public void passedOver(PassedOver detail) {
                details.accept(detail);
            }

            @Override
            public boolean readsFailures() {
                return readsFailures.getAsBoolean();
            }
        };
    }

    private static Passage read(
            Path path, ReportFormat format, ReportContext context, ReportListener listener, LongConsumer done)
            throws BrokenReportException, IOException {
        MessageDigest sha256 = sha256();
        String contents = "";
        BrokenReportException breaksOff = null;
        var size = new long[1];
        LongConsumer counted = more -> {
            size[0] += more;
            done.accept(more);
        };
        try (InputStream file = Files.newInputStream(path);
                var bytes = new DigestInputStream(
                        new BufferedInputStream(new CountedStream(file, counted), BUFFER_BYTES), sha256)) {
            try {
                contents = format.reader().read(bytes, context, listener);
            } catch (BrokenReportException e) {
                if (e.fault() != Fault.BREAKS_OFF) {
                    throw e;
                }
                breaksOff = e;
            }
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return new Passage(HexFormat.of().formatHex(sha256.digest()), size[0], contents, breaksOff);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What one reading found out about the file as a whole. */
    private record Passage(
            String digest,
            long bytes,
            String contents,
            @Nullable BrokenReportException breaksOff) {}

    /** How much time the outcomes without a time of their own took, and where the first stands. */
    private static final class Untimed {
        private Duration total = Duration.ZERO;
        private int firstLine;
        private long outcomes;
        private @Nullable Instant earliest;

        void add(ReportedOutcome outcome) {
            outcomes++;
            Instant begun = outcome.startedAt();
            if (begun != null && (earliest == null || begun.isBefore(earliest))) {
                earliest = begun;
            }
            if (outcome.startedAt() == null) {
                total = outcome.duration() == null ? total : total.plus(outcome.duration());
                firstLine = firstLine == 0 ? outcome.line() : firstLine;
            }
        }
    }
}
