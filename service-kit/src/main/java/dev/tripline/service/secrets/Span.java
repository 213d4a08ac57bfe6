package dev.tripline.service.secrets;

import java.util.ArrayList;
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

    /**
     * Returns all secrets of a text by their places in it, if it was masked and searched again.
     *
     * @param first what was found first
     * @param second what was found in the text where replacements stand for the first; one that touches a replacement takes in
     *     what that stands for
     */
    static List<Span> inOriginal(List<Span> first, List<Span> second) {
        var all = new ArrayList<Span>();
        int next = 0;
        int shift = 0; // offset in the text less offset in the masked text, behind the spans passed so far
        for (Span span : second) {
            while (next < first.size() && first.get(next).replacedEnd(shift) <= span.start) {
                all.add(first.get(next));
                shift = first.get(next).end - first.get(next).replacedEnd(shift);
                next++;
            }
            int start = span.start + shift;
            int end = span.end + shift;
            while (next < first.size() && first.get(next).start - shift < span.end) {
                Span inside = first.get(next++);
                shift = inside.end - inside.replacedEnd(shift);
                start = Math.min(start, inside.start);
                end = Math.max(span.end + shift, inside.end);
            }
            all.add(new Span(start, end, span.kind, span.reason));
        }
        all.addAll(first.subList(next, first.size()));
        return List.copyOf(all);
    }

    private int replacedEnd(int shift) {
        return start - shift + replacement().length();
    }

    /** Returns what stands in its place in a masked text. */
    public String replacement() {
        return Replacements.HEAD + kind + Replacements.FOOT;
    }
}
