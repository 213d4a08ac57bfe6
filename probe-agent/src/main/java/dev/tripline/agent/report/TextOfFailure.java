package dev.tripline.agent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of what a report says about a failure, as far as they are looked at: they may be many, and long. */
final class TextOfFailure {
    /** Lines that are kept of a text; the analysis reads as many. */
    static final int MOST_LINES = 4;

    /** Most characters of a line that are kept. */
    static final int LONGEST_LINE = 1_000;

    private static final int MOST_CHARACTERS = ReportedFailure.DETAILS_BYTES;

    private static final List<String> NOISE = List.of(
            "=== RUN",
            "=== PAUSE",
            "=== CONT",
            "=== NAME",
            "--- FAIL:",
            "--- PASS:",
            "Traceback (most recent call last)",
            "(compared using ",
            "Diff:",
            "Full diff:",
            "@@ ",
            "Omitting ",
            "Use -v to get");

    private static final Pattern DIFF_HEAD =
            Pattern.compile("(?:-|---|\\+|\\+\\+\\+) ?(?:Expected|Received|Actual|Got|Want|expected|actual)\\b.{0,100}"
                    + "|\\+ expected - actual|\\(?-want \\+got\\)?:?");

    private TextOfFailure() {}

    /** Returns the lines of the beginning of a text, at most 64 Ki characters, without blanks at their ends. */
    static List<String> lines(String text) {
        String begin = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
        // Some comparers mix in blanks that do not break, by chance, so that nobody relies on what they print.
        String plain = begin.indexOf('\u00a0') < 0 ? begin : begin.replace('\u00a0', ' ');
        var lines = new ArrayList<String>();
        int returned = -1;
        for (int start = 0; start < plain.length(); ) {
            returned = returned < start ? indexOf(plain, '\r', start) : returned;
            int end = Math.min(returned, indexOf(plain, '\n', start));
            lines.add(shortened(plain.substring(start, end)));
            start = plain.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return lines;
    }

    /** Returns where a character stands next; the end of the text if it comes no more. */
    private static int indexOf(String text, char c, int start) {
        int found = text.indexOf(c, start);
        return found < 0 ? text.length() : found;
    }

    /**
     * Tells whether a line without blanks at its end begins with a text, behind its indent. Lines are many, and most begin with
     * nothing that is looked for.
     */
    static boolean begins(String line, String text) {
        return line.startsWith(text, indent(line));
    }

    /** Returns how many blanks a line begins with. */
    static int indent(String line) {
        int at = 0;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String shortened(String line) {
        return (line.length() <= LONGEST_LINE ? line : cutAt(line, LONGEST_LINE)).stripTrailing();
    }

    private static String cutAt(String line, int end) {
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }

    /**
     * Returns the first lines that say something: of a comparison the first and those that differ, else simply the first.
     * Without blanks around them, at most {@link #MOST_LINES}.
     */
    static List<String> choose(List<String> lines) {
        var said = new ArrayList<String>();
        var differ = new ArrayList<String>();
        boolean compared = false;
        for (String line : lines) {
            String plain = line.strip();
            if (DIFF_HEAD.matcher(plain).matches()) {
                compared = true;
            } else if (!isNoise(plain)) {
                said.add(plain);
                if (said.size() > 1 && isDifference(plain)) {
                    differ.add(plain);
                }
            }
        }
        if (said.isEmpty() || differ.isEmpty() || !(compared || hasBoth(differ))) {
            return List.copyOf(said.subList(0, Math.min(MOST_LINES, said.size())));
        }
        var chosen = new ArrayList<String>();
        chosen.add(said.get(0));
        differ.stream().limit(MOST_LINES - 1L).forEach(chosen::add);
        return List.copyOf(chosen);
    }

    private static boolean hasBoth(List<String> differ) {
        return differ.stream().anyMatch(line -> line.startsWith("-"))
                && differ.stream().anyMatch(line -> line.startsWith("+"));
    }

    private static boolean isDifference(String line) {
        return (line.startsWith("-") || line.startsWith("+")) && !line.startsWith("->");
    }

    /** Tells whether a line without blanks around it is made by a framework around what it says, or of signs alone. */
    static boolean isNoise(String line) {
        return NOISE.stream().anyMatch(line::startsWith) || line.chars().noneMatch(Character::isLetterOrDigit);
    }

    /** Returns the lines before the first frame of a stack and the first excerpt of source; places that stand first are no end. */
    static List<String> beforeFrames(List<String> lines) {
        var before = new ArrayList<String>();
        for (String line : lines) {
            String plain = line.strip();
            boolean frame = StackFrames.isFrame(plain) || StackFrames.isExcerpt(plain);
            if (frame && !before.isEmpty()) {
                break;
            }
            if (!frame && !plain.isEmpty()) {
                before.add(line);
            }
        }
        return before;
    }
}
