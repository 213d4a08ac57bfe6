package dev.tripline.agent.report;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells messages that say that a test failed from those that say why. */
final class VagueMessage {
    /** What is longer says something. */
    private static final int MOST_CHARACTERS = 500;

    /** In lower case, {@code #} for a number. */
    private static final Set<String> SAY_NOTHING = Set.of(
            "",
            "#",
            "fail",
            "failed",
            "failure",
            "test failed",
            "test failure",
            "test has failed",
            "tests failed",
            "# test failed",
            "# tests failed",
            "# failed",
            "test case failed",
            "test error",
            "test errored",
            "test panicked",
            "test setup failure",
            "test teardown failure",
            "error",
            "errors",
            "errored",
            "exception",
            "an error occurred",
            "unknown",
            "unknown error",
            "assertion",
            "assertion error",
            "assertion failed",
            "assertion failure",
            "assertionerror",
            "assert failed",
            "assert false",
            "expectation failed",
            "# expectation failed",
            "# expectations failed",
            "multiple failures (# failure)",
            "multiple failures (# failures)",
            "one or more errors occurred",
            "null",
            "none",
            "nil",
            "undefined",
            "n/a",
            "no message",
            "(no message)",
            "exit code #",
            "exit code: #",
            "exit status #",
            "exit status: #",
            "exited with code #",
            "exited with error code #",
            "exited with exit code #",
            "exited with status #",
            "process exited with code #",
            "process exited with status #",
            "process completed with exit code #",
            "command failed",
            "command failed with exit code #",
            "command failed with exit code #: #",
            "returned non-zero exit status #",
            "build failed",
            "test",
            "in",
            "at");

    /** .NET names the assertion first, and what it compared in the lines below. */
    private static final Pattern ASSERTION_OF_DOTNET =
            Pattern.compile("assert\\.\\w{1,100}(?:\\(\\))? (?:failure|failed)");

    /** Playwright's message is the place and the title of the test. */
    static final Pattern PLACE_FIRST =
            Pattern.compile("\\S{1,300}\\.(?:spec|test)\\.[cm]?[jt]sx?:\\d{1,7}:\\d{1,7} .*", Pattern.DOTALL);

    /** Jest and Playwright name the matcher first, and what it compared in the lines below. */
    static final Pattern MATCHER_OF_JEST = Pattern.compile(
            "expect\\([^()\\n]{0,100}\\)(?:\\.\\w{1,60}){1,4}\\([^()\\n]{0,200}\\)(?: // [^\\n]{0,100}| failed)?");

    private static final Pattern EXIT_CODE = Pattern.compile(".*\\bexit(?:ed)?\\b.*#");

    private VagueMessage() {}

    /**
     * Tells whether a message leaves open what went wrong.
     *
     * @param test name of the test, which says nothing either; null if unknown
     */
    static boolean is(String message, @Nullable String test) {
        if (message.length() > MOST_CHARACTERS) {
            return false;
        }
        String plain = plain(message);
        if (SAY_NOTHING.contains(plain)
                || (plain.startsWith("assert.")
                        && ASSERTION_OF_DOTNET.matcher(plain).matches())
                || (message.contains("expect(")
                        && MATCHER_OF_JEST.matcher(message.strip()).matches())
                || ((message.contains(".spec.") || message.contains(".test."))
                        && PLACE_FIRST.matcher(message).matches())) {
            return true;
        }
        return test != null && test.length() > 2 && saysNothingBeside(message, test);
    }

    /** Tells whether a message gives no more than how a process ended. */
    static boolean isExitCode(String message) {
        return message.length() <= MOST_CHARACTERS
                && SAY_NOTHING.contains(plain(message))
                && EXIT_CODE.matcher(plain(message)).matches();
    }

    private static boolean saysNothingBeside(String message, String test) {
        int at = message.indexOf(test);
        return at >= 0
                && SAY_NOTHING.contains(plain(message.substring(0, at) + " " + message.substring(at + test.length())));
    }

    /** Lower case, numbers as {@code #}, signs around taken off, each run of blanks and quotes one blank. */
    private static String plain(String message) {
        var plain = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            char last = plain.length() == 0 ? ' ' : plain.charAt(plain.length() - 1);
            if (Character.isDigit(c)) {
                plain.append(last == '#' ? "" : "#");
            } else if (Character.isWhitespace(c) || c == '"' || c == '\'' || c == '`') {
                plain.append(last == ' ' ? "" : " ");
            } else {
                plain.append(c);
            }
        }
        int from = 0;
        int to = plain.length();
        while (from < to && isAround(plain.charAt(from))) {
            from++;
        }
        while (from < to && isAround(plain.charAt(to - 1))) {
            to--;
        }
        return plain.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private static boolean isAround(char c) {
        return " .,:;!?\"'`*-=<>[]{}|/\\_".indexOf(c) >= 0;
    }
}
