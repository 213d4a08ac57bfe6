package dev.tripline.service.secrets;

import java.util.List;

/**
 * Finds what must never be shown (keys, tokens, passwords) and writes {@code <masked:KIND>} in its place.
 *
 * <p>The same text is masked the same way always, and a masked text stays as it is. The time needed is linear in the length
 * of the text. Immutable and safe for use by many threads.
 */
public final class SecretMask {
    private static final SecretMask STANDARD = new SecretMask();

    private SecretMask() {}

    /** Returns the mask with the rules that Tripline brings along. */
    public static SecretMask standard() {
        return STANDARD;
    }

    /** Returns the text with every secret replaced; the text itself if it has none. */
    public String mask(String text) {
        return Span.replaceAll(text, find(text));
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
        return new SecretScan(text).spans();
    }

    /**
     * Returns the end of the replacement of a secret that begins at an offset of a masked text, or -1 if none does; costs at
     * most the length of a replacement.
     */
    public static int replacementEnd(String text, int start) {
        return Replacements.end(text, start);
    }
}
