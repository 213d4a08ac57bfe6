package dev.tripline.analyzer.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the template while a message is scanned, and notes what was masked and kept when that is asked for. */
final class Claims {

    static final String VARIABLE = "<*>";
    static final String SECRET = "<secret>";
    private static final int LONGEST_JOINT = 2;

    private final String text;
    private final StringBuilder template;
    private final @Nullable List<Mask> masks;
    private final @Nullable List<Mask> keeps;
    private int copied;
    private int lastMaskEnd = -1;
    private boolean severalMasks;

    Claims(String text, boolean explained) {
        this.text = text;
        this.template = new StringBuilder(128);
        this.masks = explained ? new ArrayList<>() : null;
        this.keeps = explained ? new ArrayList<>() : null;
    }

    /** Goes on at another line; what lies between is left out. */
    void startLine(int from) {
        if (template.length() > 0) {
            template.append(" | ");
        }
        copied = from;
        lastMaskEnd = -1;
    }

    /** Replaces a part that varies. */
    void mask(int start, int end, String kind, String reason) {
        note(masks, start, end, kind, reason);
        copyTo(start);
        // A list or a compound of variable parts says no more than one of them: "1, 2, 3" is as good as "1, 2".
        if (lastMaskEnd >= 0 && isJoint(lastMaskEnd)) {
            template.setLength(lastMaskEnd);
        } else {
            severalMasks |= lastMaskEnd >= 0;
            template.append(VARIABLE);
        }
        lastMaskEnd = template.length();
        copied = end;
    }

    /** Replaces a secret, which the template shows as such. */
    void secret(int start, int end, String kind, String reason) {
        note(masks, start, end, kind, reason);
        copyTo(start);
        template.append(SECRET);
        lastMaskEnd = -1;
        copied = end;
    }

    /** Notes a part that stays although it looks variable. */
    void keep(int start, int end, String kind, String reason) {
        note(keeps, start, end, kind, reason);
    }

    void finishLine(int to) {
        copyTo(to);
        int length = template.length();
        while (length > 0 && template.charAt(length - 1) == ' ') {
            length--;
        }
        template.setLength(length);
        if (severalMasks) {
            foldRepeats();
        }
    }

    /** Leaves one of words in a row that are the same but for their masks, as in {@code blk_<*> blk_<*> blk_<*>}. */
    private void foldRepeats() {
        int written = 0;
        int lastStart = -1;
        int lastEnd = -1;
        int at = 0;
        while (at < template.length()) {
            int end = at;
            boolean variable = false;
            while (end < template.length() && template.charAt(end) != ' ') {
                variable |= template.charAt(end) == '*';
                end++;
            }
            int length = end - at;
            boolean repeated = variable
                    && length > VARIABLE.length() + 1
                    && lastStart >= 0
                    && sameWord(lastStart, lastEnd, at, end);
            if (repeated) {
                // The last of a list lacks the comma of those before it; its form is kept, so that the rest reads on.
                written = lastStart;
            } else if (written > 0) {
                template.setCharAt(written++, ' ');
            }
            lastStart = written;
            for (int i = 0; i < length; i++) {
                template.setCharAt(written++, template.charAt(at + i));
            }
            lastEnd = written;
            at = end + 1;
        }
        template.setLength(written);
    }

    private boolean sameWord(int start, int end, int otherStart, int otherEnd) {
        int length = otherEnd - otherStart;
        int own = end - start;
        if (own == length + 1 && template.charAt(end - 1) == ',') {
            own--;
        }
        if (own != length && own + 1 != length) {
            return false;
        }
        for (int i = 0; i < own; i++) {
            if (template.charAt(start + i) != template.charAt(otherStart + i)) {
                return false;
            }
        }
        return own == length || (template.charAt(otherEnd - 1) == ',' && template.charAt(end - 1) == ',');
    }

    String template() {
        return template.toString();
    }

    List<Mask> masks() {
        return masks == null ? List.of() : masks;
    }

    List<Mask> keeps() {
        return keeps == null ? List.of() : keeps;
    }

    private static void note(@Nullable List<Mask> notes, int start, int end, String kind, String reason) {
        if (notes != null) {
            notes.add(new Mask(start, end, kind, reason));
        }
    }

    private boolean isJoint(int from) {
        int length = template.length() - from;
        if (length > LONGEST_JOINT) {
            return false;
        }
        for (int i = from; i < template.length(); i++) {
            if (" ,.:;/_-x+@".indexOf(template.charAt(i)) < 0) {
                return false;
            }
        }
        return length < LONGEST_JOINT || beginsList();
    }

    /** Tells whether the mask before begins right behind a bracket or a sign that gives a value. */
    private boolean beginsList() {
        int first = lastMaskEnd - VARIABLE.length();
        return first > 0 && "[({<=:".indexOf(template.charAt(first - 1)) >= 0;
    }

    private void copyTo(int end) {
        for (int i = copied; i < end; i++) {
            char c = text.charAt(i);
            if ((c > ' ' && c < 127) || !Chars.isSpace(c)) {
                template.append(c);
            } else if (template.length() > 0 && template.charAt(template.length() - 1) != ' ') {
                template.append(' ');
            }
        }
        copied = Math.max(copied, end);
    }
}
