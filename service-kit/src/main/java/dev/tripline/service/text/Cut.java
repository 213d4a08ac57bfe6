package dev.tripline.service.text;

/** Cuts texts at a number of characters (UTF-16 units), never between the halves of one. */
public final class Cut {
    private static final String MARK = "…";

    private Cut() {}

    /**
     * Returns where a text ends that may have a number of characters.
     *
     * @param most 0 or more
     * @return the text's length if it fits, else {@code most}, or one less where that would part a character
     */
    public static int end(String text, int most) {
        if (text.length() <= most) {
            return text.length();
        }
        return most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }

    /** Returns the text, or its beginning of at most a number of characters. */
    public static String plain(String text, int most) {
        return text.substring(0, end(text, most));
    }

    /**
     * Returns the text, or its beginning with a mark that something is cut off: together at most a number of characters.
     *
     * @param most 1 or more
     */
    public static String marked(String text, int most) {
        return text.length() <= most ? text : plain(text, Math.max(0, most - MARK.length())) + MARK;
    }
}
