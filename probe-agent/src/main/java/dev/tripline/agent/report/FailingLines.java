package dev.tripline.agent.report;

import java.util.List;
import java.util.function.UnaryOperator;

/** Finds the lines of a text that say what failed. All of it takes linear time, and looks at the first 64 Ki characters. */
final class FailingLines {
    /** What knows the text of a framework; each gives no lines for a text of another. */
    private static final List<UnaryOperator<List<String>>> FRAMEWORKS = List.of(
            PythonLines::pytest,
            PythonLines::traceback,
            GoLines::panic,
            GoLines::testify,
            GoLines::ginkgo,
            GoLines::ginkgoPanic,
            GoLines::located,
            SectionLines::rspec,
            SectionLines::phpunit,
            SectionLines::catch2,
            SectionLines::playwright,
            SectionLines::msTest);

    private FailingLines() {}

    /**
     * Returns the lines that a framework prints around which there are marks of its own: at most four, without blanks around
     * them; empty if it is the text of none.
     *
     * @param lines lines of the text, as {@link TextOfFailure#lines} gives them
     */
    static List<String> marked(List<String> lines) {
        for (UnaryOperator<List<String>> framework : FRAMEWORKS) {
            List<String> found = framework.apply(lines);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Returns the marked lines, else the first that say something before the frames of a stack; empty if none does. */
    static List<String> of(List<String> lines) {
        List<String> found = marked(lines);
        return found.isEmpty() ? TextOfFailure.choose(TextOfFailure.beforeFrames(lines)) : found;
    }
}
