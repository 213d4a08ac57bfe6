package dev.tripline.agent.report;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells where a test was from what it said: stack frames, and the excerpts of source that some frameworks print. */
final class StackFrames {
    private static final String SOURCE_FILE =
            "\\S{1,500}?\\.(?:php|phpt|rb|py|[cm]?[jt]sx?|go|c|cc|cpp|cxx|h|hpp|cs|vb|fs|java|kt|scala|rs|swift|exs?)";
    static final Pattern PLACE_ALONE =
            Pattern.compile("(?:at )?" + SOURCE_FILE + "(?::\\d{1,7}){1,2}:?(?:in [`'].{0,300})?");
    static final Pattern NAME_ALONE = Pattern.compile("[A-Za-z_$][\\w$]{0,200}(?:\\.[\\w$<>]{1,200}){1,30}");
    private static final Pattern PAGE_ALONE = Pattern.compile("\\w{1,20}://\\S{1,500}:\\d{1,7}:\\d{1,7}");
    private static final Pattern PLACE_OF_PHP = Pattern.compile("#\\d{1,4} .{0,400}\\(\\d{1,7}\\).*");
    private static final Pattern EXCERPT = Pattern.compile("(?:> ?)?\\d{1,7} ?\\|.*|\\|(?: *\\^.*)?");
    private static final Pattern FRAMES_LEFT_OUT = Pattern.compile("\\.\\.\\. \\d{1,6} (?:more|common frames omitted)");

    private static final List<String> HEADS = List.of(
            "File \"",
            "goroutine ",
            "stack backtrace:",
            "Stack Trace:",
            "Stack:",
            "Full Stack Trace",
            "--- End of stack trace");

    /** Beginnings of frames within frameworks and run times, where no test of anybody fails. */
    private static final List<String> NOT_OWN = List.of(
            "org.junit.",
            "junit.framework.",
            "org.opentest4j.",
            "org.hamcrest.",
            "org.assertj.",
            "org.testng.",
            "org.mockito.",
            "org.scalatest.",
            "io.kotest.",
            "org.gradle.",
            "org.apache.maven.",
            "java.",
            "java.base/",
            "jdk.",
            "sun.",
            "kotlin.",
            "scala.",
            "Xunit.",
            "NUnit.",
            "Microsoft.VisualStudio.",
            "System.",
            "node:",
            "internal/",
            "assert.",
            "new Promise");

    private StackFrames() {}

    /**
     * Tells whether a line is part of a stack trace, or opens one.
     *
     * @param line without blanks around it
     */
    static boolean isFrame(String line) {
        if (line.startsWith("at ")) {
            return isCall(line.substring(3, line.endsWith(" {") ? Math.max(3, line.length() - 2) : line.length()));
        }
        String plain = line.startsWith("# ") ? line.substring(2) : line;
        return hasHead(line)
                || (line.startsWith("... ") && FRAMES_LEFT_OUT.matcher(line).matches())
                || (line.startsWith("#") && PLACE_OF_PHP.matcher(line).matches())
                || isPlaceAlone(plain);
    }

    private static boolean hasHead(String line) {
        for (String head : HEADS) {
            if (line.startsWith(head)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #PLACE_ALONE}: a file, a colon and a number. Most lines have no colon before a digit. */
    static boolean isPlaceAlone(String line) {
        if (!mayEndPlace(line)) {
            return false;
        }
        for (int colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
            if (colon + 1 < line.length() && isDigit(line.charAt(colon + 1))) {
                return PLACE_ALONE.matcher(line).matches();
            }
        }
        return false;
    }

    /** A place ends with a number or a colon, or names what it is in. */
    private static boolean mayEndPlace(String line) {
        char last = line.isEmpty() ? ' ' : line.charAt(line.length() - 1);
        return isDigit(last) || last == ':' || line.contains("in `") || line.contains("in '");
    }

    /**
     * Tells whether a line shows source: {@code > 12 |   expect(total)}.
     *
     * @param line without blanks around it
     */
    static boolean isExcerpt(String line) {
        // It begins with an arrow, a number or a bar.
        boolean mayBe = !line.isEmpty() && (line.charAt(0) == '>' || line.charAt(0) == '|' || isDigit(line.charAt(0)));
        return mayBe && EXCERPT.matcher(line).matches();
    }

    /** {@code at least 3 (of 4)} is no frame; {@code at total (cart.js:3:4)} and {@code at Cart.total() in Cart.cs:line 3} are. */
    private static boolean isCall(String call) {
        String plain =
                call.startsWith("async ") ? call.substring(6) : call.startsWith("new ") ? call.substring(4) : call;
        if (plain.startsWith("<")
                || isPlaceAlone(plain)
                || (plain.indexOf('(') < 0 && NAME_ALONE.matcher(plain).matches())) {
            return true;
        }
        int end = 0;
        while (end < plain.length() && plain.charAt(end) != ' ' && plain.charAt(end) != '(') {
            end++;
        }
        boolean called = plain.startsWith("(", end) || plain.startsWith(" (", end) || plain.startsWith(" [as ", end);
        boolean dotted = plain.lastIndexOf('.', end) > 0;
        return (called || dotted) && plain.indexOf('(') > 0 && (plain.endsWith(")") || plain.contains(" in "))
                || PAGE_ALONE.matcher(plain).matches();
    }

    /**
     * Returns the innermost place in code that belongs to no framework, as its frame gives it, without {@code at}; the
     * innermost of all if there is no such; null if the text has no frames.
     *
     * @param lines lines of a text, without blanks around them
     */
    static @Nullable String place(List<String> lines) {
        String innermost = null;
        for (String line : lines) {
            boolean call = line.startsWith("at ") && isCall(line.substring(3));
            if (call || isPlaceAlone(line)) {
                String place = placeOf(call ? line.substring(3) : line);
                if (NOT_OWN.stream().noneMatch(place::startsWith)
                        && !place.contains("node_modules")
                        && !place.contains("(node:")) {
                    return place;
                }
                innermost = innermost == null ? place : innermost;
            }
        }
        return innermost;
    }

    /** Takes off the name of the class loader, which differs between forks of a JVM: {@code app//shop.CartTest.total(…)}. */
    private static String placeOf(String call) {
        return call.startsWith("app//") ? call.substring("app//".length()) : call;
    }

    /**
     * Returns the line that gives the innermost cause of an exception, beginning with {@code Caused by: }; null if the text
     * names no cause. Causes of suppressed exceptions are passed over.
     *
     * @param lines lines of a text, with their indent
     */
    static @Nullable String cause(List<String> lines) {
        String innermost = null;
        for (String line : lines) {
            int indent = TextOfFailure.indent(line);
            if (!mayBeCause(line, indent)) {
                continue;
            }
            String plain = line.strip();
            if (line.startsWith("Caused by: ")) {
                innermost = plain;
            } else if (plain.startsWith("[cause]: ")) {
                innermost = "Caused by: " + plain.substring("[cause]: ".length());
            } else if ((plain.startsWith("---> ") || plain.startsWith("---- "))
                    && TypedText.of(plain.substring(5)).type() != null) {
                innermost = "Caused by: " + plain.substring(5);
            }
        }
        return innermost;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean mayBeCause(String line, int indent) {
        char first = indent < line.length() ? line.charAt(indent) : ' ';
        return first == '-' || first == '[' || (first == 'C' && indent == 0);
    }
}
