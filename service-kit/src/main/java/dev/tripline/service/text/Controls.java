package dev.tripline.service.text;

/**
 * Makes visible what a terminal or a reader of logs would obey instead of show: with it, a text of others can forge a line, erase
 * one, or be read backwards.
 */
public final class Controls {
    private static final char ESCAPED_AS_NUMBER = 'u';

    private Controls() {}

    /**
     * Returns the text on one line, with line breaks as {@code \n} and {@code \r}, and other control characters (C0, DEL, C1),
     * line and paragraph separators, marks of writing direction and halves of characters as <code>&#92;uXXXX</code>. Tabs stay, and
     * so do backslashes: the text cannot be read back. The text itself if it has none of these.
     *
     * @see <a href="https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters">UAX 9, section 2</a>
     */
    public static String escape(String text) {
        int clean = 0;
        while (clean < text.length() && !isObeyed(text, clean)) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isObeyed(text, i)) {
                shown.append(c);
            } else if (c == '\n') {
                shown.append("\\n");
            } else if (c == '\r') {
                shown.append("\\r");
            } else {
                shown.append('\\').append(ESCAPED_AS_NUMBER).append(String.format("%04x", (int) c));
            }
        }
        return shown.toString();
    }

    private static boolean isObeyed(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x7f) {
            return c < ' ' && c != '\t';
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isDirection(c);
    }

    private static boolean isDirection(char c) {
        return c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
