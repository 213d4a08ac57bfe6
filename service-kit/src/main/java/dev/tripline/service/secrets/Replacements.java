package dev.tripline.service.secrets;

/** Knows what stands where a secret stood, in this library's writing and in others'. */
final class Replacements {
    static final String HEAD = "<masked:";
    static final char FOOT = '>';

    private static final int LONGEST_KIND = 32;

    private Replacements() {}

    /** Returns the end of the replacement that begins at an offset, or -1. */
    static int end(String text, int start) {
        if (!text.startsWith(HEAD, start)) {
            return -1;
        }
        int at = start + HEAD.length();
        int limit = Math.min(text.length(), at + LONGEST_KIND);
        while (at < limit && (Ascii.isLower(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return at > start + HEAD.length() && at < text.length() && text.charAt(at) == FOOT ? at + 1 : -1;
    }

    /** Tells whether a value is a placeholder such as {@code <secret>}, {@code <*>} or one of ours, and nothing follows it. */
    static boolean isPlaceholder(String text, int start) {
        int end = placeholderEnd(text, start);
        return end > 0 && (text.startsWith(HEAD, start) || end == text.length() || endsValue(text.charAt(end)));
    }

    private static boolean endsValue(char c) {
        return Ascii.isSpace(c) || "\"'`&,;:.!?(){}[]<>\\/".indexOf(c) >= 0;
    }

    /** Returns the end of a placeholder that begins at an offset, or -1. */
    static int placeholderEnd(String text, int start) {
        if (start >= text.length() || text.charAt(start) != '<') {
            return -1;
        }
        int at = start + 1;
        int limit = Math.min(text.length(), at + HEAD.length() + LONGEST_KIND);
        while (at < limit && (Ascii.isLower(text.charAt(at)) || "*:-_ ".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at > start + 1 && at < text.length() && text.charAt(at) == FOOT ? at + 1 : -1;
    }
}
