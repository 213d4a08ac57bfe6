package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises where things are: addresses, hosts, URLs, files, mail boxes. */
final class PlaceMasks {

    private static final WordSet METHODS = WordSet.of("get post put patch delete head options");
    private static final WordSet TOP_LEVEL = WordSet.of("""
            com net org edu gov mil info biz io dev app cloud local localdomain internal lan arpa localhost svc test
            example corp intra home run ai
            """);
    private static final WordSet FILE_ENDINGS = WordSet.of("""
            py sh rs pl so md cc js ts go kt rb cs java cpp c h php tsx jsx mjs scala swift ex id is to no do as at
            in me my
            """);
    private static final WordSet SECOND_LEVEL = WordSet.of("co com edu ac org net gov");
    private static final WordSet REVERSED = WordSet.of("com org net io dev edu java javax jakarta kotlin scala");

    private PlaceMasks() {}

    static List<Recogniser> recognisers() {
        return List.of(
                new UrlRecogniser(),
                Recogniser.mask("ip", "IPv4 address", Chars::isDigit, PlaceMasks::ipv4),
                Recogniser.mask("ip", "IPv6 address", c -> Chars.isHex(c) || c == ':', PlaceMasks::ipv6),
                Recogniser.mask(
                        "email", "mail box or user at a host", Chars::isWord, Recogniser.Need.JOINT, PlaceMasks::email),
                Recogniser.mask("host", "name of a host", Chars::isWord, Recogniser.Need.JOINT, PlaceMasks::host),
                Recogniser.mask(
                        "host",
                        "where the words speak of a host",
                        Chars::isWord,
                        Recogniser.Need.HOST,
                        PlaceMasks::bareHost),
                Recogniser.mask("host", "this machine", c -> c == 'l', PlaceMasks::localHost),
                Recogniser.mask("path", "path of a file", c -> c == '/' || c == '~' || c == '.', PlaceMasks::path),
                Recogniser.mask(
                        "path", "path of a file", Chars::isWord, Recogniser.Need.JOINT, PlaceMasks::relativePath),
                Recogniser.mask(
                        "path",
                        "path of a file on Windows",
                        Chars::isLetter,
                        Recogniser.Need.JOINT,
                        PlaceMasks::windowsPath),
                Recogniser.mask("path", "path of a share on Windows", c -> c == '\\', PlaceMasks::sharePath));
    }

    /** MAC addresses and fingerprints, which are asked for before times, since pairs of digits look like one. */
    static Recogniser hexPairs() {
        return Recogniser.mask(
                "hex",
                "hexadecimal digits in groups, as in MAC addresses and fingerprints",
                Chars::isHex,
                Recogniser.Need.JOINT,
                PlaceMasks::hexGroups);
    }

    private static int hexGroups(Scan scan, int at) {
        char joint = scan.at(scan.wordEnd());
        char before = scan.at(at - 1);
        if (!scan.isHexOnly() || joint == before) {
            return Recogniser.UNKNOWN;
        }
        if (scan.wordLength() == 4 && joint == '.') {
            boolean three = scan.hasShape(at + 4, ".hhhh.hhhh") && isGroupEnd(scan, at + 14, '.');
            return three ? at + 14 : Recogniser.UNKNOWN;
        }
        if (scan.wordLength() != 2 || (joint != ':' && joint != '-')) {
            return Recogniser.UNKNOWN;
        }
        int end = at + 2;
        int pairs = 1;
        while (scan.at(end) == joint && Chars.isHex(scan.at(end + 1)) && Chars.isHex(scan.at(end + 2))) {
            end += 3;
            pairs++;
        }
        // Two pairs are a time, three one with seconds.
        return pairs >= (joint == ':' ? 5 : 6) && isGroupEnd(scan, end, joint) ? end : Recogniser.UNKNOWN;
    }

    private static boolean isGroupEnd(Scan scan, int end, char joint) {
        return !Chars.isWord(scan.at(end)) && !(scan.at(end) == joint && Chars.isWord(scan.at(end + 1)));
    }

    private static int ipv4(Scan scan, int at) {
        int end = ipv4End(scan, at);
        if (end < 0) {
            return Recogniser.UNKNOWN;
        }
        return reverseNameEnd(scan, portEnd(scan, networkEnd(scan, end)));
    }

    private static int ipv4End(Scan scan, int at) {
        int end = at;
        for (int part = 0; part < 4; part++) {
            int start = end;
            while (end - start < 3 && Chars.isDigit(scan.at(end))) {
                end++;
            }
            if (end == start || (part < 3 && scan.at(end) != '.')) {
                return Recogniser.UNKNOWN;
            }
            end += part < 3 ? 1 : 0;
        }
        boolean more = Chars.isWord(scan.at(end)) || (scan.at(end) == '.' && Chars.isWord(scan.at(end + 1)));
        return more ? Recogniser.UNKNOWN : end;
    }

