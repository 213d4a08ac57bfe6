package dev.tripline.agent.report;

import java.util.List;

/**
 * Takes off what colours a text on a terminal or moves its cursor, so that a failure reads the same in colours and without.
 *
 * <p>XML cannot hold the escape character, so that writers of reports put something in its place, or leave it out; codes that
 * begin with such a spelling come off, too.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48, section 5.4</a>
 */
final class TerminalCodes {
    private static final char ESCAPE = '\u001b';
    private static final char INTRODUCER = '\u009b';

    /** What stands for the escape character: pytest, Surefire (in two ways), RSpec, Catch2, and writers that replace what XML cannot hold. */
    private static final List<String> SPELLINGS = List.of(
            "#x1B",
            "#x1b",
            "&#27;",
            "&amp#27;",
            "&#x1b;",
            "&#x1B;",
            "\\u001b",
            "\\u001B",
            "\\x1b",
            "\\x1B",
            "\\e",
            "\\033",
            "\ufffd",
            "\u241b");

    /** Ends of colours. Without one of them, what looks like a code is text: {@code rate(errors[5m])}. */
    private static final List<String> RESETS = List.of("[0m", "[m", "[39m", "[22m", "[49m", "[27m");

    /** What a code may begin with. */
    private static final String BEGINNINGS = "\u001b\u009b[#&\\\ufffd\u241b";

    /** The same for a look at each character of ASCII. */
    private static final boolean[] BEGINS = begins();

    private TerminalCodes() {}

    private static boolean[] begins() {
        var begins = new boolean[0x80];
        for (int c = 0; c < begins.length; c++) {
            begins[c] = BEGINNINGS.indexOf(c) >= 0;
        }
        return begins;
    }

    /** Most texts have none of the beginnings, which a search for each tells sooner than a look at each character. */
    private static boolean mayHaveCodes(String text) {
        for (int i = 0; i < BEGINNINGS.length(); i++) {
            if (text.indexOf(BEGINNINGS.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the text without codes; the text itself if it has none. Takes linear time. */
    static String without(String text) {
        return mayHaveCodes(text) ? withoutAny(text) : text;
    }

    /** Does the same with a look at each character. */
    static String withoutAny(String text) {
        boolean bare = hasReset(text);
        StringBuilder kept = null;
        int copied = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c < BEGINS.length && !BEGINS[c]) {
                i++;
                continue;
            }
            int end = endOfCode(text, i, bare);
            if (end > i) {
                kept = kept == null ? new StringBuilder(text.length()) : kept;
                kept.append(text, copied, i);
                copied = end;
                i = end;
            } else {
                i++;
            }
        }
        return kept == null ? text : kept.append(text, copied, text.length()).toString();
    }

    private static boolean hasReset(String text) {
        for (int at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
            for (String reset : RESETS) {
                if (text.startsWith(reset, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns where the code that begins at an offset ends; the offset itself if none does. */
    private static int endOfCode(String text, int at, boolean bare) {
        return switch (text.charAt(at)) {
            case ESCAPE -> endOfEscape(text, at + 1);
            case INTRODUCER -> endOfSequence(text, at + 1);
            case '[' -> bare ? endOfBareColour(text, at) : at;
            case '#', '&', '\\', '\ufffd', '\u241b' -> endOfSpelled(text, at);
            default -> at;
        };
    }

    private static int endOfEscape(String text, int at) {
        if (at == text.length()) {
            return at;
        }
        if (text.charAt(at) == '[') {
            return endOfSequence(text, at + 1);
        }
        if (text.charAt(at) == ']') {
            return endOfCommand(text, at + 1);
        }
        int end = skip(text, at, ' ', '/');
        return end < text.length() && isBetween(text.charAt(end), '0', '~') ? end + 1 : end;
    }

    private static int endOfSpelled(String text, int at) {
        for (String spelling : SPELLINGS) {
            int end = at + spelling.length();
            if (text.startsWith(spelling, at) && text.startsWith("[", end)) {
                return endOfSequence(text, end + 1);
            }
        }
        return at;
    }

    private static int endOfSequence(String text, int at) {
        int end = skip(text, skip(text, at, '0', '?'), ' ', '/');
        return end < text.length() && isBetween(text.charAt(end), '@', '~') ? end + 1 : end;
    }

    /** A command to the terminal, such as a link, ends with BEL or with an escape; one that breaks off ends with its line. */
    private static int endOfCommand(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= ' ') {
            end++;
        }
        if (end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r') {
            return end;
        }
        return text.startsWith("\\", end + 1) && text.charAt(end) == ESCAPE ? end + 2 : end + 1;
    }

    private static int endOfBareColour(String text, int at) {
        int end = at + 1;
        while (end < text.length() && (isBetween(text.charAt(end), '0', '9') || text.charAt(end) == ';')) {
            end++;
        }
        boolean colour = text.startsWith("m", end) && !text.startsWith("]", end + 1);
        return colour ? end + 1 : at;
    }

    private static int skip(String text, int at, char first, char last) {
        int end = at;
        while (end < text.length() && isBetween(text.charAt(end), first, last)) {
            end++;
        }
        return end;
    }

    private static boolean isBetween(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
