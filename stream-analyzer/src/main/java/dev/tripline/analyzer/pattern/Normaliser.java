package dev.tripline.analyzer.pattern;

import dev.tripline.service.text.Cut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the error pattern of a failure: masks what varies in its message, keeps what carries meaning.
 *
 * <p>Stateless and order-free: the same failure has the same pattern on any instance, in any order, after any restart. The
 * time needed is linear in the length of the message. Immutable and safe for use by many threads.
 */
public final class Normaliser {

    /** Version of the rules below; raised with every change that gives some message another id. */
    public static final int VERSION = 2;

    /** Characters of a message that are looked at; the rest is left out. */
    static final int LONGEST_MESSAGE = 16 * 1024;

    private static final int OTHER_WORD = 128;
    private static final int OTHER_SIGN = 129;

    private static final Normaliser STANDARD = new Normaliser(Recognisers.standard());

    /** Words that say only that something failed, not what. */
    private static final WordSet EMPTY_WORDS = WordSet.of("""
            assert assertion assertionerror error errors exception fail failed failure timeout timeouterror timed
            out test true false none null not is was were be to but expected actual received got equal equals and or
            an a the of in at on after within unknown undefined unexpected occurred has have len runtime
            runtimeexception value secret test_case something went wrong
            """);

    /** Recognisers to ask, by the traits of a word and by its first character; signs have all traits. */
    private final Recogniser[][][] byTraits;

    private Normaliser(List<Recogniser> recognisers) {
        this.byTraits = new Recogniser[Scan.SIGN_TRAITS + 1][][];
        for (int traits = 0; traits <= Scan.SIGN_TRAITS; traits++) {
            boolean digit = (traits & Scan.DIGIT_TRAIT) != 0;
            boolean joint = (traits & Scan.JOINT_TRAIT) != 0;
            boolean led = (traits & Scan.LED_TRAIT) != 0;
            boolean host = (traits & Scan.HOST_TRAIT) != 0;
            byTraits[traits] = dispatch(recognisers.stream()
                    .filter(r -> switch (r.need()) {
                        case NOTHING -> true;
                        case DIGIT -> digit;
                        case JOINT -> joint;
                        case LED -> led;
                        case HOST -> host;
                    })
                    .toList());
        }
    }

    private static Recogniser[][] dispatch(List<Recogniser> recognisers) {
        Recogniser[][] table = new Recogniser[OTHER_SIGN + 1][];
        for (char c = 0; c < table.length; c++) {
            // Beyond ASCII all word characters share one list, and all signs, each with one that stands for them.
            char first = c < OTHER_WORD ? c : c == OTHER_WORD ? '\u00e9' : '\u2022';
            table[c] = recognisers.stream().filter(r -> r.startsWith(first)).toArray(Recogniser[]::new);
        }
        return table;
    }

    /** Returns the normaliser with the rules that Tripline brings along. */
    public static Normaliser standard() {
        return STANDARD;
    }

    /**
     * Names the pattern of a failure.
     *
     * @param type type as the report gives it; null if it gives none, in which case the message may begin with it
     * @param message message as the report gives it, of one or many lines; may be empty; looked at up to 16 Ki characters
     */
    public ErrorPattern patternOf(@Nullable String type, String message) {
        return normalise(type, message, false).pattern();
    }

    /**
     * Names the pattern of a failure and tells what was masked and why.
     *
     * @param type type as the report gives it; null if it gives none
     * @param message message as the report gives it; the offsets of the masks refer to it
     */
    public Explanation explain(@Nullable String type, String message) {
        Result result = normalise(type, message, true);
        return new Explanation(
                result.pattern(),
                result.inOriginal(result.claims().masks()),
                result.inOriginal(result.claims().keeps()));
    }

    /** Counts the characters that are read to normalise a message, for tests of linear cost. */
    long stepsFor(String message) {
        return normalise(null, message, false).steps();
    }

    private record Result(ErrorPattern pattern, Uncoloured plain, MaskedMessage text, Claims claims, long steps) {

        List<Mask> inOriginal(List<Mask> parts) {
            return plain.inOriginal(text.inOriginal(parts));
        }
    }

    private Result normalise(@Nullable String type, String message, boolean explained) {
        Uncoloured plain = Uncoloured.of(Cut.plain(message, LONGEST_MESSAGE));
        // Secrets go first, so that nothing can keep one, and a message reads the same whether or not its sender masked
        // them.
        MaskedMessage masked = MaskedMessage.of(plain.text());
        String text = masked.text();
        Headline headline = Headline.of(type, text, text.length());
        Claims claims = new Claims(text, explained);
        long steps = 0;
        for (Headline.Line line : headline.lines()) {
            claims.startLine(line.start());
            Scan scan = new Scan(text, line.start(), line.end());
            run(scan, claims);
            claims.finishLine(line.end());
            steps += scan.steps();
        }
        String template = claims.template();
        ErrorPattern pattern = ErrorPattern.of(VERSION, headline.type(), template, isGeneric(template));
        return new Result(pattern, plain, masked, claims, steps);
    }

    private void run(Scan scan, Claims claims) {
        String text = scan.text();
        int at = scan.from();
        while (at < scan.to()) {
            char c = text.charAt(at);
            if (c == ' ') {
                at++;
                continue;
            }
            boolean word = Chars.isWord(c);
            if (word) {
                scan.measureWord(at);
            }
            int next = Recogniser.UNKNOWN;
            Recogniser[][] table = byTraits[word ? scan.wordTraits() : Scan.SIGN_TRAITS];
            for (Recogniser recogniser : table[c < OTHER_WORD ? c : word ? OTHER_WORD : OTHER_SIGN]) {
                next = recogniser.claim(scan, at, claims);
                if (next > at) {
                    break;
                }
            }
            if (next <= at) {
                next = word ? scan.wordEnd() : at + 1;
            }
            if (word) {
                scan.remember();
            }
            at = next;
        }
    }

    /** Tells whether no word and no number that is left names a cause. */
    private static boolean isGeneric(String template) {
        int at = 0;
        while (at < template.length()) {
            if (!Chars.isWord(template.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            while (end < template.length() && Chars.isWord(template.charAt(end))) {
                end++;
            }
            if (!EMPTY_WORDS.contains(template, at, end)) {
                return false;
            }
            at = end;
        }
        return true;
    }
}
