package dev.tripline.analyzer.pattern;

import org.jspecify.annotations.Nullable;

/** Tells the type of a failure from its message when the report has both in one text, as pytest's does. */
public final class FailureText {

    private static final int LONGEST_TYPE = 200;

    /** Words that frameworks write where a type belongs and which name none. */
    private static final WordSet NO_TYPES = WordSet.of("pytest junit jest failed failure none");

    private FailureText() {}

    /**
     * Splits a failure into type and message, so that the same failure reads the same whether the report names the type
     * apart, within the message, or both.
     *
     * @param type type as the report gives it; null, blank or a framework's word such as {@code pytest} if it names none
     * @param message message as the report gives it; may begin with {@code Type: }
     * @return the type, which is the given one or what stands before the first {@code ": "} when that looks like a type,
     *     and the rest of the message
     */
    public static TypedMessage split(@Nullable String type, String message) {
        Split split = splitAt(type, message, 0, Math.min(message.length(), Normaliser.LONGEST_MESSAGE));
        return new TypedMessage(split.type(), message.substring(split.messageStart()));
    }

    /** Splits what lies between two offsets; the message begins at the offset that comes back. */
    static Split splitAt(@Nullable String type, String text, int from, int to) {
        @Nullable String given = meaningful(type);
        int start = from;
        while (start < to && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        int end = typeEnd(text, start, to);
        if (end < 0) {
            return new Split(given, start);
        }
        String inferred = text.substring(start, end);
        // The bare "Error" of a framework says less than the type that the message names.
        if (given == null || given.equals("Error") || inferred.equals(given) || isSimpleNameOf(given, inferred)) {
            return new Split(inferred, afterColon(text, end, to));
        }
        // The report's type is the better one when the message repeats just its simple name.
        return isSimpleNameOf(inferred, given) ? new Split(given, afterColon(text, end, to)) : new Split(given, start);
    }

    record Split(@Nullable String type, int messageStart) {}

    private static @Nullable String meaningful(@Nullable String type) {
        if (type == null) {
            return null;
        }
        String trimmed = type.strip();
        if (trimmed.endsWith(":")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed.isEmpty() || NO_TYPES.contains(trimmed) ? null : trimmed;
    }

    private static boolean isSimpleNameOf(String simple, String qualified) {
        return qualified.length() > simple.length()
                && qualified.endsWith(simple)
                && (qualified.charAt(qualified.length() - simple.length() - 1) == '.'
                        || qualified.charAt(qualified.length() - simple.length() - 1) == '$');
    }

    private static int afterColon(String text, int typeEnd, int to) {
        int at = typeEnd < to ? typeEnd + 1 : typeEnd;
        while (at < to && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Returns where the type that begins at an offset ends, or -1 if none does. */
    static int typeEnd(String text, int from, int to) {
        int limit = Math.min(to, from + LONGEST_TYPE);
        int label = from;
        int at = from;
        while (at < limit && (Chars.isWord(text.charAt(at)) || text.charAt(at) == '$')) {
            at++;
            if (at < limit && text.charAt(at) == '.') {
                if (at == label || Chars.isDigit(text.charAt(label))) {
                    return -1;
                }
                label = at + 1;
                at++;
            }
        }
        boolean named = at > label && looksLikeTypeName(text, label, at, label > from);
        if (!named) {
            return -1;
        }
        if (at == to) {
            return at;
        }
        boolean colon = text.charAt(at) == ':' && (at + 1 == to || Character.isWhitespace(text.charAt(at + 1)));
        return colon || text.charAt(at) == '\n' || text.charAt(at) == '\r' ? at : -1;
    }

    /** UpperCamel with a lower-case letter; unqualified it must have two humps or be a type that languages bring along. */
    private static boolean looksLikeTypeName(String text, int from, int to, boolean qualified) {
        if (!Chars.isUpper(text.charAt(from))) {
            return false;
        }
        int humps = 0;
        boolean lower = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            lower |= Chars.isLower(c);
            if (Chars.isUpper(c) && (i == from || !Chars.isUpper(text.charAt(i - 1)))) {
                humps++;
            }
        }
        return lower && (qualified || humps >= 2 || isPlainType(text, from, to));
    }

    private static boolean isPlainType(String text, int from, int to) {
        return PLAIN_TYPES.contains(text, from, to);
    }

    private static final WordSet PLAIN_TYPES = WordSet.of("error exception failed throwable warning");
}
