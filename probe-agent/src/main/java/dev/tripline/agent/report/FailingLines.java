package dev.tripline.agent.report;

import java.util.List;
import java.util.function.UnaryOperator;

/** Finds the lines of a text that say what failed. All of it takes linear time, and looks at the first 64 Ki characters. */
final class FailingLines {
    /** What knows the text of a framework; each gives no lines for a text of another. The first that finds some counts. */
    private static final List<Framework> FRAMEWORKS = List.of(
            new Framework("E", PythonLines::pytest),
            new Framework("T", PythonLines::traceback),
            new Framework("pf", GoLines::panic),
            new Framework("E", GoLines::testify),
            new Framework("[", GoLines::ginkgo),
            new Framework("T", GoLines::ginkgoPanic),
            new Framework("", GoLines::located),
            new Framework("F", SectionLines::rspec),
            new Framework("", SectionLines::phpunit),
            new Framework("F", SectionLines::catch2),
            new Framework("", SectionLines::playwright),
            new Framework("T", SectionLines::msTest));

    /**
     * A framework whose text is known.
     *
     * @param initials letters of ASCII of which one begins a line, behind its indent, in any text that has its marks; empty if its
     *     marks may stand elsewhere
     * @param lines finds what it says
     */
    private record Framework(String initials, UnaryOperator<List<String>> lines) {
        boolean mayHaveWritten(boolean[] initialsOfLines) {
            for (int i = 0; i < initials.length(); i++) {
                if (initialsOfLines[initials.charAt(i)]) {
                    return true;
                }
            }
            return initials.isEmpty();
        }
    }

    private static final int ASCII = 128;

    private FailingLines() {}

    /**
     * Returns the lines that a framework prints around which there are marks of its own: at most four, without blanks around
     * them; empty if it is the text of none.
     *
     * @param lines lines of the text, as {@link TextOfFailure#lines} gives them
     */
    static List<String> marked(List<String> lines) {
        boolean[] initials = initials(lines);
        for (Framework framework : FRAMEWORKS) {
            List<String> found =
                    framework.mayHaveWritten(initials) ? framework.lines().apply(lines) : List.of();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Does the same without a look at initials, which takes longer. */
    static List<String> markedAfterAskingAll(List<String> lines) {
        return FRAMEWORKS.stream()
                .map(framework -> framework.lines().apply(lines))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static boolean[] initials(List<String> lines) {
        var initials = new boolean[ASCII];
        for (String line : lines) {
            int at = TextOfFailure.indent(line);
            if (at < line.length() && line.charAt(at) < ASCII) {
                initials[line.charAt(at)] = true;
            }
        }
        return initials;
    }

    /** Returns the marked lines, else the first that say something before the frames of a stack; empty if none does. */
    static List<String> of(List<String> lines) {
        List<String> found = marked(lines);
        return found.isEmpty() ? TextOfFailure.choose(TextOfFailure.beforeFrames(lines)) : found;
    }
}
