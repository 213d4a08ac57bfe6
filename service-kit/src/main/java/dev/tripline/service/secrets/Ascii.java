package dev.tripline.service.secrets;

/** Sorts characters; tokens and names of secrets are ASCII. */
final class Ascii {
    private Ascii() {}

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return isUpper(c) || isLower(c) || isDigit(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Letters, digits, underscore and hyphen: what names are made of. */
    static boolean isName(char c) {
        return isAlphanumeric(c) || c == '_' || c == '-';
    }

    /** What tokens are made of: names and dots. */
    static boolean isToken(char c) {
        return isName(c) || c == '.';
    }

    static boolean isBase64(char c) {
        return isAlphanumeric(c) || c == '+' || c == '/' || c == '=';
    }

    static boolean isSpace(char c) {
        return c <= ' ' || c == 127 || (c >= 128 && (Character.isWhitespace(c) || c == '\u00a0'));
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0';
    }
}
