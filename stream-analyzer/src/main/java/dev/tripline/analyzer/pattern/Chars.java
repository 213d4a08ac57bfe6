package dev.tripline.analyzer.pattern;

/** Sorts characters into the few classes that the recognisers ask for. */
final class Chars {

    private static final byte UPPER = 1;
    private static final byte LOWER = 2;
    private static final byte DIGIT = 4;
    private static final byte HEX = 8;
    private static final byte WORD = 16;
    private static final byte SPACE = 32;
    private static final byte[] CLASSES = classes();

    private Chars() {}

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (char c = 0; c < 128; c++) {
            int bits = 0;
            bits |= c >= 'A' && c <= 'Z' ? UPPER | WORD : 0;
            bits |= c >= 'a' && c <= 'z' ? LOWER | WORD : 0;
            bits |= c >= '0' && c <= '9' ? DIGIT | HEX | WORD : 0;
            bits |= (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ? HEX : 0;
            bits |= c == '_' ? WORD : 0;
            bits |= c <= ' ' || c == 127 ? SPACE : 0;
            classes[c] = (byte) bits;
        }
        return classes;
    }

    static boolean isUpper(char c) {
        return c < 128 ? (CLASSES[c] & UPPER) != 0 : Character.isUpperCase(c);
    }

    static boolean isLower(char c) {
        return c < 128 ? (CLASSES[c] & LOWER) != 0 : Character.isLowerCase(c);
    }

    static boolean isDigit(char c) {
        return c < 128 ? (CLASSES[c] & DIGIT) != 0 : Character.isDigit(c);
    }

    static boolean isHex(char c) {
        return c < 128 && (CLASSES[c] & HEX) != 0;
    }

    static boolean isLetter(char c) {
        return c < 128 ? (CLASSES[c] & (UPPER | LOWER)) != 0 : Character.isLetter(c);
    }

    /** Letters, digits and the underscore; half a surrogate pair counts as a letter, so that none is torn apart. */
    static boolean isWord(char c) {
        return c < 128 ? (CLASSES[c] & WORD) != 0 : Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    /** White space, control characters included. */
    static boolean isSpace(char c) {
        return c < 128 ? (CLASSES[c] & SPACE) != 0 : Character.isWhitespace(c) || c == '\u00a0';
    }
}
