package dev.tripline.service.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells where in a text a secret can begin, or a sign stands that may follow the name of one. Nearly all characters of a report
 * are looked at here and nowhere else.
 *
 * <p>Three signs tell a beginning. Those that may come first, second and third are sets of bits, one bit for all heads with the
 * same first letter, so that each character costs a shift and a look into a table, and no branch that depends on it. A bit that
 * is not set says that what it stands for is still possible.
 *
 * @see <a href="https://doi.org/10.1145/135239.135243">Baeza-Yates, Gonnet (1992): A new approach to text searching, section 3</a>
 */
final class Beginnings {
    static final String JWT = "eyJ";
    static final String PERMANENT_KEY = "AKIA";
    static final String SESSION_KEY = "ASIA";
    static final String ORACLE = "jdbc:oracle:";
    static final List<String> STANDING_SCHEMES = List.of("bearer", "basic", "digest", "negotiate");

    private static final int ASCII = 128;

    /** Signs that may stand behind a name, or open an option, an element or what was masked. */
    private static final String SIGNS = "=:%-<";

    private static final String SCHEME_INITIALS = "bBdDnN";

    /** Groups of heads; three sets of so many bits fit into one number. */
    private static final int GROUPS = 21;

    private static final int SECOND = GROUPS;
    private static final int THIRD = 2 * GROUPS;
    private static final int GROUP_OF_SIGNS = 0;
    private static final int GROUP_OF_ODD_SECOND = 1;
    private static final int GROUP_OF_ODD_THIRD = 2;
    private static final int FIRST_GROUP_OF_HEADS = 3;
    private static final long NOT_THIRD = (1L << THIRD) - 1;

    /** Pairs of signs with which something begins that is known by how it looks: for each the signs that come third, or null. */
    private static final boolean[] @Nullable [] PAIRS = pairs();

    /** For each character a bit for each group in which it can not come first, second or third; the last entry is for all beyond ASCII. */
    private static final long[] CLOSED = closed();

    private Beginnings() {}

    /**
     * Returns the first offset at which something may begin; the length of the text if there is none.
     *
     * @param from offset from which on it is looked for, 0 to the length of the text
     */
    static int next(String text, int from) {
        int length = text.length();
        long closed = -1;
        for (int at = from; at < length; at++) {
            char c = text.charAt(at);
            closed = (closed << GROUPS) | CLOSED[Math.min(c, ASCII)];
            if ((closed | NOT_THIRD) != -1 && isBeginning(text, at - 2)) {
                return at - 2;
            }
        }
        for (int at = Math.max(from, length - 2); at < length; at++) {
            if (SIGNS.indexOf(text.charAt(at)) >= 0) {
                return at;
            }
        }
        return length;
    }

    private static boolean isBeginning(String text, int at) {
        return SIGNS.indexOf(text.charAt(at)) >= 0 || isHead(text, at);
    }

    /** Tells whether a letter or digit, with the two signs behind it, begins something that is known by how it looks. */
    static boolean isHead(String text, int at) {
        char first = text.charAt(at);
        if (at + 2 >= text.length()) {
            return false;
        }
        char second = text.charAt(at + 1);
        char third = text.charAt(at + 2);
        if (second >= ASCII || third >= ASCII) {
            return isSchemeInitial(first);
        }
        boolean[] thirds = PAIRS[first * ASCII + second];
        return thirds != null && thirds[third];
    }

    /** Comparison without case takes some letters beyond ASCII for ones within. */
    private static boolean isSchemeInitial(char first) {
        return SCHEME_INITIALS.indexOf(first) >= 0;
    }

    private static long[] closed() {
        var groups = new long[ASCII + 1];
        for (int i = 0; i < SIGNS.length(); i++) {
            groups[SIGNS.charAt(i)] |= bit(GROUP_OF_SIGNS);
        }
        for (int i = 0; i < SCHEME_INITIALS.length(); i++) {
            groups[SCHEME_INITIALS.charAt(i)] |= bit(GROUP_OF_ODD_SECOND) | bit(GROUP_OF_ODD_THIRD);
        }
        for (int c = 0; c <= ASCII; c++) {
            groups[c] |= bit(SECOND + GROUP_OF_SIGNS)
                    | bit(THIRD + GROUP_OF_SIGNS)
                    | bit(THIRD + GROUP_OF_ODD_SECOND)
                    | bit(SECOND + GROUP_OF_ODD_THIRD);
        }
        groups[ASCII] |= bit(SECOND + GROUP_OF_ODD_SECOND) | bit(THIRD + GROUP_OF_ODD_THIRD);
        for (String head : heads()) {
            // Two letters in one group only cost a second look.
            int group = FIRST_GROUP_OF_HEADS + (head.charAt(0) | 0x20) % (GROUPS - FIRST_GROUP_OF_HEADS);
            groups[head.charAt(0)] |= bit(group);
            groups[head.charAt(1)] |= bit(SECOND + group);
            groups[head.charAt(2)] |= bit(THIRD + group);
        }
        for (int c = 0; c <= ASCII; c++) {
            groups[c] = ~groups[c];
        }
        return groups;
    }

    private static long bit(int number) {
        return 1L << number;
    }

    private static boolean[] @Nullable [] pairs() {
        var pairs = new boolean[ASCII * ASCII] @Nullable [];
        for (String head : heads()) {
            int pair = head.charAt(0) * ASCII + head.charAt(1);
            boolean[] third = pairs[pair] == null ? new boolean[ASCII] : pairs[pair];
            third[head.charAt(2)] = true;
            pairs[pair] = third;
        }
        return pairs;
    }

    /** Returns what things begin with that are known by how they look, at least three signs each. */
    private static List<String> heads() {
        var heads = new ArrayList<>(List.of(JWT, PERMANENT_KEY, SESSION_KEY, ORACLE));
        Issuer.ALL.forEach(issuer -> heads.add(issuer.prefix()));
        for (String scheme : STANDING_SCHEMES) {
            String upper = scheme.toUpperCase(Locale.ROOT);
            for (int cases = 0; cases < 8; cases++) {
                var head = new StringBuilder();
                for (int i = 0; i < 3; i++) {
                    head.append(((cases >> i) & 1) == 0 ? scheme.charAt(i) : upper.charAt(i));
                }
                heads.add(head.toString());
            }
        }
        return heads;
    }
}
