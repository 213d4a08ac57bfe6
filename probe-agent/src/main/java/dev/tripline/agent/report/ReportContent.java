package dev.tripline.agent.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a file tell about it: the root element of XML, the fields of the first JSON object.
 *
 * @param found the format; null if it is none of a report
 * @param looksLike what it is otherwise, in words that end a sentence
 */
record ReportContent(@Nullable ReportFormat found, String looksLike) {
    /** How many bytes are looked at: longer prologues than that are not written. */
    static final int BYTES = 1 << 16;

    /** XML with another root is told by its reader. */
    private static final Map<String, ReportFormat> ROOTS = Map.of(
            "test-run", ReportFormat.NUNIT,
            "assemblies", ReportFormat.XUNIT,
            "assembly", ReportFormat.XUNIT,
            "TestRun", ReportFormat.TRX,
            "events", ReportFormat.OPEN_TEST_REPORTING,
            "execution", ReportFormat.OPEN_TEST_REPORTING);

    private static final Pattern TAP = Pattern.compile(
            "TAP version \\d+\\s*|1\\.\\.\\d{1,9}(\\s*#.*)?\\s*|(not )?ok \\d{1,9}(\\s.*)?|Bail out!.*");

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_FIELDS = 1_000;

    static ReportContent of(byte[] beginning) {
        String text = text(beginning);
        if (text.startsWith("<")) {
            return new ReportContent(ofXml(beginning), "XML");
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return ofJson(text);
        }
        return new ReportContent(ofLines(text), looksLike(beginning, text));
    }

    Optional<ReportFormat> format() {
        return Optional.ofNullable(found);
    }

    /** Returns the beginning as text, without what may stand before the first sign; UTF-16 as far as it is ASCII. */
    private static String text(byte[] beginning) {
        boolean isWide = beginning.length > 1
                && ((beginning[0] == (byte) 0xfe && beginning[1] == (byte) 0xff)
                        || (beginning[0] == (byte) 0xff && beginning[1] == (byte) 0xfe));
        String text = new String(beginning, isWide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    }

    private static ReportFormat ofXml(byte[] beginning) {
        try {
            String root = new XmlEvents(new ByteArrayInputStream(beginning), "", passedOver -> {}).root();
            return ROOTS.getOrDefault(root, ReportFormat.JUNIT);
        } catch (BrokenReportException | IOException e) {
            // Damaged, or all comment so far: its reader says where and why.
            return ReportFormat.JUNIT;
        }
    }

    /** Tests print before their harness does, and compilers before the events of Go: the first line that is telling counts. */
    private static @Nullable ReportFormat ofLines(String text) {
        return text.lines()
                .map(ReportContent::ofLine)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<ReportFormat> ofLine(String line) {
        if (line.startsWith("{\"")) {
            return ofJson(line).format();
        }
        return TAP.matcher(line).matches() ? Optional.of(ReportFormat.TAP) : Optional.empty();
    }

    private static ReportContent ofJson(String text) {
        Set<String> fields = fields(text);
        boolean isOutcome = fields.containsAll(List.of("suite", "test", "status"));
        boolean isEvent = fields.contains("Action") && (fields.contains("Package") || fields.contains("ImportPath"));
        return new ReportContent(
                isOutcome ? ReportFormat.JSON_LINES : isEvent ? ReportFormat.GO_TEST : null,
                fields.isEmpty()
                        ? "JSON"
                        : "JSON with the field '" + shown(fields.iterator().next()) + "'");
    }

    /** Returns the names of the first object's fields, as far as they can be read. */
    private static Set<String> fields(String text) {
        var fields = new HashSet<String>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fields;
            }
            while (fields.size() < MOST_FIELDS && parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException e) {
            // What was read of it counts.
        }
        return fields;
    }

    private static String shown(String field) {
        return field.length() > 40 ? field.substring(0, 40) + "…" : field;
    }

    private static String looksLike(byte[] beginning, String text) {
        if (text.isEmpty()) {
            return "nothing: it is empty";
        }
        if (begins(beginning, 'P', 'K')) {
            return "a ZIP archive";
        }
        if (begins(beginning, 0x1f, 0x8b)) {
            return "gzip";
        }
        return text.indexOf('\0') >= 0 ? "binary data" : "text";
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }
}
