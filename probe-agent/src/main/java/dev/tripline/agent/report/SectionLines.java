package dev.tripline.agent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What PHPUnit, RSpec, Catch2, Playwright and MSTest print about a failure: a head of their own, the message, a place. */
final class SectionLines {
    private static final Pattern TEST_OF_PHP =
            Pattern.compile("[A-Za-z_\\\\][\\w\\\\]{0,300}::[\\w]{1,300}(?: with data set .*)?");
    private static final Pattern PLACE_OF_PHP = Pattern.compile("\\S{1,500}\\.(?:php|phpt|inc):\\d{1,7}");
    private static final Pattern CALL_OF_CATCH = Pattern.compile("at \\S.{0,500}:\\d{1,7}");
    private static final String SOURCE = "Failure/Error:";
    private static final String TITLE_ARROW = " \u203a ";
    private static final int LINES_BEFORE_TITLE = 3;

    private static final List<String> LABELS_OF_CATCH = List.of(
            "with expansion:",
            "with message:",
            "with messages:",
            "explicitly with message:",
            "due to unexpected exception with message:",
            "due to unexpected exception with messages:",
            "due to a fatal error condition:");
    private static final List<String> ENDS_OF_PLAYWRIGHT =
            List.of("Call log:", "attachment #", "Error Context:", "Retry #", "Pending operations:");

    private SectionLines() {}

    /** Finds what stands between the name of the test, {@code CartTest::testTotal}, and the places. */
    static List<String> phpunit(List<String> lines) {
        int head = firstNotBlank(lines);
        if (head == lines.size() || !TEST_OF_PHP.matcher(lines.get(head)).matches()) {
            return List.of();
        }
        int end = head + 1;
        while (end < lines.size() && !PLACE_OF_PHP.matcher(lines.get(end)).matches()) {
            end++;
        }
        return TextOfFailure.choose(lines.subList(head + 1, end));
    }

    /** Finds what stands below the source that failed; the source where nothing does. */
    static List<String> rspec(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (TextOfFailure.begins(lines.get(i), SOURCE)) {
                String plain = lines.get(i).strip();
                int said = i + 1;
                while (said < lines.size() && !lines.get(said).isBlank()) {
                    said++;
                }
                List<String> below = TextOfFailure.beforeFrames(lines.subList(said, lines.size()));
                List<String> chosen = TextOfFailure.choose(below);
                return chosen.isEmpty() ? TextOfFailure.choose(List.of(plain.substring(SOURCE.length()))) : chosen;
            }
        }
        return List.of();
    }

    /** Finds the assertion of Catch2, what it expands to, and the message of an exception. */
    static List<String> catch2(List<String> lines) {
        int head = lines.indexOf("FAILED:");
        if (head < 0) {
            return List.of();
        }
        var said = new ArrayList<String>();
        for (String line : lines.subList(head + 1, lines.size())) {
            String plain = line.strip();
            if (CALL_OF_CATCH.matcher(plain).matches()) {
                break;
            }
            if (!LABELS_OF_CATCH.contains(plain)) {
                said.add(plain);
            }
        }
        return TextOfFailure.choose(said);
    }

    /** Finds what stands below the title of the test, {@code [chromium] › cart.spec.ts:3:5 › keeps the total ───}. */
    static List<String> playwright(List<String> lines) {
        int title = firstNotBlank(lines);
        int last = Math.min(lines.size(), title + LINES_BEFORE_TITLE);
        while (title < last && !lines.get(title).contains(TITLE_ARROW)) {
            title++;
        }
        if (title >= last) {
            return List.of();
        }
        var said = new ArrayList<String>();
        for (String line : TextOfFailure.beforeFrames(lines.subList(title + 1, lines.size()))) {
            if (ENDS_OF_PLAYWRIGHT.stream().anyMatch(line.strip()::startsWith)) {
                break;
            }
            said.add(line);
        }
        return TextOfFailure.choose(said);
    }

    /** Finds the exception below {@code Test method Shop.CartTest.Total threw exception:}. */
    static List<String> msTest(List<String> lines) {
        int head = firstNotBlank(lines);
        boolean threw = head < lines.size()
                && lines.get(head).startsWith("Test method ")
                && lines.get(head).endsWith("threw exception:");
        return threw
                ? TextOfFailure.choose(TextOfFailure.beforeFrames(lines.subList(head + 1, lines.size())))
                : List.of();
    }

    private static int firstNotBlank(List<String> lines) {
        int at = 0;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at;
    }
}
