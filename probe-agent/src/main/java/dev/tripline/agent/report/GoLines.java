package dev.tripline.agent.report;

import java.util.ArrayList;
import java.util.List;

/** What Go's {@code testing}, testify and Ginkgo print about a failure. */
final class GoLines {
    private static final String ERROR_TRACE = "Error Trace:";
    private static final List<String> LABELS = List.of("Error Trace:", "Error:", "Test:", "Messages:");
    private static final List<String> GINKGO =
            List.of("[FAILED]", "[FAIL]", "[PANICKED]", "[TIMEDOUT]", "[INTERRUPTED]", "[ABORTED]");

    private static final String GO_FILE = ".go:";
    private static final String GINKGO_PANIC = "Panic: ";

    private GoLines() {}

    /** Finds {@code panic: …}, which ends the whole test binary. */
    static List<String> panic(List<String> lines) {
        for (String line : lines) {
            if (TextOfFailure.begins(line, "panic: ") || TextOfFailure.begins(line, "fatal error: ")) {
                return List.of(line.strip());
            }
        }
        return List.of();
    }

    /** Finds what stands behind {@code Error:} and {@code Messages:} of the first failed assertion of testify; its place where nothing does. */
    static List<String> testify(List<String> lines) {
        if (lines.stream().noneMatch(line -> TextOfFailure.begins(line, ERROR_TRACE))) {
            return List.of();
        }
        var error = new ArrayList<String>();
        var messages = new ArrayList<String>();
        List<String> open = null;
        List<String> place = List.of();
        boolean found = false;
        for (String line : lines) {
            String plain = line.strip();
            String label = LABELS.stream().filter(plain::startsWith).findFirst().orElse("");
            if (label.equals(ERROR_TRACE) && found) {
                break;
            }
            if (label.equals(ERROR_TRACE)) {
                found = true;
                place = List.of(plain.substring(label.length()).strip());
            }
            if (label.equals("Error:")) {
                open = error;
            } else if (label.equals("Messages:")) {
                open = messages;
            } else if (!label.isEmpty() || plain.startsWith("--- ") || plain.equals("Diff:")) {
                open = null;
            }
            if (found && open != null) {
                open.add(plain.substring(label.length()));
            }
        }
        if (error.stream().allMatch(String::isBlank) && messages.stream().allMatch(String::isBlank)) {
            return place;
        }
        List<String> said = TextOfFailure.choose(messages);
        List<String> chosen = new ArrayList<>(TextOfFailure.choose(error));
        while (chosen.size() > 1 && chosen.size() + Math.min(1, said.size()) > TextOfFailure.MOST_LINES) {
            chosen.remove(chosen.size() - 1);
        }
        chosen.addAll(said);
        return List.copyOf(chosen.subList(0, Math.min(TextOfFailure.MOST_LINES, chosen.size())));
    }

    /** Finds what was thrown in the text that Ginkgo 1 writes. */
    static List<String> ginkgoPanic(List<String> lines) {
        boolean panicked = false;
        for (String line : lines) {
            panicked |= line.equals("Test Panicked");
            if (panicked && line.startsWith(GINKGO_PANIC)) {
                return List.of(line.substring(GINKGO_PANIC.length()).strip());
            }
        }
        return List.of();
    }

    /** Finds what Ginkgo says between its mark and the node that failed; of a panic, what was thrown. */
    static List<String> ginkgo(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (!TextOfFailure.begins(lines.get(i), "[")) {
                continue;
            }
            String plain = lines.get(i).strip();
            String mark = GINKGO.stream().filter(plain::startsWith).findFirst().orElse(null);
            if (mark != null) {
                var said = new ArrayList<String>();
                said.add(plain.substring(mark.length()));
                said.addAll(lines.subList(i + 1, lines.size()));
                return ofGinkgo(said);
            }
        }
        return List.of();
    }

    private static List<String> ofGinkgo(List<String> lines) {
        int node = 0;
        while (node < lines.size() && !isNode(lines.get(node).strip())) {
            node++;
        }
        List<String> before = TextOfFailure.choose(lines.subList(0, node));
        if (!VagueMessage.is(String.join("\n", before), null)) {
            return before;
        }
        List<String> behind = lines.subList(Math.min(node + 1, lines.size()), lines.size());
        return TextOfFailure.choose(TextOfFailure.beforeFrames(behind));
    }

    private static boolean isNode(String line) {
        return line.startsWith("In [") || line.startsWith("Full Stack Trace");
    }

    /**
     * Finds the lines that begin with a place, {@code cart_test.go:12: }, each a log or an error; nothing tells which. Of many
     * the first two and the last two: an error is the last before the test ends, or the first of those that follow from it.
     */
    static List<String> located(List<String> lines) {
        var entries = new ArrayList<String>();
        var below = new ArrayList<String>();
        if (lines.stream().noneMatch(line -> line.contains(GO_FILE))) {
            return List.of();
        }
        for (String line : lines) {
            String plain = line.strip();
            int end = endOfPlace(plain);
            if (end > 0) {
                entries.add(plain.substring(end).strip());
            } else if (!entries.isEmpty() && line.startsWith("    ") && !plain.startsWith("--- ")) {
                boolean onlyPlace = entries.get(entries.size() - 1).isEmpty();
                if (onlyPlace && !plain.isEmpty()) {
                    entries.set(entries.size() - 1, plain);
                } else if (entries.size() == 1) {
                    below.add(plain);
                }
            }
        }
        entries.removeIf(String::isEmpty);
        if (entries.size() == 1) {
            below.add(0, entries.get(0));
            return TextOfFailure.choose(below);
        }
        int size = entries.size();
        return size <= TextOfFailure.MOST_LINES
                ? List.copyOf(entries)
                : List.of(entries.get(0), entries.get(1), entries.get(size - 2), entries.get(size - 1));
    }

    /** Returns where the message behind {@code file.go:12: } or {@code file.go:12:5: } begins; 0 if no place stands first. */
    private static int endOfPlace(String line) {
        int file = line.indexOf(GO_FILE);
        if (file <= 0 || line.substring(0, file).chars().anyMatch(Character::isWhitespace)) {
            return 0;
        }
        int at = file + GO_FILE.length();
        int numbers = at;
        while (at < line.length() && (Character.isDigit(line.charAt(at)) || line.charAt(at) == ':')) {
            at++;
        }
        boolean ends = at > numbers + 1 && line.charAt(at - 1) == ':';
        return ends && (at == line.length() || line.charAt(at) == ' ') ? at : 0;
    }
}
