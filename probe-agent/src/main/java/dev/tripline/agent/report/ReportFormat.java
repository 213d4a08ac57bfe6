package dev.tripline.agent.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Formats of test reports, told by the ending of the file's name. */
public enum ReportFormat {
    /** JUnit XML; every case has a time, because one that the report does not give follows from the file's. */
    JUNIT_XML(".xml"),
    /** Outcomes as JSON lines. */
    OUTCOME_LINES(".jsonl");

    private final String ending;

    ReportFormat(String ending) {
        this.ending = ending;
    }

    /** Returns the format of a file; empty if its name has none of the endings. */
    public static Optional<ReportFormat> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(f -> name.endsWith(f.ending)).findFirst();
    }

    /** Returns the reader of this format. */
    public ReportReader reader() {
        return switch (this) {
            case JUNIT_XML -> new JunitXmlReader();
            case OUTCOME_LINES -> new OutcomeLinesReader();
        };
    }
}
