package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises what was drawn at random, by its letters and not by the words around it. */
final class RandomMasks {

    /** Shorter ones cannot be told from names by their letters alone. */
    private static final int SHORTEST = 16;

    /** What Kubernetes draws names from: no vowels and nothing that looks like one, so that no word comes out. */
    private static final String KUBERNETES = "bcdfghjklmnpqrstvwxz2456789";

    private static final int KUBERNETES_SUFFIX = 5;
    private static final WordSet NO_SUFFIXES = WordSet.of("https xhtml pgsql html5 grpcs");

    private static final WordSet METHODS = WordSet.of("get post put patch delete head options");

    private RandomMasks() {}

    /** What is asked for before paths, since base64 may look like one. */
    static Recogniser encoded() {
        return Recogniser.mask(
                "base64",
                "letters as only chance or an encoding puts them",
                c -> Chars.isWord(c) || c == '/' || c == '+',
                RandomMasks::run);
    }

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.mask(
                        "name",
                        "end of a name that Kubernetes drew",
                        Chars::isWord,
                        Recogniser.Need.LED,
                        RandomMasks::kubernetes),
                Recogniser.mask(
                        "hash", "hash of an object", Chars::isHex, Recogniser.Need.LED, RandomMasks::objectHash));
    }

    /** Base64 in both alphabets, and ids of upper- and lower-case letters and digits. */
    private static int run(Scan scan, int at) {
        boolean word = Chars.isWord(scan.at(at));
        if (word && scan.wordLength() < SHORTEST && !isJoint(scan.at(scan.wordEnd()))) {
            return Recogniser.UNKNOWN;
        }
        char before = scan.at(at - 1);
        if (isJoint(before) || before == '.' || Chars.isWord(before) || scan.isAfter(at, METHODS, " \"")) {
            return Recogniser.UNKNOWN;
        }
        int end = scan.encodedRunEnd(at);
        if (end - at < SHORTEST) {
            return Recogniser.UNKNOWN;
        }
        int padded = end;
        while (padded - end < 2 && scan.at(padded) == '=') {
            padded++;
        }
        boolean ends = !Chars.isWord(scan.at(padded)) && scan.at(padded) != '=';
        boolean whole = padded > end && (padded - at) % 4 == 0 && ends && scan.isRunMixed();
        return scan.isRunIrregular() || whole ? padded : Recogniser.UNKNOWN;
    }

    static boolean isJoint(char c) {
        return c == '-' || c == '_' || c == '+' || c == '/';
    }

    private static int kubernetes(Scan scan, int at) {
        if (scan.at(at - 1) != '-' || !Chars.isWord(scan.at(at - 2))) {
            return Recogniser.UNKNOWN;
        }
        int end = scan.wordEnd();
        int length = scan.wordLength();
        if (length == KUBERNETES_SUFFIX) {
            return isSuffix(scan, at) && !scan.isWordIn(NO_SUFFIXES) ? end : Recogniser.UNKNOWN;
        }
        boolean replicaSet =
                length >= 8 && length <= 10 && scan.at(end) == '-' && isSuffix(scan, end + 1) && isDrawn(scan, at, end);
        return replicaSet ? end : Recogniser.UNKNOWN;
    }

    private static boolean isSuffix(Scan scan, int at) {
        int end = at + KUBERNETES_SUFFIX;
        char behind = scan.at(end);
        return isDrawn(scan, at, end) && !Chars.isWord(behind) && behind != '-';
    }

    private static boolean isDrawn(Scan scan, int from, int to) {
        for (int i = from; i < to; i++) {
            if (KUBERNETES.indexOf(scan.at(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** What {@code Object.toString} of Java writes behind the name of the class. */
    private static int objectHash(Scan scan, int at) {
        boolean hash = scan.isHexOnly()
                && scan.wordLength() <= 16
                && scan.at(at - 1) == '@'
                && (Chars.isWord(scan.at(at - 2)) || "];)>".indexOf(scan.at(at - 2)) >= 0);
        return hash ? scan.wordEnd() : Recogniser.UNKNOWN;
    }
}
