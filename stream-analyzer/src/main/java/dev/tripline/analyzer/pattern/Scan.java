package dev.tripline.analyzer.pattern;

import dev.tripline.service.secrets.SecretMask;

/**
 * One pass over one line of a message: the text, the word the pass stands at, and the two words before it.
 *
 * <p>Every character read is counted, so that a test can hold the cost against the length.
 */
final class Scan {

    /** What lies outside the line. */
    static final char END = '\0';

    static final int DIGIT_TRAIT = 1;
    static final int JOINT_TRAIT = 2;
    static final int LED_TRAIT = 4;
    static final int HOST_TRAIT = 8;
    static final int SIGN_TRAITS = DIGIT_TRAIT | JOINT_TRAIT | LED_TRAIT | HOST_TRAIT;

    private static final int LONGEST_PART = 24;
    private static final int LONG_RUN = 32;
    private static final int FARTHEST_WORD = 8;

    private final String text;
    private final int from;
    private final int to;
    private long steps;

    private int wordStart = -1;
    private int wordEnd = -1;
    private int letters;
    private int digits;
    private int changes;
    private boolean hexOnly;
    private boolean underscored;
    private boolean joined;

    private int wordHash;

    private int lastHash;
    private int secondHash;
    private int lastStart = -1;
    private int lastEnd = -1;
    private int secondStart = -1;
    private int secondEnd = -1;
    private boolean assertion;
    private boolean hostNear;
    private int runStart = -1;
    private int runEnd = -1;
    private boolean irregularRun;
    private boolean mixedRun;

