package dev.tripline.analyzer.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a failure that say what went wrong, without stack frames, source excerpts and markers.
 *
 * @param type type of the failure; null if none is known
 * @param lines parts of the message, in their order, never overlapping, without the type
 */
record Headline(@Nullable String type, List<Line> lines) {

    /** Lines taken; more say how, not what, and differ between runs. */
    private static final int MOST_LINES = 4;

    /**
     * One part of the message.
     *
     * @param start offset of the first character
     * @param end offset behind the last
     */
    record Line(int start, int end) {}

    static Headline of(@Nullable String type, String text, int end) {
        List<Line> lines = meaningfulLines(text, end);
        if (lines.isEmpty()) {
            return new Headline(FailureText.splitAt(type, "", 0, 0).type(), lines);
        }
        Line first = lines.get(0);
        FailureText.Split split = FailureText.splitAt(type, text, first.start(), first.end());
        lines.set(0, new Line(Math.min(split.messageStart(), first.end()), first.end()));
        return new Headline(split.type(), lines);
    }

    private static List<Line> meaningfulLines(String text, int end) {
        List<Line> plain = new ArrayList<>();
        List<Line> marked = new ArrayList<>();
        List<Line> causes = new ArrayList<>();
        boolean frames = false;
        boolean traceback = false;
        int at = 0;
        while (at < end) {
            int start = skipBlanks(text, at, end);
            int lineEnd = endOfLine(text, start, end);
            int indent = start - at;
            if (start < lineEnd) {
                if (text.startsWith("E ", at) && lineEnd - at > 2) {
                    addUpTo(marked, skipBlanks(text, at + 1, lineEnd), lineEnd);
                } else if (text.startsWith("Caused by: ", start)) {
                    addUpTo(causes, start, lineEnd);
                } else if (text.startsWith("Traceback (most recent call last)", start)) {
                    traceback = true;
                } else if (isFrame(text, start, lineEnd)) {
                    frames = true;
                } else if (traceback && indent == 0) {
                    // What ends a Python traceback is the error; of a chain the last one is what the test saw.
                    plain.clear();
                    plain.add(new Line(start, lineEnd));
                    traceback = false;
                    frames = true;
                } else if (!traceback && !frames) {
                    addUpTo(plain, start, lineEnd);
                }
            }
            at = lineEnd + 1;
        }
        List<Line> chosen = marked.isEmpty() ? plain : marked;
        if (chosen.size() < MOST_LINES) {
            causes.stream().limit(MOST_LINES - chosen.size()).forEach(chosen::add);
        }
        return chosen;
    }

    private static void addUpTo(List<Line> lines, int start, int end) {
        if (start < end && lines.size() < MOST_LINES) {
            lines.add(new Line(start, end));
        }
    }

    private static boolean isFrame(String text, int start, int end) {
        return (text.startsWith("at ", start) && (text.charAt(end - 1) == ')' || hasLineNumber(text, end)))
                || text.startsWith("File \"", start)
                || text.startsWith("goroutine ", start)
                || (text.startsWith("... ", start) && text.startsWith(" more", Math.max(start, end - 5)))
                || text.startsWith("stack backtrace:", start);
    }

    private static boolean hasLineNumber(String text, int end) {
        int at = end;
        while (at > 0 && Chars.isDigit(text.charAt(at - 1))) {
            at--;
        }
        return at < end && at > 0 && text.charAt(at - 1) == ':';
    }

    private static int skipBlanks(String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) != '\n' && Chars.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfLine(String text, int start, int end) {
        int lineEnd = text.indexOf('\n', start);
        return lineEnd < 0 || lineEnd > end ? end : lineEnd;
    }
}