    /** Returns the end of the length of a network's prefix, as in {@code /24}, or the offset itself. */
    private static int networkEnd(Scan scan, int at) {
        int end = at + 1;
        while (end - at <= 4 && Chars.isDigit(scan.at(end))) {
            end++;
        }
        boolean length = scan.at(at) == '/'
                && end > at + 1
                && end - at <= 4
                && !Chars.isWord(scan.at(end))
                && scan.at(end) != '/';
        return length ? end : at;
    }

    private static int portEnd(Scan scan, int at) {
        if (scan.at(at) != ':' || !Chars.isDigit(scan.at(at + 1))) {
            return at;
        }
        int end = at + 1;
        while (end - at <= 6 && Chars.isDigit(scan.at(end))) {
            end++;
        }
        return end - at > 6 || Chars.isWord(scan.at(end)) ? at : end;
    }

    /** Servers write the name of an address behind it in parentheses, which stay empty where it has none. */
    private static int reverseNameEnd(Scan scan, int at) {
        if (scan.at(at) != ' ' || scan.at(at + 1) != '(') {
            return at;
        }
        int end = at + 2;
        boolean dotted = false;
        while (end - at < 80 && (Chars.isWord(scan.at(end)) || scan.at(end) == '.' || scan.at(end) == '-')) {
            dotted |= scan.at(end) == '.';
            end++;
        }
        return scan.at(end) == ')' && (dotted || end == at + 2) ? end + 1 : at;
    }

    private static int ipv6(Scan scan, int at) {
        char before = scan.at(at - 1);
        if (before == ':' || Chars.isWord(before)) {
            return Recogniser.UNKNOWN;
        }
        int end = at;
        int colons = 0;
        boolean doubled = false;
        int part = 0;
        while (end - at < 46) {
            char c = scan.at(end);
            if (c == ':') {
                colons++;
                doubled |= scan.at(end + 1) == ':';
                part = 0;
            } else if (Chars.isHex(c) && part < 4) {
                part++;
            } else {
                break;
            }
            end++;
        }
        if (doubled && scan.at(end) == '.' && part > 0) {
            int mapped = ipv4End(scan, end - part);
            return mapped < 0 ? Recogniser.UNKNOWN : networkEnd(scan, mapped);
        }
        boolean whole = (!Chars.isWord(scan.at(end)) && scan.at(end - 1) != ':')
                || (doubled
                        && scan.at(end - 1) == ':'
                        && scan.at(end - 2) == ':'
                        && (colons > 2 || scan.at(end) == '/'));
        boolean address = whole && (colons == 7 || (doubled && colons >= 2 && colons <= 7 && end - at > 2));
        if (!address || !hasDigit(scan, at, end)) {
            return Recogniser.UNKNOWN;
        }
        if (scan.at(end) == '%' && Chars.isWord(scan.at(end + 1))) {
            end = scan.endOfWord(end + 1);
        }
        return scan.at(end) == ']' ? bracketedPortEnd(scan, end) : networkEnd(scan, end);
    }

    /** A port behind the bracket is a part of the address. */
    private static int bracketedPortEnd(Scan scan, int bracket) {
        int port = portEnd(scan, bracket + 1);
        return port > bracket + 1 ? port : bracket;
    }

