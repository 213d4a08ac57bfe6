package dev.tripline.service.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one text. To keep it linear, what is read without bound is claimed, or read once for each run; everything
 * else looks at a bounded number of characters around one that begins something.
 */
final class SecretScan {
    private static final String PEM_HEAD = "-----BEGIN ";
    private static final String PEM_FOOT = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_PEM_LABEL = 80;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_COOKIE_NAME = 128;
    private static final int LONGEST_LOOK = 256;
    private static final int ACCESS_KEY_TAIL = 16;
    private static final int SHORTEST_JWT = 8;
    private static final int SHORTEST_LONE_USER = 16;
    private static final int LONGEST_SEQUENCE = 16;
    private static final int MOST_SEQUENCES = 4;
    private static final int LONGEST_PORT = 5;
    private static final int LONGEST_COMMAND = 16;
    private static final String DATA_HEAD = "<![CDATA[";
    private static final String DATA_FOOT = "]]>";

    /** Quotes as HTML, JSON and URLs write them. */
    private static final List<String> WRITTEN_QUOTES =
            List.of("&quot;", "&apos;", "&#34;", "&#39;", "\\u0022", "\\u0027", "%22", "%27");

    /** Names whose value is the name of another value. */
    private static final Set<String> NAMING = Set.of("name", "key");

    private static final char ESCAPE = '\u001b';

    /** Issuers by the first sign of their prefix, which is ASCII. */
    private static final List<List<Issuer>> ISSUERS = issuers();

    private static final int ASCII = 128;

    static final Set<String> SCHEMES =
            Set.of("bearer", "basic", "digest", "negotiate", "ntlm", "apikey", "token", "hawk", "oauth");

    /** Schemes whose credentials are a list, which ends with the line. */
    static final Set<String> LISTS = Set.of("digest", "hawk", "oauth", "aws4-hmac-sha256", "signature");

    /** What stands behind the name of a secret in sentences about it. */
    private static final Set<String> PLAIN = Set.of(
            "a",
            "an",
            "and",
            "argument",
            "as",
            "auth",
            "authentication",
            "cannot",
            "empty",
            "expected",
            "expired",
            "failed",
            "flag",
            "for",
            "given",
            "has",
            "header",
            "in",
            "incorrect",
            "invalid",
            "is",
            "mismatch",
            "missing",
            "must",
            "needs",
            "nil",
            "no",
            "none",
            "not",
            "null",
            "on",
            "option",
            "or",
            "required",
            "scheme",
            "should",
            "the",
            "to",
            "token",
            "too",
            "true",
            "false",
            "undefined",
            "unknown",
            "value",
            "was",
            "were",
            "with",
            "wrong");

    private static final Set<String> VERDICTS = Set.of("ok", "yes", "no", "y", "n", "all", "none", "true", "false");

    private static final Set<String> NOTHING = Set.of("null", "none", "nil", "undefined", "true", "false");

    private final String text;
    private final int length;
    private final boolean looksEverywhere;
    private final List<Span> found = new ArrayList<>();

    /** End of the last secret: nothing looks back over it, so that a masked text reads the same. */
    private int done;

    private final Run tokens = new Run(false);
    private final Run solids = new Run(true);

    SecretScan(String text) {
        this(text, false);
    }

    /**
     * Prepares a pass.
     *
     * @param looksEverywhere whether to try also where nothing can begin, which takes longer and finds the same
     */
    SecretScan(String text, boolean looksEverywhere) {
        this.text = text;
        this.length = text.length();
        this.looksEverywhere = looksEverywhere;
    }

    private static List<List<Issuer>> issuers() {
        var byFirst = new ArrayList<List<Issuer>>();
        for (int first = 0; first < ASCII; first++) {
            char sign = (char) first;
            byFirst.add(Issuer.ALL.stream()
                    .filter(issuer -> issuer.prefix().charAt(0) == sign)
                    .toList());
        }
        return List.copyOf(byFirst);
    }

    /** Tells, in one look at each sign, that nothing in a text can begin a secret or stand behind the name of one. */
    static boolean isPlain(String text) {
        return Beginnings.next(text, 0) == text.length();
    }

    /** Tells whether something may stand here; what begins with a Turkish or other odd letter is no scheme. */
    private boolean mayStand(int at, char first) {
        if (!Ascii.isAlphanumeric(first)) {
            return false;
        }
        return looksEverywhere || Beginnings.isHead(text, at);
    }

    List<Span> spans() {
        int at = next(0);
        while (at < length) {
            char c = text.charAt(at);
            if (c == '<') {
                int end = Replacements.end(text, at);
                if (end > 0) {
                    at = next(end);
                    done = end;
                    continue;
                }
            }
            Span span = switch (c) {
                case '=', ':' -> assigned(at);
                case '%' ->
                    text.regionMatches(true, at, "%3D", 0, 3) || text.regionMatches(true, at, "%3A", 0, 3)
                            ? assigned(at)
                            : null;
                case '-' -> dashed(at);
                case '<' -> element(at);
                default -> mayStand(at, c) ? standing(at) : null;
            };
            if (span == null) {
                at = next(at + 1);
            } else {
                found.add(span);
                done = span.end();
                at = next(done);
            }
        }
        return List.copyOf(found);
    }

    private int next(int from) {
        return looksEverywhere ? from : Beginnings.next(text, from);
    }

