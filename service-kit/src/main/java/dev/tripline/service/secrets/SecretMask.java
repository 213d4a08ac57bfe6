package dev.tripline.service.secrets;

import java.util.List;

/**
 * Finds what must never be shown (keys, tokens, passwords) and writes {@code <masked:KIND>} in its place.
 *
 * <p>The same text is masked the same way always, and a masked text stays as it is. The time needed is linear in the length
 * of the text. Safe for use by many threads.
 */
public final class SecretMask {
    private static final SecretMask STANDARD = new SecretMask(OwnPatterns.process());

    /** Times that what one list left is looked at by the other; few texts need more than one. */
    private static final int ROUNDS = 8;

    private final OwnPatterns own;

    private SecretMask(OwnPatterns own) {
        this.own = own;
    }

    /** Returns the mask with the rules that Tripline brings along, and those that this process was given. */
    public static SecretMask standard() {
        return STANDARD;
    }

    /** Returns the mask with the rules that Tripline brings along and others. */
    public static SecretMask with(OwnPatterns own) {
        return new SecretMask(own);
    }

    /** Returns the text with every secret replaced; the text itself if it has none. */
    public String mask(String text) {
        return own.isEmpty() && SecretScan.isPlain(text) ? text : Span.replaceAll(text, find(text));
    }

    /**
     * Returns what may be shown of a value that has a name, such as an attribute; as a whole it is masked where the name says
     * that it is a secret.
     *
     * @param name its name, such as {@code DB_PASSWORD}
     */
    public String maskValue(String name, String value) {
        return new SecretScan(value)
                .asValueOf(name)
                .map(whole -> Span.replaceAll(value, List.of(whole)))
                .orElseGet(() -> mask(value));
    }

    /** Returns the secrets of a text, in order and never overlapping; empty if it has none. */
    public List<Span> find(String text) {
        List<Span> found = new SecretScan(text).spans();
        if (own.isEmpty() || text.isEmpty()) {
            return found;
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Span> custom = own.find(Span.replaceAll(text, found));
            if (custom.isEmpty()) {
                return found;
            }
            found = Span.inOriginal(found, custom);
            List<Span> known = new SecretScan(Span.replaceAll(text, found)).spans();
            if (known.isEmpty()) {
                return found;
            }
            found = Span.inOriginal(found, known);
        }
        return List.of(new Span(0, text.length(), OwnPatterns.KIND, OwnPatterns.REASON));
    }

    /**
     * Returns the end of the replacement of a secret that begins at an offset of a masked text, or -1 if none does; costs at
     * most the length of a replacement.
     */
    public static int replacementEnd(String text, int start) {
        return Replacements.end(text, start);
    }
}