    private static boolean hasDigit(Scan scan, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Chars.isDigit(scan.at(i))) {
                return true;
            }
        }
        return false;
    }

    private static int email(Scan scan, int at) {
        if (!scan.isNameRunStart(at)) {
            return Recogniser.UNKNOWN;
        }
        int local = scan.nameRunEnd(at);
        if (scan.at(local) == '+') {
            local = scan.endOfShortWord(local + 1);
        }
        if (scan.at(local) != '@' || !Chars.isWord(scan.at(local + 1))) {
            return Recogniser.UNKNOWN;
        }
        int end = local + 1;
        boolean dotted = false;
        while (end - local < 256
                && (Chars.isWord(scan.at(end))
                        || scan.at(end) == '-'
                        || (scan.at(end) == '.' && Chars.isWord(scan.at(end + 1))))) {
            dotted |= scan.at(end) == '.';
            end++;
        }
        // Object.toString of Java has the same form: Foo@1b2c3d. Its name says something, its hash does not.
        boolean hash = !dotted && scan.onlyHex(local + 1, end);
        return hash ? Recogniser.UNKNOWN : end;
    }

    private static int localHost(Scan scan, int at) {
        boolean local = scan.wordLength() == 9 && scan.startsWith(at, "localhost");
        return local ? portEnd(scan, scan.wordEnd()) : Recogniser.UNKNOWN;
    }

    private static int host(Scan scan, int at) {
        if (!scan.isNameRunStart(at)) {
            return Recogniser.UNKNOWN;
        }
        int end = scan.nameRunEnd(at);
        while (end > at && (scan.at(end - 1) == '.' || scan.at(end - 1) == '-')) {
            end--;
        }
        int port = portEnd(scan, end);
        boolean hasPort = port > end + 2;
        boolean named = isHostNamed(scan, at, end);
        if (end == scan.wordEnd()) {
            boolean served =
                    hasPort && (named || (scan.digits() > 0 && scan.letters() > 0) || isService(scan, at, end, port));
            return served ? port : Recogniser.UNKNOWN;
        }
        int dots = 0;
        boolean hyphen = false;
        boolean digit = false;
        boolean upper = false;
        int last = -1;
        for (int i = at; i < end; i++) {
            char c = scan.at(i);
            if (c == '.') {
                dots++;
                last = i;
            } else if (c == '_' || (c == '-' && i == at)) {
                return Recogniser.UNKNOWN;
            }
            hyphen |= c == '-';
            digit |= Chars.isDigit(c);
            upper |= Chars.isUpper(c);
        }
        int label = last + 1;
        if (dots == 0) {
            return hasPort ? reverseNameEnd(scan, port) : Recogniser.UNKNOWN;
        }
        if (named && !upper) {
            return reverseNameEnd(scan, port);
        }
        boolean reversed = REVERSED.contains(scan.text(), at, scan.wordEnd());
        if (reversed || !Chars.isLetter(scan.at(label))) {
            return Recogniser.UNKNOWN;
        }
        boolean file = FILE_ENDINGS.contains(scan.text(), label, end);
        boolean second = dots >= 2 && SECOND_LEVEL.contains(scan.text(), scan.labelStart(label - 1, at), label - 1);
        boolean country = end - label == 2
                && (second || (!file && (dots >= 2 || (hyphen && digit))))
                && Chars.isLower(scan.at(label));
        boolean known = TOP_LEVEL.contains(scan.text(), label, end) && (Chars.isLower(scan.at(label)) || dots >= 2);
        boolean numbered = hyphen && digit && !file && !upper;
        boolean labelled = dots >= 2 && !upper && FIRST_LABELS.contains(scan.text(), at, scan.wordEnd());
        boolean served = port >= end + 5 && !file && !upper;
        return served || country || known || numbered || labelled ? reverseNameEnd(scan, port) : Recogniser.UNKNOWN;
    }

    /** Tells whether the words before a name say that it is a host. */
    private static boolean isHostNamed(Scan scan, int at, int end) {
        if (scan.isAfter(at, HOST_WORDS, " =:'\"")) {
            return true;
        }
        boolean connected = scan.isAfter(at, TO, " '\"") && scan.secondWordIn(CONNECTING, " ");
        return connected || (scan.isAfter(at, SERVER_AT, " '\"") && scan.at(end) == '"');
    }

    /** A name with the port of a well-known service, unless it names a quantity. */
    private static boolean isService(Scan scan, int at, int end, int port) {
        return Chars.isLower(scan.at(at))
                && end - at >= 3
                && PORTS.contains(scan.text(), end + 1, port)
                && !QUANTITIES.contains(scan.text(), at, end);
    }

    /** Masks a host without a dot or a port where the words around it leave nothing else that it could be. */
    private static int bareHost(Scan scan, int at) {
        int end = scan.nameRunEnd(at);
        if (!scan.isNameRunStart(at) || !Chars.isLetter(scan.at(at)) || scan.isWordIn(NO_HOSTS)) {
            return Recogniser.UNKNOWN;
        }
        while (end > at && (scan.at(end - 1) == '.' || scan.at(end - 1) == '-')) {
            end--;
        }
        boolean resolved = scan.isAfter(at, RESOLVING, " :'\"")
                || (scan.isAfter(at, RESOLVED, " :'\"") && scan.secondWordIn(RESOLVE, " "))
                || (scan.isAfter(at, LOOKUP, " ") && scan.at(end) == ':');
        boolean hostAndPort = (scan.startsWith(end, " port ")
                        || scan.startsWith(end, ", port ")
                        || scan.startsWith(end, "\", port "))
                && (isHostNamed(scan, at, end) || scan.isAfter(at, TO, " '\"") || scan.isAfter(at, SERVER_AT, " '\""));
        return resolved || hostAndPort ? end : Recogniser.UNKNOWN;
    }

    private static final WordSet HOST_WORDS =
            WordSet.of("enotfound eai_again host hostname lookup resolve resolving tcp tcp4 tcp6 udp proxy");

    /** The last word before a host that only the words around it make known. */
    static final WordSet BEFORE_HOSTS =
            WordSet.of("enotfound eai_again host hostname lookup resolve resolving tcp tcp4 tcp6 udp proxy to at");

    private static final WordSet TO = WordSet.of("to");
    private static final WordSet SERVER_AT = WordSet.of("at");
    private static final WordSet CONNECTING =
            WordSet.of("connect connecting connected connection reconnect connections");
    private static final WordSet RESOLVING = WordSet.of("enotfound eai_again");
    private static final WordSet RESOLVED = WordSet.of("host hostname");
    private static final WordSet RESOLVE = WordSet.of("resolve unknown resolving resolved");
    private static final WordSet LOOKUP = WordSet.of("lookup");
    private static final WordSet NO_HOSTS =
            WordSet.of("host hostname name the a an failed of in for is was not could dns server port");
    private static final WordSet FIRST_LABELS = WordSet.of("www api mail smtp imap ftp cdn ns1 ns2 ip");
    private static final WordSet PORTS = WordSet.of("""
            80 443 8080 8443 5432 3306 6379 27017 9092 5672 15672 9200 2181 11211 1433 1521 50051
            """);
    private static final WordSet QUANTITIES = WordSet.of("""
            line col column port size count length timeout total status code error errno retry retries limit offset
            index row rows page width height attempt attempts took age items max min time elapsed bytes
            """);

    private static int path(Scan scan, int at) {
        char before = scan.at(at - 1);
        if (Chars.isWord(before) || ("/.~)>%\\-".indexOf(before) >= 0 && before != Scan.END)) {
            return Recogniser.UNKNOWN;
        }
        int start = at;
        if (scan.at(start) == '~') {
            start++;
        }
        while (start - at < 3 && scan.at(start) == '.') {
            start++;
        }
        if (scan.at(start) != '/' || !isPathSign(scan.at(start + 1)) || scan.at(start + 1) == '/') {
            return Recogniser.UNKNOWN;
        }
        if (scan.isAfter(at, METHODS, " \"")) {
            return Recogniser.UNKNOWN;
        }
        return trimmed(scan, at, pathEnd(scan, start));
    }

    private static int relativePath(Scan scan, int at) {
        if (!scan.isNameRunStart(at) || scan.at(at - 1) == '/') {
            return Recogniser.UNKNOWN;
        }
        int slash = scan.nameRunEnd(at);
        if (scan.at(slash) != '/' || !Chars.isWord(scan.at(slash + 1))) {
            return Recogniser.UNKNOWN;
        }
        int end = trimmed(scan, at, pathEnd(scan, slash));
        int slashes = 0;
        int dot = -1;
        for (int i = slash; i < end; i++) {
            if (scan.at(i) == '/') {
                slashes++;
                dot = -1;
            } else if (scan.at(i) == '.') {
                dot = i;
            }
        }
        boolean file = dot > 0 && end - dot >= 2 && end - dot <= 6 && Chars.isLower(scan.at(dot + 1));
        return file || slashes >= 3 ? end : Recogniser.UNKNOWN;
    }

    private static int windowsPath(Scan scan, int at) {
        boolean drive = scan.wordLength() == 1
                && scan.at(at + 1) == ':'
                && (scan.at(at + 2) == '\\' || scan.at(at + 2) == '/')
                && scan.at(at + 3) != '/';
        if (!drive) {
            return Recogniser.UNKNOWN;
        }
        int end = at + 2;
        while (end < scan.to() && (isPathSign(scan.at(end)) || scan.at(end) == '\\')) {
            end++;
        }
        return trimmed(scan, at, end);
    }

    private static int sharePath(Scan scan, int at) {
        char before = scan.at(at - 1);
        boolean share = scan.at(at + 1) == '\\'
                && Chars.isWord(scan.at(at + 2))
                && !Chars.isWord(before)
                && before != '\\'
                && before != ':';
        if (!share) {
            return Recogniser.UNKNOWN;
        }
        int end = at + 2;
        boolean folder = false;
        while (end < scan.to() && (isPathSign(scan.at(end)) || scan.at(end) == '\\')) {
            folder |= scan.at(end) == '\\';
            end++;
        }
        return folder ? trimmed(scan, at, end) : end;
    }

    private static int pathEnd(Scan scan, int start) {
        int end = start;
        while (end < scan.to() && isPathSign(scan.at(end))) {
            end++;
        }
        return end;
    }

    private static int trimmed(Scan scan, int start, int end) {
        int trimmed = end;
        while (trimmed > start + 1 && (scan.at(trimmed - 1) == '.' || scan.at(trimmed - 1) == '-')) {
            trimmed--;
        }
        return trimmed;
    }

    static boolean isPathSign(char c) {
        return Chars.isWord(c)
                || c == '/'
                || c == '.'
                || c == '-'
                || c == '+'
                || c == '~'
                || c == '%'
                || c == '@'
                || c == '$'
                || c == '#';
    }
}