    Scan(String text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    String text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    long steps() {
        return steps;
    }

    /** Returns the character at an offset, {@link #END} outside the line. */
    char at(int offset) {
        steps++;
        return offset >= from && offset < to ? text.charAt(offset) : END;
    }

    boolean startsWith(int offset, String prefix) {
        steps += prefix.length();
        return offset + prefix.length() <= to && text.startsWith(prefix, offset);
    }

    /** Returns the end of what stands for a secret at an offset, or -1 if nothing does. */
    int secretEnd(int offset) {
        if (at(offset) != '<') {
            return -1;
        }
        int end = SecretMask.replacementEnd(text, offset);
        steps += end > 0 ? end - offset : 0;
        return end > to ? -1 : end;
    }

    /** Measures the word that begins at the offset. */
    void measureWord(int start) {
        int at = start;
        int letterCount = 0;
        int digitCount = 0;
        int changeCount = 0;
        boolean hex = true;
        boolean underscore = false;
        int before = 0;
        int sum = 0;
        for (; at < to; at++) {
            char c = text.charAt(at);
            if (Chars.isDigit(c)) {
                digitCount++;
                changeCount += before == 1 ? 1 : 0;
                before = 2;
            } else if (c == '_') {
                underscore = true;
            } else if (Chars.isWord(c)) {
                letterCount++;
                changeCount += before == 2 ? 1 : 0;
                before = 1;
            } else {
                break;
            }
            hex &= Chars.isHex(c);
            sum = sum * 31 + (c | 0x20);
        }
        steps += at - start;
        wordStart = start;
        wordEnd = at;
        letters = letterCount;
        digits = digitCount;
        changes = changeCount;
        hexOnly = hex;
        underscored = underscore;
        joined = at < to && ".-@/:+".indexOf(text.charAt(at)) >= 0;
        wordHash = WordSet.finish(sum);
    }

    int wordEnd() {
        return wordEnd;
    }

    int wordLength() {
        return wordEnd - wordStart;
    }

    int letters() {
        return letters;
    }

    int digits() {
        return digits;
    }

    /** Returns how often the word changes between letters and digits. */
    int changes() {
        return changes;
    }

    boolean isHexOnly() {
        return hexOnly;
    }

    /** Returns what the word has of what recognisers need. */
    int wordTraits() {
        char before = wordStart > from ? text.charAt(wordStart - 1) : END;
        return (digits > 0 ? DIGIT_TRAIT : 0)
                | (joined ? JOINT_TRAIT : 0)
                | (before == '-' || before == '@' ? LED_TRAIT : 0)
                | (hostNear ? HOST_TRAIT : 0);
    }

    boolean isUnderscored() {
        return underscored;
    }

    boolean isWordIn(WordSet words) {
        steps++;
        return words.contains(text, wordStart, wordEnd, wordHash);
    }

    /** Remembers the measured word as context for what follows it. */
    void remember() {
        if (letters > 0) {
            secondStart = lastStart;
            secondEnd = lastEnd;
            secondHash = lastHash;
            lastHash = wordHash;
            lastStart = wordStart;
            lastEnd = wordEnd;
            hostNear = PlaceMasks.BEFORE_HOSTS.contains(text, wordStart, wordEnd, wordHash);
            assertion = assertion || ASSERTING.contains(text, wordStart, wordEnd, wordHash);
        }
    }

    int lastStart() {
        return lastStart;
    }

    int lastEnd() {
        return lastEnd;
    }

    /** Tells whether the line has spoken of an assertion or an expectation so far. */
    boolean isAssertion() {
        return assertion;
    }

    /** Tells whether only the given signs, few of them, lie between the last word and the offset. */
    boolean followsLastWord(int at, String signs) {
        return lastEnd >= 0 && onlySigns(lastEnd, at, signs);
    }

    /** Tells whether the last word is one of the given and only the given signs lie between. */
    boolean isAfter(int at, WordSet words, String signs) {
        return followsLastWord(at, signs) && lastWordIn(words);
    }

    boolean lastWordIn(WordSet words) {
        return lastEnd >= 0 && words.contains(text, lastStart, lastEnd, lastHash);
    }

    /** Tells whether the last word or its last part is one of the given, as in {@code db_password} or {@code userPassword}. */
    boolean lastWordEndsIn(WordSet words) {
        if (lastWordIn(words)) {
            return true;
        }
        int part = lastEnd - 1;
        while (part > lastStart
                && lastEnd - part < LONGEST_PART
                && text.charAt(part) != '_'
                && !(Chars.isUpper(text.charAt(part)) && Chars.isLower(text.charAt(part - 1)))) {
            part--;
        }
        steps += lastEnd - part;
        return words.contains(text, text.charAt(part) == '_' ? part + 1 : part, lastEnd);
    }

    /** Tells whether the word before the last is one of the given and only the given signs lie between the two. */
    boolean secondWordIn(WordSet words, String signs) {
        return secondEnd >= 0
                && onlySigns(secondEnd, lastStart, signs)
                && words.contains(text, secondStart, secondEnd, secondHash);
    }

    boolean onlySigns(int start, int end, String signs) {
        if (end - start > FARTHEST_WORD) {
            return false;
        }
        for (int i = start; i < end; i++) {
            steps++;
            if (signs.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    boolean onlyHex(int start, int end) {
        for (int i = start; i < end; i++) {
            steps++;
            if (!Chars.isHex(text.charAt(i))) {
                return false;
            }
        }
        return end > start;
    }

    /** Tells whether one of the signs lies between two offsets that are close together. */
    boolean hasSignBetween(int start, int end, String signs) {
        for (int i = start; i < Math.min(end, start + FARTHEST_WORD); i++) {
            steps++;
            if (signs.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the end of the word that begins at an offset, which need not be the one the pass stands at. */
    int endOfWord(int start) {
        int at = start;
        while (at < to && Chars.isWord(text.charAt(at))) {
            at++;
        }
        steps += at - start + 1;
        return at;
    }

    /** Returns the end of the word at an offset, or the offset itself where it is longer than any word that matters. */
    int endOfShortWord(int start) {
        int at = start;
        while (at < to && at - start < 32 && Chars.isWord(text.charAt(at))) {
            at++;
        }
        steps += at - start + 1;
        return at - start < 32 ? at : start;
    }

    /** Returns the end of the digits that begin at an offset. */
    int endOfDigits(int start) {
        int at = start;
        while (at < to && Chars.isDigit(text.charAt(at))) {
            at++;
        }
        steps += at - start + 1;
        return at;
    }

    /** Returns the end of the run of name signs (word characters, dots, hyphens) around an offset, read once for each run. */
    int nameRunEnd(int start) {
        if (start < runStart || start >= runEnd) {
            int at = start;
            while (at < to && isNameSign(text.charAt(at))) {
                at++;
            }
            steps += at - start + 1;
            runStart = start;
            runEnd = at;
        }
        return runEnd;
    }

    /**
     * Returns the end of the run of letters, digits and {@code + / _ -} at an offset where such a run begins, and looks at how
     * its letters and digits follow each other.
     */
    int encodedRunEnd(int start) {
        int at = start;
        boolean upper = false;
        boolean lower = false;
        int digitCount = 0;
        int irregular = 0;
        char before = END;
        for (; at < to; at++) {
            char c = text.charAt(at);
            boolean isUpper = Chars.isUpper(c);
            boolean isLower = Chars.isLower(c);
            boolean isDigit = Chars.isDigit(c);
            if (!isUpper && !isLower && !isDigit && !RandomMasks.isJoint(c)) {
                break;
            }
            upper |= isUpper;
            lower |= isLower;
            digitCount += isDigit ? 1 : 0;
            boolean hump = isUpper && at + 1 < to && Chars.isLower(text.charAt(at + 1));
            if (isDigit) {
                irregular += Chars.isLetter(before) ? 1 : 0;
            } else if (isUpper) {
                irregular += !hump && (Chars.isDigit(before) || Chars.isLower(before)) ? 1 : 0;
            } else if (isLower) {
                irregular += Chars.isDigit(before) ? 1 : 0;
            }
            before = c;
        }
        steps += 3L * (at - start) + 1;
        // Drawn evenly from both cases and digits, a third of the characters is irregular; in names with humps, few
        // are.
        int length = at - start;
        boolean drawn = (digitCount > 1 && irregular >= Math.max(4, length / 8))
                || (digitCount > 0 && length >= LONG_RUN && irregular >= length / 6);
        mixedRun = upper && lower && irregular > 0;
        irregularRun = upper && lower && drawn;
        return at;
    }

    /** Tells whether the run that was read last has both cases and digits in an order that names do not have. */
    boolean isRunIrregular() {
        return irregularRun;
    }

    /** Tells whether the run that was read last has both cases, not only as names have them. */
    boolean isRunMixed() {
        return mixedRun;
    }

    /** Returns where the label of a dotted name begins that ends at an offset. */
    int labelStart(int end, int from) {
        int at = end;
        while (at > from && end - at < 8 && text.charAt(at - 1) != '.') {
            at--;
        }
        steps += end - at + 1;
        return at;
    }

    boolean isNameRunStart(int at) {
        return at == from || !isNameSign(at(at - 1));
    }

    private static boolean isNameSign(char c) {
        return c == '.' || c == '-' || Chars.isWord(c);
    }

    /**
     * Tells whether the text at an offset has a shape: {@code d} is a digit, {@code h} a hexadecimal digit, {@code a} a
     * letter, and everything else is itself.
     */
    boolean hasShape(int offset, String shape) {
        if (offset + shape.length() > to) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char c = text.charAt(offset + i);
            steps++;
            boolean same = switch (shape.charAt(i)) {
                case 'd' -> Chars.isDigit(c);
                case 'h' -> Chars.isHex(c);
                case 'a' -> Chars.isLetter(c);
                default -> c == shape.charAt(i);
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static final WordSet ASSERTING = WordSet.of("""
            assert asserterror assertionerror assertion expect expected expecting want wanted
            """);
}
