package dev.tripline.service.secrets;

import java.util.List;

/**
 * A part of a text that is a secret.
 *
 * @param start offset of its first character, in UTF-16 units from 0
 * @param end offset behind its last character; greater than {@code start}
 * @param kind what it was taken for, such as {@code github}; lower-case letters and hyphens
 * @param reason why, in words for people; tells nothing of the secret
 */
public record Span(int start, int end, String kind, String reason) {
    /** Refuses a span that covers nothing. */
    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span: must cover something, got " + start + " to " + end);
        }
    }

    /**
     * Returns a text with what stands in the place of its secrets; the text itself if it has none.
     *
     * @param spans the secrets of the text, in order, never overlapping
     */
    public static String replaceAll(String text, List<Span> spans) {
        if (spans.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder(text.length());
        int copied = 0;
        for (Span span : spans) {
            masked.append(text, copied, span.start()).append(span.replacement());
            copied = span.end();
        }
        return masked.append(text, copied, text.length()).toString();
    }

    /** Returns what stands in its place in a masked text. */
    public String replacement() {
        return Replacements.HEAD + kind + Replacements.FOOT;
    }
}
