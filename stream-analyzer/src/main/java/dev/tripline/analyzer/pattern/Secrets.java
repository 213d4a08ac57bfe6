package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises what must never be shown: keys, tokens, passwords. */
final class Secrets {

    private static final String PEM_HEAD = "-----BEGIN ";
    private static final String PEM_FOOT = "-----END ";
    private static final int LONGEST_LOOK = 256;
    private static final int SHORTEST_TOKEN_TAIL = 10;

    /** Beginnings that issuers of tokens document, so that leaked ones are found. */
    private static final List<String> PREFIXES = List.of(
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "xoxb-",
            "xoxp-",
            "xoxa-",
            "xoxr-",
            "xoxs-",
            "sk-",
            "sk_live_",
            "sk_test_",
            "pk_live_",
            "rk_live_",
            "AKIA",
            "ASIA",
            "AIza",
            "npm_",
            "pypi-",
            "hf_",
            "ya29.",
            "dop_v1_",
            "shpat_",
            "whsec_");

    private static final WordSet PASSWORD_KEYS = WordSet.of("""
            password passwd passphrase pwd secret clientsecret client_secret secretkey secret_key apikey api_key
            accesskey access_key privatekey private_key aws_secret_access_key secretaccesskey db_password dbpassword
            pgpassword userpassword credential credentials
            """);

    private static final WordSet TOKEN_KEYS = WordSet.of("""
            token accesstoken access_token refreshtoken refresh_token idtoken id_token authtoken auth_token
            sessiontoken session_token authorization cookie jwt auth signature sig csrf csrftoken csrf_token
            sessionkey bearer apitoken api_token
            """);

    private static final WordSet SCHEMES = WordSet.of("bearer basic digest negotiate");

    private Secrets() {}

    static List<Recogniser> recognisers() {
        return List.of(
                new Secret("pem", "key or certificate in PEM form", c -> c == '-', Secrets::pem),
                new Secret("jwt", "JSON Web Token", c -> c == 'e', Secrets::jwt),
                new Secret(
                        "token", "begins like the tokens of a known issuer", Secrets::beginsPrefix, Secrets::prefixed),
                new Secret("credentials", "follows an authentication scheme", Chars::isWord, Secrets::afterScheme),
                new Secret("password", "value of a key that names a secret", Secrets::beginsValue, Secrets::keyValue));
    }

    private record Secret(String kind, String reason, Recogniser.First first, Recogniser.Span span)
            implements Recogniser {
        @Override
        public boolean startsWith(char c) {
            return first.test(c);
        }

        @Override
        public int claim(Scan scan, int at, Claims claims) {
            int end = span.end(scan, at);
            if (end > at) {
                claims.secret(at, end, kind, reason);
            }
            return end;
        }
    }

    /** Returns where a PEM block begins between two offsets, or -1. */
    static int pemStart(String text, int from, int to) {
        int at = text.indexOf(PEM_HEAD, from);
        return at >= 0 && at < to ? at : -1;
    }

    /** Returns the end of the PEM block that begins at an offset; the limit if its foot is missing. */
    static int pemEnd(String text, int start, int limit) {
        int foot = text.indexOf(PEM_FOOT, start);
        if (foot < 0 || foot >= limit) {
            return limit;
        }
        int close = text.indexOf("-----", foot + PEM_FOOT.length());
        return close < 0 || close + 5 > limit ? limit : close + 5;
    }

    private static int pem(Scan scan, int at) {
        return scan.startsWith(at, PEM_HEAD) ? pemEnd(scan.text(), at, scan.to()) : Recogniser.UNKNOWN;
    }

    private static int jwt(Scan scan, int at) {
        if (!scan.startsWith(at, "eyJ") || scan.wordLength() < 8 || !scan.isNameRunStart(at)) {
            return Recogniser.UNKNOWN;
        }
        return scan.nameRunEnd(at);
    }

    private static boolean beginsPrefix(char c) {
        return PREFIXES.stream().anyMatch(prefix -> prefix.charAt(0) == c);
    }

    private static int prefixed(Scan scan, int at) {
        for (String prefix : PREFIXES) {
            if (scan.at(at) == prefix.charAt(0) && scan.startsWith(at, prefix)) {
                if (!scan.isNameRunStart(at)) {
                    return Recogniser.UNKNOWN;
                }
                int end = scan.nameRunEnd(at);
                boolean upperOnly = Chars.isUpper(prefix.charAt(1));
                boolean plausible = end - at >= prefix.length() + SHORTEST_TOKEN_TAIL
                        && (!upperOnly || hasDigit(scan, at, end))
                        && (!prefix.equals("sk-") || hasDigit(scan, at, end));
                return plausible ? end : Recogniser.UNKNOWN;
            }
        }
        return Recogniser.UNKNOWN;
    }

    private static int afterScheme(Scan scan, int at) {
        if (!scan.isAfter(at, SCHEMES, " ")) {
            return Recogniser.UNKNOWN;
        }
        int end = valueEnd(scan, at);
        return looksRandom(scan, at, end) ? end : Recogniser.UNKNOWN;
    }

    private static boolean beginsValue(char c) {
        return !Chars.isSpace(c) && "=:\"'<>{}[](),;".indexOf(c) < 0;
    }

    private static int keyValue(Scan scan, int at) {
        char before = scan.at(at - 1);
        if (at - scan.lastEnd() < (before == ' ' ? 2 : 1) || !scan.followsLastWord(at, " =:\"'")) {
            return Recogniser.UNKNOWN;
        }
        if (!scan.hasSignBetween(scan.lastEnd(), at, "=:")) {
            return Recogniser.UNKNOWN;
        }
        boolean password = scan.lastWordEndsIn(PASSWORD_KEYS);
        if (!password && !scan.lastWordEndsIn(TOKEN_KEYS)) {
            return Recogniser.UNKNOWN;
        }
        char quote = scan.at(at - 1);
        if (password && (quote == '"' || quote == '\'')) {
            // A quote that never closes hides the rest: what cannot be told apart from a secret is treated as one.
            int close = scan.text().indexOf(quote, at);
            return close < 0 || close > scan.to() ? scan.to() : close;
        }
        int end = valueEnd(scan, at);
        return password || looksRandom(scan, at, end) ? end : Recogniser.UNKNOWN;
    }

    /** A value of a secret ends at white space, a quote or a sign that separates values. */
    private static int valueEnd(Scan scan, int start) {
        int at = start;
        while (at < scan.to() && !Chars.isSpace(scan.at(at)) && "\"'&,;(){}[]<>".indexOf(scan.at(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean looksRandom(Scan scan, int start, int end) {
        return end - start >= 6 && (hasDigit(scan, start, end) || end - start >= 24);
    }

    private static boolean hasDigit(Scan scan, int start, int end) {
        for (int i = start; i < Math.min(end, start + LONGEST_LOOK); i++) {
            if (Chars.isDigit(scan.at(i))) {
                return true;
            }
        }
        return false;
    }
}
