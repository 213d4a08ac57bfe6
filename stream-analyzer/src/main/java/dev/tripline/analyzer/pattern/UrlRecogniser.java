package dev.tripline.analyzer.pattern;

/**
 * Recognises URLs. Scheme and the words of the path stay, since they say what was asked; user information is a secret;
 * host, port, numbers and ids in the path, and the values of the query vary.
 */
final class UrlRecogniser implements Recogniser {

    private static final int LONGEST_SCHEME = 12;
    private static final String STOPS = "\"'<>`{}|\\^";

    @Override
    public boolean startsWith(char first) {
        return Chars.isLetter(first);
    }

    @Override
    public Need need() {
        return Need.JOINT;
    }

    @Override
    public int claim(Scan scan, int at, Claims claims) {
        int scheme = at;
        while (scheme - at <= LONGEST_SCHEME
                && (Chars.isWord(scan.at(scheme)) || scan.at(scheme) == '+' || scan.at(scheme) == '.')) {
            scheme++;
        }
        if (!scan.startsWith(scheme, "://")) {
            return UNKNOWN;
        }
        int authority = scheme + 3;
        int end = authority;
        int user = -1;
        while (end < scan.to() && isUrlPart(scan, end) && "/?#,".indexOf(scan.at(end)) < 0) {
            user = scan.at(end) == '@' ? end : user;
            end = behind(scan, end);
        }
        if (user > authority) {
            claims.secret(authority, user, "credentials", "user information of a URL");
            authority = user + 1;
        }
        int host = trimmed(scan, authority, end);
        if (host > authority) {
            claims.mask(authority, host, "host", "host of a URL");
        }
        if (host < end || !startsPath(scan.at(end))) {
            return Math.max(host, at + 1);
        }
        boolean web = scan.startsWith(at, "http") || scan.startsWith(at, "ws");
        int pathEnd = end;
        while (pathEnd < scan.to() && isUrlPart(scan, pathEnd)) {
            pathEnd = behind(scan, pathEnd);
        }
        pathEnd = trimmed(scan, end, pathEnd);
        if (!web) {
            claims.mask(end, pathEnd, "path", "path of a URL that is no web page");
            return pathEnd;
        }
        maskPath(scan, end, pathEnd, claims);
        return pathEnd;
    }

    private static boolean startsPath(char c) {
        return c == '/' || c == '?' || c == '#';
    }

    /** A part of a URL may have been a secret; what stands for it is a part of the URL, too. */
    private static boolean isUrlPart(Scan scan, int at) {
        return isUrlSign(scan.at(at)) || scan.secretEnd(at) > 0;
    }

    private static int behind(Scan scan, int at) {
        int secret = scan.secretEnd(at);
        return secret > 0 ? secret : at + 1;
    }

    private static boolean isUrlSign(char c) {
        return c != Scan.END && !Chars.isSpace(c) && STOPS.indexOf(c) < 0;
    }

    private static int trimmed(Scan scan, int start, int end) {
        int trimmed = end;
        while (trimmed > start && ".,;:!?)]".indexOf(scan.at(trimmed - 1)) >= 0) {
            trimmed--;
        }
        return trimmed;
    }

    /** Masks the segments with digits, except versions, and everything behind the question mark or the hash. */
    private static void maskPath(Scan scan, int start, int end, Claims claims) {
        int at = start;
        while (at < end) {
            char c = scan.at(at);
            if (c == '?' || c == '#') {
                if (at + 1 < end) {
                    claims.mask(at + 1, end, "query", "query or fragment of a URL");
                }
                return;
            }
            int segment = at + 1;
            int segmentEnd = segment;
            boolean digit = false;
            while (segmentEnd < end && "/?#".indexOf(scan.at(segmentEnd)) < 0) {
                // A secret varies as a number does.
                digit |= Chars.isDigit(scan.at(segmentEnd)) || scan.at(segmentEnd) == '<';
                segmentEnd++;
            }
            boolean version = segmentEnd - segment <= 3 && scan.at(segment) == 'v';
            if (digit && !version) {
                claims.mask(segment, segmentEnd, "id", "segment of a URL with digits");
            }
            at = segmentEnd;
        }
    }
}
