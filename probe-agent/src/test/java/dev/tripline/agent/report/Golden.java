package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** Reports of {@code src/test/resources}, and how they are read: as {@code ingest} reads them. */
final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "tripline", "agent", "report");

    private Golden() {}

    static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(file));
    }

    static Said read(ReportReader reader, String document) throws BrokenReportException, IOException {
        return read(reader, document.getBytes(UTF_8));
    }

    static Said read(ReportReader reader, byte[] document) throws BrokenReportException, IOException {
        var said = new Said();
        readInto(said, reader, document);
        return said;
    }

    /** Reads what may be cut short, so that what came before stays. */
    static void readInto(Said said, ReportReader reader, byte[] document) throws BrokenReportException, IOException {
        var context = new ReportContext("report", null, ZoneOffset.UTC, false);
        if (reader.looksAhead()) {
            try {
                reader.read(new ByteArrayInputStream(document), context, new Said());
            } catch (BrokenReportException e) {
                // The second reading meets it again.
            }
        }
        reader.read(new ByteArrayInputStream(document), context, said);
    }

    static String contents(ReportReader reader, InputStream document) throws BrokenReportException, IOException {
        return reader.read(document, new ReportContext("report", null, ZoneOffset.UTC, false), new Said());
    }

    /** Shows outcomes as {@code STATUS suite | class | test | type: message}. */
    static List<String> shown(Said said) {
        return said.outcomes.stream().map(Golden::shown).toList();
    }

    private static String shown(ReportedOutcome outcome) {
        ReportedFailure failure = outcome.failure();
        return outcome.status() + " " + outcome.suite() + " | " + outcome.className() + " | " + outcome.test()
                + (failure == null
                        ? ""
                        : " | " + (failure.type() == null ? "" : failure.type() + ": ")
                                + failure.message().lines().findFirst().orElse(""));
    }
}
