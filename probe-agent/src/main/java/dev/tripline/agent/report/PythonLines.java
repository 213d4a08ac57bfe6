package dev.tripline.agent.report;

import java.util.ArrayList;
import java.util.List;

/** What pytest and {@code unittest} print about a failure. */
final class PythonLines {
    private static final List<String> CHAINED = List.of(
            "The above exception was the direct cause of the following exception:",
            "During handling of the above exception, another exception occurred:");
    private static final List<String> ENDS = List.of("Stdout:", "Stderr:", "---------- Captured", "----- Captured");

    private static final String TRACEBACK = "Traceback (most recent call last)";

    private PythonLines() {}

    /**
     * Finds the lines marked with {@code E}; of a chain of exceptions those of the last, which the test saw. Where they only
     * say that something is false, the line of source before them says what.
     */
    static List<String> pytest(List<String> lines) {
        var marked = new ArrayList<String>();
        String source = null;
        for (String line : lines) {
            if (CHAINED.contains(line)) {
                marked.clear();
            } else if (line.startsWith("E  ")) {
                marked.add(line.substring(1));
            } else if (line.startsWith(">") && marked.isEmpty()) {
                source = line.substring(1).strip();
            }
        }
        var chosen = new ArrayList<>(TextOfFailure.choose(marked));
        if (chosen.size() == 1 && source != null && isFalse(chosen.get(0))) {
            chosen.add(source);
        }
        return List.copyOf(chosen);
    }

    private static boolean isFalse(String said) {
        TypedText typed = TypedText.of(said);
        return typed.rest().equals("assert False") || VagueMessage.is(typed.rest(), null);
    }

    /**
     * Finds what stands behind the last traceback: the error, and the lines that belong to its message. Where they only say that
     * something is false, the line of source before them says what.
     */
    static List<String> traceback(List<String> lines) {
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            begin = TextOfFailure.begins(lines.get(i), TRACEBACK) ? i + 1 : begin;
        }
        if (begin == 0) {
            return List.of();
        }
        int indent = TextOfFailure.indent(lines.get(begin - 1));
        int error = begin;
        while (error < lines.size()
                && (lines.get(error).isEmpty() || TextOfFailure.indent(lines.get(error)) > indent)) {
            error++;
        }
        int end = error;
        while (end < lines.size() && ENDS.stream().noneMatch(lines.get(end).strip()::startsWith)) {
            end++;
        }
        List<String> chosen = TextOfFailure.choose(lines.subList(error, end));
        int source = error - 1;
        while (source >= begin && TextOfFailure.isNoise(lines.get(source).strip())) {
            source--;
        }
        return chosen.size() == 1 && source >= begin && isFalse(chosen.get(0))
                ? List.of(chosen.get(0), lines.get(source).strip())
                : chosen;
    }
}
