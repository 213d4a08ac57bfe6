package dev.tripline.agent.ingest;

import dev.tripline.agent.report.PassedOver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what was passed over in one report, by kind, and keeps the first of each. */
final class PassedOverCounts {
    private static final int SHOWN_CHARACTERS = 80;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    void add(PassedOver detail) {
        kinds.computeIfAbsent(detail.field() + " " + detail.reason(), key -> new Kind(detail)).count++;
    }

    /** Returns one line for each kind, in the order of the firsts. */
    List<String> lines(Path file) {
        var lines = new ArrayList<String>();
        for (Kind kind : kinds.values()) {
            PassedOver first = kind.first;
            lines.add(file + ":" + first.line() + ": " + first.field() + " '" + shown(first.value()) + "' "
                    + first.reason().text() + " and " + first.reason().consequence()
                    + (kind.count == 1 ? "" : "; " + kind.count + " such, this is the first"));
        }
        return lines;
    }

    private static String shown(String value) {
        String printable = value.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > SHOWN_CHARACTERS ? printable.substring(0, SHOWN_CHARACTERS) + "…" : printable;
    }

    /** Details with one field and one reason. */
    private static final class Kind {
        private final PassedOver first;
        private long count;

        Kind(PassedOver first) {
            this.first = first;
        }
    }
}
