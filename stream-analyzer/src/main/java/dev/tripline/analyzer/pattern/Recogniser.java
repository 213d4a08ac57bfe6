package dev.tripline.analyzer.pattern;

/**
 * Recognises one kind of thing in a message and says whether it varies or carries meaning.
 *
 * <p>Recognisers are asked in a fixed order at each place where a word or a sign begins; the first that knows what stands
 * there decides. To keep the whole linear, a recogniser may read without bound only what it then claims, or a run whose
 * beginning it stands at, and a bounded number of characters otherwise.
 */
interface Recogniser {

    /** Says that the recogniser does not know what begins at the offset. */
    int UNKNOWN = -1;

    /** Tells whether something of its kind can begin with the character; asked once for each ASCII character. */
    boolean startsWith(char first);

    /** What a word must have for a recogniser to know it; the others need not be asked, which most of the time goes into. */
    enum Need {
        /** Nothing: any word may be known. */
        NOTHING,
        /** At least one digit. */
        DIGIT,
        /** A hyphen or an {@code @} right before it, as in the end of a compound. */
        LED,
        /** A word before it that speaks of hosts. */
        HOST,
        /** One of {@code . - @ / : +} right behind it, as in hosts, URLs and paths. */
        JOINT
    }

    /** Tells what a word must have to be known; signs are asked about in any case. */
    default Need need() {
        return Need.NOTHING;
    }

    /**
     * Claims what begins at the offset, if it knows it.
     *
     * @param scan the message and where the scan stands
     * @param at offset of the first character; begins a word or is a sign
     * @param claims takes the parts to be masked or kept
     * @return offset behind what was recognised, or {@link #UNKNOWN}
     */
    int claim(Scan scan, int at, Claims claims);

    /** Finds the end of what begins at an offset. */
    @FunctionalInterface
    interface Span {
        /** Returns the offset behind it, or {@link #UNKNOWN}. */
        int end(Scan scan, int at);
    }

    /** Tells what characters something can begin with. */
    @FunctionalInterface
    interface First {
        /** Tells whether it can begin with the character. */
        boolean test(char c);
    }

    /** Masks what the span covers. */
    static Recogniser mask(String kind, String reason, First first, Span span) {
        return new Masking(kind, reason, first, Need.NOTHING, span);
    }

    /** Masks what the span covers, which begins with a word that has what is needed. */
    static Recogniser mask(String kind, String reason, First first, Need need, Span span) {
        return new Masking(kind, reason, first, need, span);
    }

    /** Keeps what the span covers. */
    static Recogniser keep(String kind, String reason, First first, Span span) {
        return new Keeping(kind, reason, first, Need.NOTHING, span);
    }

    /** Keeps what the span covers, which begins with a word that has what is needed. */
    static Recogniser keep(String kind, String reason, First first, Need need, Span span) {
        return new Keeping(kind, reason, first, need, span);
    }

    /** A recogniser whose whole find varies. */
    record Masking(String kind, String reason, First first, Need need, Span span) implements Recogniser {
        @Override
        public boolean startsWith(char c) {
            return first.test(c);
        }

        @Override
        public int claim(Scan scan, int at, Claims claims) {
            int end = span.end(scan, at);
            if (end > at) {
                claims.mask(at, end, kind, reason);
            }
            return end;
        }
    }

    /** A recogniser whose whole find carries meaning. */
    record Keeping(String kind, String reason, First first, Need need, Span span) implements Recogniser {
        @Override
        public boolean startsWith(char c) {
            return first.test(c);
        }

        @Override
        public int claim(Scan scan, int at, Claims claims) {
            int end = span.end(scan, at);
            if (end > at) {
                claims.keep(at, end, kind, reason);
            }
            return end;
        }
    }
}
