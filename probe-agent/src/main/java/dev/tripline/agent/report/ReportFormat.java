package dev.tripline.agent.report;

import dev.tripline.agent.report.BrokenReportException.Fault;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats of test reports. A file's content tells which it is, whatever the file is called. */
public enum ReportFormat {
    /** JUnit XML of whatever writer. */
    JUNIT("JUnit XML", ".xml"),
    /** Results of NUnit 3 and later. */
    NUNIT("NUnit 3", ".xml"),
    /** XML of xUnit.net. */
    XUNIT("xUnit.net", ".xml"),
    /** Results of Visual Studio and {@code dotnet test}. */
    TRX("TRX", ".trx"),
    /** Events or hierarchy of Open Test Reporting. */
    OPEN_TEST_REPORTING("Open Test Reporting", ".xml"),
    /** The Test Anything Protocol. */
    TAP("TAP", ".tap"),
    /** What {@code go test -json} prints. */
    GO_TEST("go test -json", ".json"),
    /** Outcomes as JSON lines, as we write them: their times are in UTC and are never guessed. */
    JSON_LINES("outcomes as JSON lines", ".jsonl");

    /** How many bytes at the beginning of a file tell its format. */
    public static final int BEGINNING_BYTES = ReportContent.BYTES;

    private final String title;
    private final String ending;

    ReportFormat(String title, String ending) {
        this.title = title;
        this.ending = ending;
    }

    /** Returns the name by which operators call it, such as {@code json-lines}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what it is called in sentences. */
    public String title() {
        return title;
    }

    /** Returns the format with a name; empty if none has it. */
    public static Optional<ReportFormat> ofWord(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    /** Returns the names of all formats. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ReportFormat::word).toList();
    }

    /** Returns the endings of reports as patterns: {@code *.xml, *.trx}. */
    public static String patterns() {
        return Arrays.stream(values())
                .map(format -> "*" + format.ending)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Tells whether a file in a folder is looked at: by the ending of its name, in whatever case. */
    public static boolean hasEnding(Path file) {
        return ofEnding(file).isPresent();
    }

    /** Tells whether a file's ending is one that most files have which are no reports: only its content can tell. */
    public static boolean isOfOthers(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(GO_TEST.ending);
    }

    /** Tells whether a name, which may be a pattern, ends as the names of reports do. */
    public static boolean hasEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).anyMatch(format -> lower.endsWith(format.ending));
    }

    /**
     * Recognises a report by its content. Where that says nothing the ending of its name decides, so that a report that is
     * empty or damaged from its first byte on is complained of as what it should be.
     *
     * @param file the report's path, for its ending and for errors
     * @param beginning its first bytes, at least {@link #BEGINNING_BYTES} unless it is shorter
     * @throws BrokenReportException if neither tells; says what the content looks like
     */
    public static ReportFormat of(Path file, byte[] beginning) throws BrokenReportException {
        var content = ReportContent.of(beginning);
        return content.format()
                .or(() -> ofEnding(file).filter(format -> !isOfOthers(file)))
                .orElseThrow(() -> new BrokenReportException(
                        file.toString(),
                        0,
                        0,
                        "no known format, it looks like " + content.looksLike() + "; known are "
                                + String.join(", ", words()),
                        Fault.OTHER_FORMAT));
    }

    /** Returns the reader of this format. */
    public ReportReader reader() {
        return switch (this) {
            case JUNIT -> new JunitXmlReader();
            case NUNIT -> new NunitReader();
            case XUNIT -> new XunitReader();
            case TRX -> new TrxReader();
            case OPEN_TEST_REPORTING -> new OpenTestReader();
            case TAP -> new TapReader();
            case GO_TEST -> new GoTestReader();
            case JSON_LINES -> new OutcomeLinesReader();
        };
    }

    private static Optional<ReportFormat> ofEnding(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(f -> name.endsWith(f.ending)).findFirst();
    }
}
