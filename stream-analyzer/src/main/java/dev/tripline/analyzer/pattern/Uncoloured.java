package dev.tripline.analyzer.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message without what a terminal obeys: control sequences for colours, cursor, titles and links. */
final class Uncoloured {

    private static final char ESCAPE = '\u001b';
    private static final char ONE_CHARACTER_CSI = '\u009b';
    private static final char BELL = '\u0007';

    private final String text;

    /** Where each character of the text stands in the message; null if nothing came off. */
    private final int @Nullable [] offsets;

    private Uncoloured(String text, int @Nullable [] offsets) {
        this.text = text;
        this.offsets = offsets;
    }

    /** Returns the message without control sequences. */
    String text() {
        return text;
    }

    /** Reads each character at most twice. */
    static Uncoloured of(String message) {
        int first = firstIn(message);
        if (first < 0) {
            return new Uncoloured(message, null);
        }
        var text = new StringBuilder(message.length());
        int[] offsets = new int[message.length()];
        boolean titlesEnd = true;
        int at = 0;
        while (at < message.length()) {
            char c = message.charAt(at);
            int end = at;
            if (c == ONE_CHARACTER_CSI) {
                end = sequenceEnd(message, at + 1);
            } else if (c == ESCAPE) {
                char next = at + 1 < message.length() ? message.charAt(at + 1) : ' ';
                if (next == '[') {
                    end = sequenceEnd(message, at + 2);
                } else if (next == ']') {
                    // One that never ends is not looked for again.
                    int titleEnd = titlesEnd ? titleEnd(message, at + 2) : -1;
                    titlesEnd = titleEnd >= 0;
                    end = titlesEnd ? titleEnd : at + 2;
                } else if (next == '(' || next == ')') {
                    end = Math.min(at + 3, message.length());
                } else {
                    end = next >= '0' && next <= '~' ? at + 2 : at + 1;
                }
            }
            if (end == at) {
                offsets[text.length()] = at;
                text.append(c);
                end++;
            }
            at = end;
        }
        return new Uncoloured(text.toString(), Arrays.copyOf(offsets, text.length()));
    }

    private static int firstIn(String message) {
        int escape = message.indexOf(ESCAPE);
        return escape >= 0 ? escape : message.indexOf(ONE_CHARACTER_CSI);
    }

    /** A control sequence has parameters, then intermediate bytes, then one byte that says what to do (ECMA-48, 5.4). */
    private static int sequenceEnd(String message, int from) {
        int at = from;
        while (at < message.length() && message.charAt(at) >= '0' && message.charAt(at) <= '?') {
            at++;
        }
        while (at < message.length() && message.charAt(at) >= ' ' && message.charAt(at) <= '/') {
            at++;
        }
        return at < message.length() && message.charAt(at) >= '@' && message.charAt(at) <= '~' ? at + 1 : at;
    }

    private static int titleEnd(String message, int from) {
        for (int at = from; at < message.length() && message.charAt(at) != '\n'; at++) {
            if (message.charAt(at) == BELL) {
                return at + 1;
            }
            if (message.charAt(at) == ESCAPE) {
                return at + 1 < message.length() && message.charAt(at + 1) == '\\' ? at + 2 : at;
            }
        }
        return -1;
    }

    /** Returns parts of the text by their places in the message. */
    List<Mask> inOriginal(List<Mask> parts) {
        int[] places = offsets;
        if (places == null) {
            return parts;
        }
        List<Mask> moved = new ArrayList<>(parts.size());
        for (Mask part : parts) {
            moved.add(new Mask(places[part.start()], places[part.end() - 1] + 1, part.kind(), part.reason()));
        }
        return moved;
    }
}
