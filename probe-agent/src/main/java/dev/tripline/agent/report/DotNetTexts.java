package dev.tripline.agent.report;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and failures as the test frameworks of .NET write them. */
final class DotNetTexts {
    /** {@code System.InvalidOperationException : the door is open}; bounded, so that a hostile message costs nothing. */
    private static final Pattern TYPE_AND_BLANK =
            Pattern.compile("((?:[A-Za-z_][\\w+`]{0,200}\\.){0,30}[A-Z][\\w+`]{0,200}) : ");

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    /** What NUnit's {@code Timeout} and {@code CancelAfter} say. */
    private static final String NUNIT_TIMEOUT = "Test exceeded ";

    private DotNetTexts() {}

    /**
     * Reads the element that starts here, which describes a failure, to its end.
     *
     * @param type type of the error where the report gives it; null if it does not
     * @param messageElement name of the child with the message
     * @param traceElement name of the child with the stack trace
     * @return null if it says nothing
     */
    static @Nullable ReportedFailure readFailure(
            XmlReading reading, @Nullable String type, String messageElement, String traceElement)
            throws BrokenReportException, IOException {
        String message = null;
        String trace = null;
        boolean cut = false;
        while (reading.xml().nextChild()) {
            String element = reading.xml().element();
            BoundedText text = reading.text();
            cut |= text.wasCut();
            if (element.equals(messageElement) && message == null) {
                message = text.text();
            } else if (element.equals(traceElement) && trace == null) {
                trace = text.text();
            }
        }
        return failure(type, message, trace, cut);
    }

    /** Makes a failure of its parts; null if none of them says anything. */
    static @Nullable ReportedFailure failure(
            @Nullable String type, @Nullable String message, @Nullable String trace, boolean cut) {
        String said =
                message == null || message.isBlank() ? null : lines(message).strip();
        String details = trace == null || trace.isBlank() ? null : lines(trace);
        if (type == null && said == null && details == null) {
            return null;
        }
        Matcher before = TYPE_AND_BLANK.matcher(said == null ? "" : said);
        boolean namesType = before.lookingAt() && (type == null || type.equals(before.group(1)));
        return said != null && namesType
                ? ReportedFailure.of(before.group(1), said.substring(before.end()), details, cut)
                : ReportedFailure.of(type, said, details, cut);
    }

    /** Tells whether a failure is one of time, which NUnit says in words only. */
    static boolean isTimeout(@Nullable ReportedFailure failure) {
        return failure != null
                && (failure.isTimeout()
                        || (failure.message().startsWith(NUNIT_TIMEOUT)
                                && failure.message().contains("imeout")));
    }

    /** Returns the name of a test without the class before it. */
    static String withoutClass(String name, @Nullable String className) {
        boolean repeats = className != null
                && name.length() > className.length() + 1
                && name.startsWith(className)
                && name.charAt(className.length()) == '.';
        return repeats ? name.substring(String.valueOf(className).length() + 1) : name;
    }

    /**
     * Returns the last two parts of an assembly's path, {@code net8.0/Shop.Tests.dll}: the folders before differ from machine
     * to machine, and the folder it lies in tells builds for several runtimes apart. Null for null.
     */
    static @Nullable String assembly(@Nullable String path) {
        if (path == null) {
            return null;
        }
        String[] parts = SEPARATOR.split(path);
        int last = parts.length - 1;
        return last < 1 ? path : parts[last - 1] + "/" + parts[last];
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }
}
