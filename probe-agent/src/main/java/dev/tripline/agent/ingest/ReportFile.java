package dev.tripline.agent.ingest;

import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.agent.report.ReportFormat;
import dev.tripline.agent.report.ReportedOutcome;
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
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A report that was read through once and found whole. The first reading takes its digest and counts what has no time of its
 * own; later ones hand out outcomes, so that a broken report hands out nothing and a large one is never held in memory.
 */
final class ReportFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final ReportFormat format;
    private final String digest;
    private final String contents;
    private final Instant untimedStart;

    private ReportFile(Path path, ReportFormat format, Passage passage, Instant untimedStart) {
        this.path = path;
        this.format = format;
        this.digest = passage.digest();
        this.contents = passage.contents();
        this.untimedStart = untimedStart;
    }

    /**
     * Reads a report through.
     *
     * @param untimed when outcomes without a time begin; null: they end when the file was last written, and a file of JSON
     *     lines must give times
     * @throws BrokenReportException if it cannot be understood
     * @throws IOException if it cannot be read
     */
    static ReportFile check(Path path, @Nullable Instant untimed) throws BrokenReportException, IOException {
        ReportFormat format = ReportFormat.of(path)
                .orElseThrow(() -> new BrokenReportException(
                        path.toString(), 0, 0, "the name must end with .xml (JUnit XML) or .jsonl (outcomes)"));
        Instant written = Files.getLastModifiedTime(path).toInstant();
        var untimedOutcomes = new Untimed();
        Passage passage = read(path, format, untimedOutcomes::add);
        if (untimed == null && format == ReportFormat.OUTCOME_LINES && untimedOutcomes.firstLine > 0) {
            throw new BrokenReportException(
                    path.toString(),
                    untimedOutcomes.firstLine,
                    0,
                    "startedAt: is required, or endedAt, or say when they began with --started-at");
        }
        return new ReportFile(path, format, passage, untimed == null ? written.minus(untimedOutcomes.total) : untimed);
    }

    /** Returns SHA-256 of the report's bytes, hexadecimal. */
    String digest() {
        return digest;
    }

    /** Returns the file's name without its ending, and without what Surefire puts before it. */
    String stem() {
        String name = String.valueOf(path.getFileName());
        String stem = name.substring(0, name.lastIndexOf('.'));
        String suite = stem.startsWith("TEST-") ? stem.substring("TEST-".length()) : stem;
        return suite.isBlank() ? name : suite;
    }

    /**
     * Hands out the outcomes in the report's order, each with the time it began where the report does not say.
     *
     * @return what the file turned out to be
     * @throws IOException if it cannot be read, or is not the same as before
     */
    ReadReport forEach(BiConsumer<ReportedOutcome, Instant> outcomes) throws BrokenReportException, IOException {
        var before = new Untimed();
        Passage again = read(path, format, outcome -> {
            outcomes.accept(outcome, untimedStart.plus(before.total));
            before.add(outcome);
        });
        if (!again.digest().equals(digest)) {
            throw new IOException("changed while it was read");
        }
        return new ReadReport(before.outcomes, contents);
    }

    private static Passage read(Path path, ReportFormat format, Consumer<ReportedOutcome> outcomes)
            throws BrokenReportException, IOException {
        MessageDigest sha256 = sha256();
        String contents;
        try (InputStream file = Files.newInputStream(path);
                var bytes = new DigestInputStream(new BufferedInputStream(file, BUFFER_BYTES), sha256)) {
            contents = format.reader().read(bytes, path.toString(), outcomes);
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return new Passage(HexFormat.of().formatHex(sha256.digest()), contents);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What one reading found out about the file as a whole. */
    private record Passage(String digest, String contents) {}

    /** How much time the outcomes without a time of their own took, and where the first stands. */
    private static final class Untimed {
        private Duration total = Duration.ZERO;
        private int firstLine;
        private long outcomes;

        void add(ReportedOutcome outcome) {
            outcomes++;
            if (outcome.startedAt() == null) {
                total = outcome.duration() == null ? total : total.plus(outcome.duration());
                firstLine = firstLine == 0 ? outcome.line() : firstLine;
            }
        }
    }
}