    /** Returns the whole text if it is a secret because of its name. */
    Optional<Span> asValueOf(String name) {
        SecretName meaning = SecretName.of(name, true);
        if (meaning == null || text.isBlank() || Replacements.isPlaceholder(text, 0) || isIn(NOTHING, 0, length)) {
            return Optional.empty();
        }
        if (meaning == SecretName.PASS && isCount(0, length)) {
            return Optional.empty();
        }
        boolean isSecret = meaning.isStrong() || (meaning != SecretName.PARAMETER && looksRandom(0, length));
        return isSecret ? Optional.of(new Span(0, length, meaning.kind(), meaning.reason())) : Optional.empty();
    }

    // What is known by how it looks

    private @Nullable Span standing(int at) {
        Span span = switch (text.charAt(at)) {
            case 'e' -> jwt(at);
            case 'A' -> accessKey(at);
            case 'j' -> oracle(at);
            default -> null;
        };
        span = span == null ? issued(at) : span;
        return span == null ? afterScheme(at) : span;
    }

    private @Nullable Span dashed(int at) {
        if (text.startsWith(PEM_HEAD, at)) {
            return new Span(at, pemEnd(at), "pem", "key or certificate in PEM form");
        }
        if (text.startsWith(PEM_FOOT, at)) {
            int end = footEnd(at);
            return end < 0 ? null : new Span(pemStart(at), end, "pem", "end of a key or certificate in PEM form");
        }
        if (text.startsWith("->", at)) {
            return assigned(at);
        }
        Span told = commandOption(at);
        return told == null && text.startsWith("--", at) ? flag(at) : told;
    }

    /** A block whose foot is missing goes on to the end: what cannot be told apart from a secret is treated as one. */
    private int pemEnd(int start) {
        int foot = text.indexOf(PEM_FOOT, start);
        return foot < 0 ? length : Math.max(footEnd(foot), foot + PEM_FOOT.length());
    }

    /** Returns the end of a foot, or -1 if it does not close. */
    private int footEnd(int foot) {
        int label = foot + PEM_FOOT.length();
        for (int at = label; at < Math.min(length, label + LONGEST_PEM_LABEL); at++) {
            if (text.startsWith(DASHES, at)) {
                return at + DASHES.length();
            }
            char c = text.charAt(at);
            if (!Ascii.isUpper(c) && !Ascii.isDigit(c) && c != ' ') {
                return -1;
            }
        }
        return -1;
    }

    /** Of a block whose head was cut off, the lines of base 64 before its foot. */
    private int pemStart(int foot) {
        int start = foot;
        while (start > done
                && (Ascii.isBase64(text.charAt(start - 1)) || "\r\n\\".indexOf(text.charAt(start - 1)) >= 0)) {
            start--;
        }
        return start;
    }

    private @Nullable Span jwt(int at) {
        if (!text.startsWith(Beginnings.JWT, at)) {
            return null;
        }
        int end = tokens.endAt(at);
        boolean isLong = solids.endAt(at) - at >= SHORTEST_JWT && begins(at);
        boolean hasParts = tokens.lastPart > at;
        return isLong || hasParts ? new Span(at, trimmed(at, end), "jwt", "JSON Web Token") : null;
    }

    /** An access key id of Amazon Web Services: four letters that say which, then 16 upper-case letters and digits. */
    private @Nullable Span accessKey(int at) {
        if (!(text.startsWith(Beginnings.PERMANENT_KEY, at) || text.startsWith(Beginnings.SESSION_KEY, at))
                || !begins(at)) {
            return null;
        }
        int end = at + 4;
        while (end < length
                && end <= at + 4 + ACCESS_KEY_TAIL
                && (Ascii.isUpper(text.charAt(end)) || Ascii.isDigit(text.charAt(end)))) {
            end++;
        }
        boolean isWhole = end == at + 4 + ACCESS_KEY_TAIL && (end == length || !Ascii.isAlphanumeric(text.charAt(end)));
        return isWhole ? new Span(at, end, "aws", "access key id of Amazon Web Services") : null;
    }

    private @Nullable Span issued(int at) {
        for (Issuer issuer : ISSUERS.get(text.charAt(at))) {
            if (!text.startsWith(issuer.prefix(), at) || !(issuer.anywhere() || begins(at))) {
                continue;
            }
            int tail = at + issuer.prefix().length();
            Run run = issuer.solid() ? solids : tokens;
            int end = tail < length ? run.endAt(tail) : tail;
            if (!issuer.more().isEmpty()) {
                end = endOf(tail, issuer.more());
            }
            if (end - tail >= issuer.shortest() && (!issuer.digit() || run.lastDigit >= tail)) {
                int whole = issuer.more().isEmpty() ? tokens.endAt(at) : end;
                return new Span(at, trimmed(tail, whole), issuer.kind(), "begins like the tokens of a known issuer");
            }
        }
        return null;
    }

