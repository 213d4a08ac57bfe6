package dev.tripline.agent.report;

/** Collects text up to a limit and remembers whether there was more. */
final class BoundedText {
    /** Texts are of failures, mostly, with some frames of a stack. */
    private static final int USUAL_CHARACTERS = 2_048;

    private final StringBuilder text;
    private final int limit;
    private boolean cut;

    /**
     * Starts empty.
     *
     * @param limit most characters to keep
     */
    BoundedText(int limit) {
        this.limit = limit;
        this.text = new StringBuilder(Math.min(limit, USUAL_CHARACTERS));
    }

    void append(char[] characters, int start, int length) {
        int room = limit - text.length();
        text.append(characters, start, Math.min(room, length));
        cut |= length > room;
    }

    boolean wasCut() {
        return cut;
    }

    /** Returns what was kept; never half a character at its end. */
    String text() {
        int length = text.length();
        boolean half = cut && length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, half ? length - 1 : length);
    }
}
