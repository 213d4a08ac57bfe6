package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A row of a table of failures: what a report gives, and what must come of it; a null is absent. */
record FailureRow(String name, String type, String message, String test, String text, String saysType, String says) {
    /** Reads the rows of a resource beside this class; {@code what-failures-say.txt} says how they are written. */
    static List<FailureRow> in(String resource) throws IOException {
        try (InputStream table = Objects.requireNonNull(FailureRow.class.getResourceAsStream(resource), resource)) {
            String[] rows = new String(table.readAllBytes(), UTF_8).split("\n=== (?=[^\n]*\ntype: )");
            return Arrays.stream(rows).skip(1).map(FailureRow::of).toList();
        }
    }

    private static FailureRow of(String row) {
        String[] head = row.split("\n", 5);
        int text = row.indexOf("\n--- text\n") + "\n--- text\n".length();
        int says = row.indexOf("--- says\n", text);
        String[] said = row.substring(says + "--- says\n".length()).split("\n", 2);
        return new FailureRow(
                head[0],
                attribute(head[1], "type: "),
                attribute(head[2], "message: "),
                attribute(head[3], "test: "),
                row.substring(text, says),
                said[0].equals("-") ? null : said[0],
                said[1].stripTrailing());
    }

    private static String attribute(String line, String label) {
        String value = line.substring(label.length());
        return value.equals("-") ? null : value.replace("\\n", "\n").replace("\\t", "\t");
    }

    @Override
    public String toString() {
        return name;
    }
}
