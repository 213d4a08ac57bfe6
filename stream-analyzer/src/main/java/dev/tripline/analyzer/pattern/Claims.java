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
        return true;
    }

    private void copyTo(int end) {
        for (int i = copied; i < end; i++) {
            char c = text.charAt(i);
            if (!Chars.isSpace(c)) {
                template.append(c);
            } else if (template.length() > 0 && template.charAt(template.length() - 1) != ' ') {
                template.append(' ');
            }
        }
        copied = Math.max(copied, end);
    }
}
