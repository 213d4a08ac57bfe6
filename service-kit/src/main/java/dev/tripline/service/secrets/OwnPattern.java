package dev.tripline.service.secrets;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** An operator's expression for secrets; its first group, if it has one, else all of it is what is masked. */
record OwnPattern(String expression, Pattern pattern) {
    /**
     * Most characters that a search may look behind a secret. An expression that goes on looking, such as {@code a(.*b)?}, would
     * read the rest of a text once for each secret in it; what it has read is taken for part of the secret instead.
     */
    static final int LOOK = 256;

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException if it has a problem, with rule and value
     */
    static OwnPattern of(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            String fault = e.getDescription().replace("error parsing regexp: ", "");
            throw new IllegalArgumentException("must be an RE2 expression: " + fault + ", got '" + expression + "'", e);
        }
        if (pattern.matcher("").find()) {
            throw new IllegalArgumentException("must not match the empty text, got '" + expression + "'");
        }
        return new OwnPattern(expression, pattern);
    }

    /** Returns the first secret in a part of a text, which it sees as a text of its own; null if there is none. */
    @Nullable
    Part next(String text, Part part) {
        var view = new View(text, part.start(), part.end());
        Matcher matcher = pattern.matcher(view);
        int from = 0;
        while (from <= view.length() && find(matcher, view, from)) {
            int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
            int start = matcher.start(group);
            int end = matcher.end(group);
            if (view.read - end > LOOK) {
                return new Part(part.start() + start, part.start() + view.read);
            }
            if (end > start) {
                return new Part(part.start() + start, part.start() + end);
            }
            from = Math.max(matcher.end(), matcher.start() + 1);
        }
        return null;
    }

    private static boolean find(Matcher matcher, View view, int from) {
        view.read = from;
        return matcher.find(from);
    }

    /** A part of a text, by offsets; never empty. */
    record Part(int start, int end) {}

    /** Shows a part of a text without a copy, and knows how far it was read. */
    private static final class View implements CharSequence {
        private final String text;
        private final int start;
        private final int end;
        private int read;

        View(String text, int start, int end) {
            this.text = text;
            this.start = start;
            this.end = end;
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            read = Math.max(read, index + 1);
            return text.charAt(start + index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(start + from, start + to);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
