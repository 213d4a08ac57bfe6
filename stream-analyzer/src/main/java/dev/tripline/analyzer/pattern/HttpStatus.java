package dev.tripline.analyzer.pattern;

import java.util.BitSet;

/** The status codes that are registered for HTTP. */
final class HttpStatus {

    /** <a href="https://www.iana.org/assignments/http-status-codes">IANA's registry</a>, and nginx's 499. */
    private static final BitSet KNOWN = known(
            100, 103, 200, 208, 226, 226, 300, 305, 307, 308, 400, 418, 421, 426, 428, 429, 431, 431, 451, 451, 499,
            499, 500, 508, 510, 511);

    private HttpStatus() {}

    private static BitSet known(int... ranges) {
        BitSet known = new BitSet(600);
        for (int i = 0; i < ranges.length; i += 2) {
            known.set(ranges[i], ranges[i + 1] + 1);
        }
        return known;
    }

    /** Tells whether the three digits at an offset are a registered status. */
    static boolean isKnown(String text, int at) {
        return KNOWN.get(Character.digit(text.charAt(at), 10) * 100
                + Character.digit(text.charAt(at + 1), 10) * 10
                + Character.digit(text.charAt(at + 2), 10));
    }
}