    /** Reads on over further signs, which only few issuers have; those read are claimed, or few. */
    private int endOf(int start, String more) {
        int at = start;
        while (at < length && (Ascii.isToken(text.charAt(at)) || more.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private @Nullable Span afterScheme(int at) {
        char first = (char) (text.charAt(at) | 0x20);
        if ((first != 'b' && first != 'd' && first != 'n') || !begins(at)) {
            return null;
        }
        for (String scheme : Beginnings.STANDING_SCHEMES) {
            if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
                int start = afterBlanks(at + scheme.length());
                if (start < 0) {
                    return null;
                }
                int end = valueEnd(start);
                boolean isSecret = looksRandom(start, end) || (scheme.equals("basic") && isUserAndPassword(start, end));
                return isSecret
                        ? new Span(start, end, SecretName.AUTHORIZATION.kind(), "follows an authentication scheme")
                        : null;
            }
        }
        return null;
    }

    /** Returns the offset behind one to three blanks, or behind an encoded one; -1 if none is there. */
    private int afterBlanks(int start) {
        if (text.startsWith("%20", start)) {
            return start + 3;
        }
        int at = start;
        while (at < length && at < start + 3 && Ascii.isBlank(text.charAt(at))) {
            at++;
        }
        return at == start ? -1 : at;
    }

    private boolean isUserAndPassword(int start, int end) {
        int length4 = Math.min(end - start, LONGEST_LOOK) / 4 * 4;
        if (length4 < 4) {
            return false;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(text.substring(start, start + length4));
            return new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') >= 0;
        } catch (IllegalArgumentException e) {
            return false; // no base 64, hence no user and password
        }
    }

    // What is known by the name before it

    private @Nullable Span assigned(int sign) {
        if (text.startsWith("://", sign)) {
            return userInformation(sign, sign + 3);
        }
        if (text.startsWith(":\\/\\/", sign)) {
            return userInformation(sign, sign + 5);
        }
        if (text.startsWith("::", sign) || (sign > done && text.charAt(sign) == ':' && text.charAt(sign - 1) == ':')) {
            return null; // a path of names, as in Rust and C++
        }
        int nameEnd = nameEnd(sign);
        int nameStart = nameEnd;
        int limit = Math.max(done, nameEnd - LONGEST_NAME);
        while (nameStart > limit && Ascii.isName(text.charAt(nameStart - 1))) {
            nameStart--;
        }
        nameStart = afterPrefix(nameStart, nameEnd);
        if (nameStart == nameEnd) {
            return text.charAt(sign) == ':' ? keyword(sign + 1) : null;
        }
        String name = text.substring(nameStart, nameEnd);
        boolean isEqual = isEqualsSign(sign) && nameEnd == beforeSequence(sign);
        SecretName meaning = SecretName.of(name, isEqual);
        if ((meaning == SecretName.PARAMETER || meaning == SecretName.PASS)
                && nameStart > done
                && text.charAt(nameStart - 1) == '.') {
            meaning = SecretName.of(segmentBefore(nameStart - 1) + "-" + name, isEqual);
        }
        if (meaning == null) {
            return NAMING.contains(name.toLowerCase(Locale.ROOT)) ? namedPair(sign) : null;
        }
        char before = nameStart > done ? text.charAt(nameStart - 1) : ' ';
        if (isEqual && (before == '?' || before == '&' || before == '#')) {
            return parameter(meaning, sign + (text.charAt(sign) == '%' ? 3 : 1));
        }
        Span below = text.charAt(sign) == ':' && meaning.isStrong() ? onNextLine(sign + 1, meaning) : null;
        if (below != null) {
            return below;
        }
        Value value = valueBehind(sign);
        if (value == null || meaning == SecretName.PARAMETER || isFolder(name, value.start)) {
            return null;
        }
        if (meaning == SecretName.AUTHORIZATION) {
            return authorization(value, before);
        }
        if (meaning == SecretName.COOKIE && namesCookie(value.start)) {
            return whole(value.start, listEnd(value, before), SecretName.COOKIE);
        }
        return valueOf(meaning, value, isEqual);
    }

    /** Returns the start of a name without the end of an escape before it, such as {@code 33m} of {@code ESC[33m}. */
    private int afterPrefix(int start, int end) {
        if (start - 2 >= done && text.charAt(start - 1) == '[' && text.charAt(start - 2) == ESCAPE) {
            int at = start;
            while (at < end && isOfSequence(text.charAt(at))) {
                at++;
            }
            return Math.min(end, at + 1);
        }
        if (start > done && text.charAt(start - 1) == '\\' && isAnyAt(start, "u0022", "u0027")) {
            return Math.min(end, start + 5);
        }
        boolean isEncoded = start > done
                && text.charAt(start - 1) == '%'
                && start + 1 < end
                && Ascii.isHex(text.charAt(start))
                && Ascii.isHex(text.charAt(start + 1));
        return isEncoded ? start + 2 : start;
    }

    private boolean isAnyAt(int at, String... texts) {
        for (String each : texts) {
            if (text.startsWith(each, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEqualsSign(int sign) {
        char c = text.charAt(sign);
        return c == '=' || (c == '%' && text.regionMatches(true, sign, "%3D", 0, 3));
    }

    /** Returns the name before a dot, as {@code db} in {@code db.pass}; may be empty. */
    private String segmentBefore(int dot) {
        int at = dot;
        while (at > done && dot - at < LONGEST_NAME && Ascii.isName(text.charAt(at - 1))) {
            at--;
        }
        return text.substring(at, dot);
    }

    /** A keyword and a quoted value, as in Clojure's {@code {:password "x"}}. */
    private @Nullable Span keyword(int start) {
        int end = start;
        while (end < length && end - start < LONGEST_NAME && Ascii.isName(text.charAt(end))) {
            end++;
        }
        int quote = afterBlanks(end);
        if (end == start || quote < 0 || !beginsQuote(quote)) {
            return null;
        }
        SecretName meaning = SecretName.of(text.substring(start, end), true);
        return meaning != null && meaning.isAssignable()
                ? valueOf(meaning, new Value(quote + 1, text.charAt(quote), false), true)
                : null;
    }

    /** A name and a value that each have a name: {@code name="password" value="x"}. */
    private @Nullable Span namedPair(int sign) {
        Value named = valueBehind(sign);
        if (named == null) {
            return null;
        }
        int end = named.start;
        while (end < length && end - named.start < LONGEST_NAME && Ascii.isName(text.charAt(end))) {
            end++;
        }
        SecretName meaning = SecretName.of(text.substring(named.start, end), true);
        if (meaning == null || !meaning.isAssignable()) {
            return null;
        }
        int at = end;
        while (at < length && at - end < LONGEST_NAME && " \t\r\n\"'\\,;".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == end || !text.regionMatches(true, at, "value", 0, "value".length())) {
            return null;
        }
        at += "value".length();
        int behind = at;
        while (at < length && at - behind < 4 && " \"'\\".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at >= length || "=:".indexOf(text.charAt(at)) < 0) {
            return null;
        }
        Value value = valueBehind(at);
        return value == null ? null : valueOf(meaning, value, true);
    }

    /** A value in an element that its name says to be secret, {@code <password>x</password>}. */
    private @Nullable Span element(int start) {
        int nameStart = start + 1;
        int nameEnd = nameStart;
        while (nameEnd < length && nameEnd - nameStart < LONGEST_NAME && isTag(text.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == nameStart || nameEnd >= length || "> \t".indexOf(text.charAt(nameEnd)) < 0) {
            return null;
        }
        String tag = text.substring(nameStart, nameEnd);
        SecretName meaning =
                SecretName.of(tag.substring(Math.max(tag.lastIndexOf(':'), tag.lastIndexOf('.')) + 1), true);
        if (meaning == null || !meaning.isAssignable()) {
            return null;
        }
        int at = nameEnd;
        while (at < length && at - nameEnd < LONGEST_LOOK && "<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at >= length || text.charAt(at) != '>') {
            return null;
        }
        int valueStart = at + 1;
        boolean isData = text.startsWith(DATA_HEAD, valueStart);
        if (isData) {
            valueStart += DATA_HEAD.length();
        }
        int end = valueStart;
        while (end < length
                && (isData ? !text.startsWith(DATA_FOOT, end) : text.charAt(end) != '<')
                && !beginsPem(end)) {
            end++;
        }
        if (text.substring(valueStart, end).isBlank() || isIn(NOTHING, valueStart, end)) {
            return null;
        }
        // Without its end it is a placeholder in a sentence: <password> must not be empty.
        boolean closes = isData || text.startsWith("</", end) || (end < length && beginsPem(end));
        return closes && (meaning.isStrong() || looksRandom(valueStart, end)) ? whole(valueStart, end, meaning) : null;
    }

    private static boolean isTag(char c) {
        return Ascii.isToken(c) || c == ':';
    }

    /** A value on the line behind its name, or the lines of a block of YAML. */
    private @Nullable Span onNextLine(int start, SecretName meaning) {
        int at = start;
        while (at < length && at - start < 4 && Ascii.isBlank(text.charAt(at))) {
            at++;
        }
        boolean isBlock = at < length && "|>".indexOf(text.charAt(at)) >= 0;
        int mark = at;
        while (isBlock && at < length && at - mark < 3 && "|>+-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at < length && text.charAt(at) == '\r') {
            at++;
        }
        if (at >= length || text.charAt(at) != '\n') {
            return null;
        }
        int line = at + 1;
        int value = line;
        while (value < length && value - line < LONGEST_NAME && Ascii.isBlank(text.charAt(value))) {
            value++;
        }
        boolean isIndented = value > line;
        if (value >= length || Ascii.isSpace(text.charAt(value))) {
            return null;
        }
        if (isBlock) {
            return isIndented && !Replacements.isPlaceholder(text, value)
                    ? whole(value, blockEnd(value, value - line), meaning)
                    : null;
        }
        Value told = valueAt(value, "");
        if (told != null && told.quote != '\0') {
            return isIndented ? valueOf(meaning, told, false) : null;
        }
        int end = valueEnd(value);
        boolean isWord = end == length || text.charAt(end) == '\n' || text.charAt(end) == '\r';
        boolean isName = end > value && (text.charAt(end - 1) == ':' || text.charAt(value) == '-');
        return isWord && !isName && (isIndented || looksRandom(value, end))
                ? valueOf(meaning, new Value(value, '\0', false), false)
                : null;
    }

    /** Returns the end of lines that are indented as far as the first is. */
    private int blockEnd(int start, int indent) {
        int end = start;
        while (true) {
            while (end < length && text.charAt(end) != '\n' && (end == start || !beginsPem(end))) {
                end++;
            }
            int next = end + 1;
            while (next < length && next - end <= indent && Ascii.isBlank(text.charAt(next))) {
                next++;
            }
            boolean goesOn = next < length
                    && text.charAt(end) == '\n'
                    && next - end > indent
                    && !Ascii.isSpace(text.charAt(next));
            if (!goesOn) {
                return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
            }
            end = next;
        }
    }

    /** Options of commands whose values are secret there only: {@code curl -u user:x}, {@code sshpass -p x}. */
    private @Nullable Span commandOption(int at) {
        boolean isUser = isAnyAt(at, "-u", "--user", "--proxy-user") && follows(at, "curl", LONGEST_LOOK);
        if (!isUser && !(text.startsWith("-p", at) && follows(at, "sshpass", LONGEST_COMMAND))) {
            return null;
        }
        int start = at + (text.startsWith("--", at) ? text.startsWith("--user", at) ? 6 : 12 : 2);
        int behind = start;
        while (start < length && start - behind < 4 && " \t\"',=".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = valueEnd(start);
        if (isUser) {
            int colon = start;
            while (colon < end && colon - start < LONGEST_NAME && text.charAt(colon) != ':') {
                colon++;
            }
            start = colon < end && text.charAt(colon) == ':' ? colon + 1 : end;
        }
        return start < end ? whole(start, end, SecretName.PASSWORD) : null;
    }

    /** Tells whether a command stands before an option, on its line. */
    private boolean follows(int at, String command, int most) {
        if (at > done && !Ascii.isSpace(text.charAt(at - 1)) && !isQuote(text.charAt(at - 1))) {
            return false;
        }
        for (int from = at - 1; from >= Math.max(done, at - most); from--) {
            if (text.charAt(from) == '\n') {
                return false;
            }
            if (text.startsWith(command, from) && begins(from)) {
                return true;
            }
        }
        return false;
    }

    /** Oracle's addresses of one user, {@code jdbc:oracle:thin:scott/tiger@host}. */
    private @Nullable Span oracle(int at) {
        if (!text.startsWith(Beginnings.ORACLE, at) || !begins(at)) {
            return null;
        }
        int user = at + Beginnings.ORACLE.length();
        while (user < length && user - at < 2 * Beginnings.ORACLE.length() && Ascii.isAlphanumeric(text.charAt(user))) {
            user++;
        }
        int slash = user + 1;
        while (slash < length && slash - user <= LONGEST_NAME && Ascii.isName(text.charAt(slash))) {
            slash++;
        }
        if (slash >= length || text.charAt(user) != ':' || text.charAt(slash) != '/' || slash == user + 1) {
            return null;
        }
        int last = -1;
        for (int i = slash + 1; i < Math.min(length, slash + LONGEST_LOOK) && isInValue(slash, i); i++) {
            if ("\"'<>`".indexOf(text.charAt(i)) >= 0) {
                break;
            }
            last = text.charAt(i) == '@' ? i : last;
        }
        return last > slash + 1 ? new Span(slash + 1, last, "url-password", "password of a URL") : null;
    }

    /** The shell keeps its folder in PWD. */
    private boolean isFolder(String name, int start) {
        return name.endsWith("PWD")
                && start < length
                && (text.charAt(start) == '/' || text.startsWith(":\\", start + 1));
    }

    /** Returns where the name before a sign ends: a quote, a bracket and a few blanks may lie between. */
    private int nameEnd(int sign) {
        int at = beforeSequence(sign);
        int blanks = at;
        while (at > done && blanks - at < 3 && Ascii.isBlank(text.charAt(at - 1))) {
            at--;
        }
        boolean mayBeQuote = at > done && ";27".indexOf(text.charAt(at - 1)) >= 0; // the ends of all of them
        for (String quote : mayBeQuote ? WRITTEN_QUOTES : List.<String>of()) {
            if (at - quote.length() >= done && text.startsWith(quote, at - quote.length())) {
                return at - quote.length();
            }
        }
        int quotes = at;
        while (at > done && quotes - at < 4 && "\"'\\]".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return beforeSequence(at);
    }

    /**
     * Where a value lies.
     *
     * @param quote the quote it stands in; 0 if in none
     * @param escaped whether a backslash stands before the quote, as in JSON within JSON
     * @param written the quote it stands in if that is written in another way; empty if in none
     */
    private record Value(int start, char quote, boolean escaped, String written) {
        Value(int start, char quote, boolean escaped) {
            this(start, quote, escaped, "");
        }
    }

    private @Nullable Value valueBehind(int sign) {
        int at = sign + (text.charAt(sign) == '%' ? 3 : 1);
        for (int i = 0; i < 2 && text.charAt(sign) == '%' && isAnyAt(at, "%20"); i++) {
            at += 3;
        }
        int signs = at;
        while (at < length && at - signs < 2 && "=:>".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return valueAt(at, " \t\u00a0");
    }

    private @Nullable Value valueAt(int start, String passed) {
        int at = afterSequences(start);
        int blanks = at;
        while (at < length && at - blanks < 8 && passed.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        at = afterSequences(at);
        if (at < length && (text.charAt(at) == '[' || (text.charAt(at) == '(' && beginsQuote(at + 1)))) {
            at++;
        }
        if (at + 1 < length && "bur".indexOf(text.charAt(at)) >= 0 && isQuote(text.charAt(at + 1))) {
            at++;
        }
        for (String quote : WRITTEN_QUOTES) {
            if (text.startsWith(quote, at)) {
                return new Value(at + quote.length(), '\0', false, quote);
            }
        }
        int slashes = at;
        while (at < length && at - slashes < 3 && text.charAt(at) == '\\') {
            at++;
        }
        if (at < length && isQuote(text.charAt(at))) {
            return new Value(at + 1, text.charAt(at), at > slashes);
        }
        at = slashes;
        return at >= length || Ascii.isSpace(text.charAt(at)) ? null : new Value(at, '\0', false);
    }

    private boolean beginsQuote(int at) {
        return at < length && isQuote(text.charAt(at));
    }

    /** Returns the offset behind what colours a terminal, such as {@code ESC[1;33m}. */
    private int afterSequences(int start) {
        int at = start;
        for (int i = 0; i < MOST_SEQUENCES && at + 1 < length && text.charAt(at) == ESCAPE; i++) {
            int end = at + 1;
            if (text.charAt(end) == '[') {
                do {
                    end++;
                } while (end < length && end - at < LONGEST_SEQUENCE && isOfSequence(text.charAt(end)));
            }
            if (end >= length || !Ascii.isAlphanumeric(text.charAt(end))) {
                return at;
            }
            at = end + 1;
        }
        return at;
    }

    /** Returns the offset before what colours a terminal. */
    private int beforeSequence(int end) {
        int at = end - 1;
        if (at <= done || !Ascii.isAlphanumeric(text.charAt(at))) {
            return end;
        }
        do {
            at--;
        } while (at > done && end - at < LONGEST_SEQUENCE && isOfSequence(text.charAt(at)));
        return at > done && text.charAt(at) == '[' && text.charAt(at - 1) == ESCAPE ? at - 1 : end;
    }

    private static boolean isOfSequence(char c) {
        return Ascii.isDigit(c) || c == ';';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private @Nullable Span valueOf(SecretName meaning, Value value, boolean isEqual) {
        int start = value.start;
        if (start >= length || Replacements.isPlaceholder(text, start)) {
            return null;
        }
        if (meaning == SecretName.PASS && isCount(start, valueEnd(start))) {
            return null;
        }
        if (!value.written.isEmpty()) {
            int end = writtenEnd(value);
            boolean isSecret = meaning.isStrong()
                    ? !isIn(NOTHING, start, end) && !isStarred(start, end)
                    : looksRandom(start, Math.min(end, valueEnd(start)));
            return isSecret ? whole(start, end, meaning) : null;
        }
        if (value.quote != '\0' && meaning.isStrong()) {
            int end = quotedEnd(value);
            return isIn(NOTHING, start, end) || isStarred(start, end) ? null : whole(start, end, meaning);
        }
        if ("=:\"'<>{}[](),;&".indexOf(text.charAt(start)) >= 0) {
            return meaning.isStrong() ? behindDelimiter(meaning, start, isEqual) : null;
        }
        if (!isEqual && text.charAt(start) == '|' && isMark(start)) {
            return null; // the mark of a block
        }
        int end = meaning.isStrong() ? looseEnd(start) : valueEnd(start);
        if (meaning.isStrong()) {
            Set<String> words = isEqual ? NOTHING : PLAIN;
            return isIn(words, start, end) || isStarred(start, end) ? null : whole(start, end, meaning);
        }
        return looksRandom(start, end) ? whole(start, end, meaning) : null;
    }

    /** A bracket before a value is its quote, as in ODBC; what else separates values is a part of one behind an equals sign. */
    private @Nullable Span behindDelimiter(SecretName meaning, int start, boolean isEqual) {
        char first = text.charAt(start);
        int second = start + 1;
        if (second >= length || Ascii.isSpace(text.charAt(second))) {
            return null;
        }
        char next = text.charAt(second);
        int opened = "{([".indexOf(first);
        if (opened >= 0) {
            char close = "})]".charAt(opened);
            if (next == close || isQuote(next) || next == '\\' || isRemark(second, close)) {
                return null;
            }
            if (isEqual) {
                return whole(second, bracketEnd(second, close), meaning);
            }
            return beginsEntry(second) || !Ascii.isAlphanumeric(next) ? null : whole(second, looseEnd(second), meaning);
        }
        boolean isPart = switch (first) {
            case '<' -> next != '/' && next != '!' && next != '<';
            case '&' -> !beginsEntry(second);
            case ')', ']', '}', '>' -> Ascii.isAlphanumeric(next);
            default -> false;
        };
        if (!isEqual || !isPart) {
            return null;
        }
        int behind = first == '<' ? Replacements.placeholderEnd(text, start) : -1;
        return whole(start, looseEnd(behind < 0 ? second : behind), meaning);
    }

    /** Tells whether a bracket holds words about a value, as {@code (not set)} does. */
    private boolean isRemark(int start, char close) {
        int end = valueEnd(start);
        boolean isWord = end < length
                && (Ascii.isBlank(text.charAt(end))
                        || (text.charAt(end) == close && !text.startsWith(String.valueOf(close), end + 1)));
        return isWord && end - start > 1 && isIn(PLAIN, start, end);
    }

    /** Tells whether a name and a sign begin at an offset, as in {@code {user=bob}} and {@code &page=2}. */
    private boolean beginsEntry(int start) {
        int at = start;
        while (at < length && at - start < LONGEST_NAME && Ascii.isName(text.charAt(at))) {
            at++;
        }
        return at > start && at < length && (text.charAt(at) == '=' || text.charAt(at) == ':');
    }

    /** Returns where a bracket closes, which twice stands for itself; one that never does hides a word. */
    private int bracketEnd(int start, char close) {
        int first = -1;
        int limit = Math.min(length, start + LONGEST_LOOK);
        for (int at = start; at < limit && text.charAt(at) != '\n' && (at == start || !beginsPem(at)); at++) {
            if (text.charAt(at) == close) {
                if (at + 1 >= length || text.charAt(at + 1) != close) {
                    return at;
                }
                first = first < 0 ? at : first;
                at++;
            }
        }
        return first < 0 ? looseEnd(start) : first;
    }

    /** Makes the span of a value; one that is a known token as a whole is called that. */
    private @Nullable Span whole(int start, int end, SecretName meaning) {
        if (end <= start) {
            return null;
        }
        char first = text.charAt(start);
        Span known = first == '-' && text.startsWith(PEM_HEAD, start)
                ? dashed(start)
                : Ascii.isAlphanumeric(first) ? standing(start) : null;
        if (known != null && known.start() == start && known.end() >= end) {
            return known;
        }
        return new Span(start, known == null ? end : Math.max(end, known.end()), meaning.kind(), meaning.reason());
    }

    private @Nullable Span parameter(SecretName meaning, int start) {
        int end = start;
        while (end < length && isInValue(start, end) && "\"'`&;#<>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if ((meaning == SecretName.PARAMETER && !looksRandom(start, end))
                || (meaning == SecretName.PASS && isCount(start, end))) {
            return null;
        }
        return whole(start, end, SecretName.PARAMETER);
    }

    private @Nullable Span authorization(Value value, char before) {
        int start = value.start;
        int wordEnd = start;
        while (wordEnd < length && wordEnd - start < LONGEST_NAME && Ascii.isName(text.charAt(wordEnd))) {
            wordEnd++;
        }
        String scheme = text.substring(start, wordEnd).toLowerCase(Locale.ROOT);
        int credentials = afterBlanks(wordEnd);
        boolean isList = LISTS.contains(scheme);
        if (credentials < 0 || !(isList || SCHEMES.contains(scheme))) {
            return valueOf(SecretName.AUTHORIZATION, value, false);
        }
        int firstEnd = valueEnd(credentials);
        if (Replacements.isPlaceholder(text, credentials) || isIn(PLAIN, credentials, firstEnd)) {
            return null; // before a list is read, which has no bound and is claimed always
        }
        int end = isList ? listEnd(new Value(credentials, value.quote, value.escaped), before) : firstEnd;
        return whole(credentials, end, SecretName.AUTHORIZATION);
    }

    private boolean namesCookie(int start) {
        int at = start;
        int limit = Math.min(length, start + LONGEST_COOKIE_NAME);
        while (at < limit && !Ascii.isSpace(text.charAt(at)) && "=;,\"'<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at > start && at < limit && text.charAt(at) == '=';
    }

    /** A list ends with its quote, with the quote that its header stands in, or with its line. */
    private int listEnd(Value value, char before) {
        char quote = value.quote != '\0' ? value.quote : isQuote(before) ? before : '\0';
        int at = value.start;
        while (at < length && text.charAt(at) != '\n' && text.charAt(at) != '\r' && text.charAt(at) != quote) {
            if (at > value.start && beginsPem(at)) {
                break;
            }
            if (text.charAt(at) == '\\'
                    && at + 1 < length
                    && (text.charAt(at + 1) == 'r' || text.charAt(at + 1) == 'n' || text.charAt(at + 1) == quote)) {
                break;
            }
            at++;
        }
        return at;
    }

    /** Returns where the quote closes; a quote that never does hides the rest of its line. */
    private int quotedEnd(Value value) {
        int at = value.start;
        while (at < length && text.charAt(at) != '\n' && (at == value.start || !beginsPem(at))) {
            char c = text.charAt(at);
            if (c == value.quote) {
                return at;
            }
            if (c == '\\' && at + 1 < length && text.charAt(at + 1) != '\n') {
                if (value.escaped && text.charAt(at + 1) == value.quote) {
                    return at;
                }
                at++;
            }
            at++;
        }
        return Math.min(at, length);
    }

    /** A quote that never closes hides a word; each kind can fail to close but once in a line. */
    private int writtenEnd(Value value) {
        int at = value.start;
        while (at < length && text.charAt(at) != '\n' && (at == value.start || !beginsPem(at))) {
            if (text.startsWith(value.written, at)) {
                return at;
            }
            at++;
        }
        return looseEnd(value.start);
    }

    private boolean isMark(int start) {
        int at = start;
        while (at < length && at - start <= 3 && "|>+-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at - start <= 3 && (at == length || Ascii.isSpace(text.charAt(at)));
    }

    /** Tells whether a value tells how many passed, or whether: {@code pass=12/20}, {@code pass=ok}. */
    private boolean isCount(int start, int end) {
        if (end - start > LONGEST_NAME) {
            return false;
        }
        if (end == start || isIn(VERDICTS, start, end)) {
            return true;
        }
        for (int at = start; at < end; at++) {
            if (!Ascii.isDigit(text.charAt(at)) && ".%/".indexOf(text.charAt(at)) < 0) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Span flag(int at) {
        if (at > done && !Ascii.isSpace(text.charAt(at - 1)) && "\"'`[(,=".indexOf(text.charAt(at - 1)) < 0) {
            return null;
        }
        int nameEnd = at + 2;
        int limit = Math.min(length, nameEnd + LONGEST_NAME);
        while (nameEnd < limit && Ascii.isName(text.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd >= length || " \t\"',".indexOf(text.charAt(nameEnd)) < 0) {
            return null;
        }
        SecretName meaning = SecretName.of(text.substring(at + 2, nameEnd), false);
        if (meaning == null || meaning == SecretName.PARAMETER || meaning == SecretName.COOKIE) {
            return null;
        }
        boolean isListed = text.charAt(nameEnd) != ' ' && text.charAt(nameEnd) != '\t';
        int start = nameEnd;
        if (isListed && isQuote(text.charAt(start))) {
            start++;
        }
        Value value = valueAt(start, " \t,");
        if (value == null || value.start >= length || text.charAt(value.start) == '-') {
            return null;
        }
        boolean isTold = meaning.isStrong() || value.quote != '\0';
        return isTold ? valueOf(SecretName.PASSWORD, value, false) : valueOf(SecretName.TOKEN, value, false);
    }

    /** The user of a URL stays, the password goes; a lone user that looks like a token goes too. */
    private @Nullable Span userInformation(int sign, int authority) {
        if (sign == 0 || !Ascii.isAlphanumeric(text.charAt(sign - 1))) {
            return null;
        }
        int colon = -1;
        int last = -1;
        for (int at = authority; at < length && isAuthority(text.charAt(at)) && !beginsPem(at); at++) {
            if (text.charAt(at) == ':' && colon < 0) {
                colon = at;
            } else if (text.charAt(at) == '@') {
                last = at;
            }
        }
        if (colon >= 0 && (last < 0 || colon < last) && !isPort(colon + 1, last)) {
            last = lastAt(colon + 1);
        }
        if (last < 0) {
            return null;
        }
        if (colon < 0 || colon > last) {
            boolean isToken = last - authority >= SHORTEST_LONE_USER && looksRandom(authority, last);
            return isToken ? new Span(authority, last, "url-password", "user of a URL that looks like a token") : null;
        }
        return colon + 1 < last ? new Span(colon + 1, last, "url-password", "password of a URL") : null;
    }

    /** Tells whether digits end as a port does, and no user stands before it. */
    private boolean isPort(int start, int last) {
        int at = start;
        while (at < length && at - start <= LONGEST_PORT && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        return last < 0 && (at == length || !Ascii.isAlphanumeric(text.charAt(at))) && at > start;
    }

    /** Passwords are written with {@code /}, {@code ?} and {@code #} in them, too; -1 if nothing ends with an @. */
    private int lastAt(int start) {
        int last = -1;
        for (int at = start; at < length; at++) {
            char c = text.charAt(at);
            if (Ascii.isSpace(c) || "\"'<>`\\".indexOf(c) >= 0 || text.startsWith("://", at) || beginsPem(at)) {
                break; // the next address is read by itself, so that each character is read once
            }
            last = c == '@' ? at : last;
        }
        return last;
    }

    private static boolean isAuthority(char c) {
        return !Ascii.isSpace(c) && "/?#\"'<>`\\".indexOf(c) < 0;
    }

    // Characters

    /** Tells whether something may begin at an offset: no letter or digit before it but those of an escaped character. */
    private boolean begins(int at) {
        if (at == done || !Ascii.isAlphanumeric(text.charAt(at - 1))) {
            return true;
        }
        boolean isEscape = at - 2 >= done && text.charAt(at - 2) == '\\' && "nrtbf".indexOf(text.charAt(at - 1)) >= 0;
        boolean isEncoded = at - 3 >= done
                && text.charAt(at - 3) == '%'
                && Ascii.isHex(text.charAt(at - 2))
                && Ascii.isHex(text.charAt(at - 1));
        return isEscape || isEncoded;
    }

    /** Nothing but a key begins with the head of a key, so that none loses its head to what stands before it. */
    private boolean beginsPem(int at) {
        return text.charAt(at) == '-' && text.startsWith(PEM_HEAD, at);
    }

    private boolean isInValue(int start, int at) {
        return !Ascii.isSpace(text.charAt(at)) && (at == start || !beginsPem(at));
    }

    /** A value ends at white space, a quote or a sign that separates values. */
    private int valueEnd(int start) {
        int at = start;
        while (at < length && isInValue(start, at) && "\"'`&,;(){}[]<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return trimEscape(start, at);
    }

    /** A password may have brackets within. */
    private int looseEnd(int start) {
        int at = start;
        while (at < length && isInValue(start, at) && "\"'`&,;<>".indexOf(text.charAt(at)) < 0) {
            boolean closes = ")}]".indexOf(text.charAt(at)) >= 0;
            if (closes && (at + 1 == length || !Ascii.isAlphanumeric(text.charAt(at + 1)))) {
                break;
            }
            at++;
        }
        return trimEscape(start, at);
    }

    private int trimEscape(int start, int end) {
        boolean beforeQuote = end < length && isQuote(text.charAt(end));
        return beforeQuote && end - 1 > start && text.charAt(end - 1) == '\\' ? end - 1 : end;
    }

    private int trimmed(int start, int end) {
        int at = end;
        while (at > start + 1 && (text.charAt(at - 1) == '.' || text.charAt(at - 1) == '-')) {
            at--;
        }
        return at;
    }

    private boolean looksRandom(int start, int end) {
        return end - start >= 6 && (end - start >= 24 || hasDigit(start, end));
    }

    private boolean hasDigit(int start, int end) {
        for (int at = start; at < Math.min(end, start + LONGEST_LOOK); at++) {
            if (Ascii.isDigit(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private boolean isStarred(int start, int end) {
        if (end - start > LONGEST_LOOK) {
            return false;
        }
        for (int at = start; at < end; at++) {
            if (text.charAt(at) != '*') {
                return false;
            }
        }
        return true;
    }

    private boolean isIn(Set<String> words, int start, int end) {
        int last = end > start && ".:!?".indexOf(text.charAt(end - 1)) >= 0 ? end - 1 : end;
        return last - start <= LONGEST_NAME
                && words.contains(text.substring(start, last).toLowerCase(Locale.ROOT));
    }

    /** The run of characters of a token around an offset, read once however many things may begin in it. */
    private final class Run {
        private final boolean isSolid;
        private int from = -1;
        private int end = -1;
        private int lastDigit = -1;
        private int lastPart = -1;

        Run(boolean isSolid) {
            this.isSolid = isSolid;
        }

        int endAt(int at) {
            if (at < from || at >= end) {
                int to = at;
                lastDigit = -1;
                lastPart = -1;
                while (to < length && isPart(text.charAt(to)) && !beginsPem(to)) {
                    lastDigit = Ascii.isDigit(text.charAt(to)) ? to : lastDigit;
                    lastPart = text.charAt(to) == '.' && text.startsWith("eyJ", to + 1) ? to : lastPart;
                    to++;
                }
                from = at;
                end = to;
            }
            return end;
        }

        private boolean isPart(char c) {
            return isSolid ? Ascii.isAlphanumeric(c) : Ascii.isToken(c);
        }
    }
}
