package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises numbers and names with digits that say what went wrong: status, close, exit and error codes, protocols. */
final class CodeKeeps {

    private static final String JOINTS = " =:(\"'[<#`>";
    private static final int LONGEST_CODE = 5;

    /** A number behind one of these is a code whatever it is. */
    private static final WordSet CODE_WORDS = WordSet.of("""
            code errorcode error_code errcode err_code statuscode status_code exitcode exit_code closecode
            close_code returncode return_code retcode rc errno winerror signal sig signo hresult exited rcode
            vendorcode responsecode response_code http_code httpcode resultcode result_code grpc_status msgid ret hr ntstatus
            grpc grpcstatus curl curle sqlcode sqlerrorcode alert errornumber error_number exitstatus exit_status
            exitvalue closestatus
            """);

    /** A three-digit number behind one of these is an HTTP status. */
    private static final WordSet STATUS_WORDS = WordSet.of("""
            status http https returned returns return response responded statuscode httpstatus http_status got
            received receive expected expect assert answered replied was error be is equal equals but want wanted
            actual httperror responseerror statuserror failed unexpected rejected answer reply gave httpexception
            client server a of with
            """);

    /** These say that a status follows only together with a word before them. */
    private static final WordSet WEAK_STATUS_WORDS =
            WordSet.of("was is be equal equals but a of with failed client server");

    private static final WordSet STATUS_LEADERS = WordSet.of("""
            status code response responded answered replied expected expect to but failed rejected completed http
            https returned ended server not statuscode status_code fails request but actual and error
            """);

    private static final WordSet EXIT_WORDS = WordSet.of("exit exited exits terminated status killed nonzero zero");

    private static final WordSet CLOSE_WORDS = WordSet.of("received sent close closed closing");

    /** First words of the reason phrases in RFC 9110, section 15, and RFC 6585. */
    private static final WordSet REASONS = WordSet.of("""
            ok created accepted no partial moved found see not temporary permanent bad unauthorized payment
            forbidden method proxy request conflict gone length precondition content payload uri unsupported range
            expectation misdirected unprocessable locked failed too upgrade internal service gateway http
            insufficient client server im unavailable teapot
            """);

    /** Status codes of the gRPC library, in words; a number before one is its number. */
    private static final WordSet GRPC = WordSet.of("""
            cancelled unknown invalid_argument deadline_exceeded not_found already_exists permission_denied
            resource_exhausted failed_precondition aborted out_of_range unimplemented internal unavailable data_loss
            unauthenticated
            """);

    private static final WordSet SQL_WORDS = WordSet.of("sqlstate sql_state pgcode sqlcode sqlerrorcode");

    /** What stands before the version of a protocol or the size of an algorithm. */
    private static final WordSet PROTOCOLS = WordSet.of("""
            http https tls ssl tlsv sslv dtls mqtt socks oauth utf iso sha aes rsa rfc amqp smtp ipv websocket
            ecdsa hmac jsonrpc soap ssh
            """);

    /** Names that contain digits and are no numbers. */
    private static final WordSet NAMES = WordSet.of("""
            utf8 utf16 utf32 base64 base64url base32 base58 sha1 sha256 sha384 sha512 md5 ipv4 ipv6 http2 http3 h2
            h2c h3 oauth1 oauth2 x86 x64 x86_64 amd64 arm64 int8 int16 int32 int64 uint8 uint16 uint32 uint64
            float16 float32 float64 i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 s3 ec2 k8s i18n l10n a11y log4j log4j2
            slf4j neo4j x509 rs256 rs384 rs512 hs256 hs384 hs512 es256 es384 ps256 p256 p12 pkcs1 pkcs7 pkcs8 pkcs12
            lz4 bzip2 mp3 mp4 h264 h265 e2e p2p b2b web3 python2 python3 py2 py3 psycopg2 urllib3 boto3 jinja2
            sqlite3 db2 2fa 3d 2d 4xx 5xx 3xx 2xx 1xx 1st 2nd 3rd 7z tls1 ssl3 socks4 socks5 oauth20 win32 win64
            ed25519 secp256k1 blake2b crc32 adler32 iso8601 rfc3339 latin1 cp1252 windows1252 vt100 ssh2 ext4 ext3
            ntp4 dhcp4 dhcp6 icmp6 tcp4 tcp6 udp4 udp6 ip4 ip6 v4 v6 r2dbc junit4 junit5 vue2 vue3 angular2 es5 es6
            es2015 html5 css3 s3a s3n
            """);

    /** Beginnings of error codes that vendors number, such as Oracle's ORA-00942 or TypeScript's TS2345. */
    private static final WordSet VENDORS = WordSet.of("""
            ora pls tns ts cs lnk msb sp2 sqlcode db2 cve ps nu mysql jls hv kb cwe pep sql rpc js dpi dpy net
            vb aadsts eslint netsdk ide exit error err
            """);

    private CodeKeeps() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.keep("protocol-version", "version of a protocol", Chars::isLetter, CodeKeeps::protocolName),
                Recogniser.keep("sqlstate", "SQLSTATE", Chars::isWord, Recogniser.Need.DIGIT, CodeKeeps::sqlState),
                Recogniser.keep("vendor-code", "numbered error of a vendor", Chars::isUpper, CodeKeeps::vendorCode),
                Recogniser.keep(
                        "signal", "name of a signal", c -> c == 'S', Recogniser.Need.DIGIT, CodeKeeps::signalName),
                Recogniser.keep(
                        "error-code",
                        "numbered error",
                        c -> c == 'E' || c == 'H' || c == 'R',
                        Recogniser.Need.DIGIT,
                        CodeKeeps::letteredCode),
                Recogniser.keep(
                        "windows-code",
                        "HRESULT or NTSTATUS",
                        c -> c == '0',
                        Recogniser.Need.DIGIT,
                        CodeKeeps::windowsCode),
                Recogniser.keep("code", "follows two words for a code", CodeKeeps::isNumeric, CodeKeeps::namedCode),
                Recogniser.keep("code", "follows a word for a code", CodeKeeps::isNumeric, CodeKeeps::code),
                Recogniser.keep("exit-code", "exit code of a process", CodeKeeps::isNumeric, CodeKeeps::exitCode),
                Recogniser.keep("close-code", "WebSocket close code", Chars::isDigit, CodeKeeps::closeCode),
                Recogniser.keep("grpc-code", "gRPC status code", Chars::isDigit, CodeKeeps::grpcCode),
                Recogniser.keep("http-status", "HTTP status", Chars::isDigit, CodeKeeps::httpStatus),
                Recogniser.keep("error-code", "numbered error", Chars::isDigit, CodeKeeps::errorNumber));
    }

    /** Names with digits, which are asked for behind hosts and files, since those may have such names as a part. */
    static Recogniser names() {
        return Recogniser.keep(
                "name", "a name, although it has digits", Chars::isWord, Recogniser.Need.DIGIT, CodeKeeps::name);
    }

    private static boolean isNumeric(char c) {
        return Chars.isDigit(c) || c == '-';
    }

    /** Words such as TLSv1.3 and IPv6, and HTTP/1.1 with the status behind it. */
    private static int protocolName(Scan scan, int at) {
        if (scan.digits() == 0 && !scan.isWordIn(PROTOCOLS)) {
            return Recogniser.UNKNOWN;
        }
        int nameEnd = at;
        while (nameEnd - at < 12 && Chars.isLetter(scan.at(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == at || !PROTOCOLS.contains(scan.text(), at, nameEnd)) {
            return Recogniser.UNKNOWN;
        }
        char next = scan.at(nameEnd);
        int versionStart = nameEnd;
        if (next == '/' || next == '-' || next == ' ' || next == '.') {
            versionStart++;
            versionStart += scan.at(versionStart) == 'v' ? 1 : 0;
        }
        boolean spacedHttp = next == ' ' && (scan.startsWith(at, "HTTP") || nameEnd - at < 3);
        int end = versionEnd(scan, versionStart);
        if (end < 0 || spacedHttp || (end - versionStart > 5 && next == ' ')) {
            return Recogniser.UNKNOWN;
        }
        if (scan.startsWith(at, "HTTP/")
                && scan.at(end) == ' '
                && scan.hasShape(end + 1, "ddd")
                && !Chars.isWord(scan.at(end + 4))) {
            return end + 4;
        }
        return end;
    }

    /** Returns the end of a version of at most two digits a part and three parts, or of a size such as 256. */
    private static int versionEnd(Scan scan, int at) {
        int end = at;
        while (end - at < 5 && Chars.isDigit(scan.at(end))) {
            end++;
        }
        if (end == at) {
            return Recogniser.UNKNOWN;
        }
        int first = end;
        for (int part = 0; part < 2 && scan.at(end) == '.' && Chars.isDigit(scan.at(end + 1)); part++) {
            end += 2;
        }
        return Chars.isWord(scan.at(end)) || (end > first && first - at > 2) ? Recogniser.UNKNOWN : end;
    }

    private static int name(Scan scan, int at) {
        if (scan.digits() == 0 || scan.letters() == 0) {
            return Recogniser.UNKNOWN;
        }
        char next = scan.at(scan.wordEnd());
        boolean goesOn = (next == '.' || next == '-') && Chars.isDigit(scan.at(scan.wordEnd() + 1));
        boolean version = scan.letters() == 1 && (scan.at(at) == 'v' || scan.at(at) == 'V');
        if ((version || (scan.letters() == 1 && next == '-')) && goesOn) {
            return Recogniser.UNKNOWN;
        }
        if (scan.isWordIn(NAMES)) {
            return scan.wordEnd();
        }
        return version && scan.wordLength() <= 3 ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    private static int signalName(Scan scan, int at) {
        return scan.startsWith(at, "SIGUSR") && scan.wordLength() == 7 ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    /** MongoDB's E11000, Linux's E2BIG, and what follows a word for a code, such as H12. */
    private static int letteredCode(Scan scan, int at) {
        boolean mongo = scan.at(at) == 'E'
                && scan.wordLength() == 6
                && scan.digits() == 5
                && scan.at(at + 1) == '1'
                && !isJointed(scan.at(at - 1));
        boolean told = scan.letters() == 1
                && scan.wordLength() <= LONGEST_CODE
                && Chars.isLetter(scan.at(at))
                && scan.isAfter(at, TOLD_CODES, " =:(\"'[");
        return mongo || told || (scan.startsWith(at, "E2BIG") && scan.wordLength() == 5)
                ? scan.wordEnd()
                : Recogniser.UNKNOWN;
    }

    private static boolean isJointed(char before) {
        return before == '-' || before == '_' || before == '/' || before == '.';
    }

    private static final WordSet TOLD_CODES = WordSet.of("code error errorcode error_code err");

    /** Eight hexadecimal digits whose first say that it is an error of Windows, unless the words say it is an address. */
    private static int windowsCode(Scan scan, int at) {
        if (scan.wordLength() != 10 || (scan.at(at + 1) != 'x' && scan.at(at + 1) != 'X')) {
            return Recogniser.UNKNOWN;
        }
        boolean code = scan.onlyHex(at + 2, scan.wordEnd())
                && isWindowsError(scan, at + 2)
                && !scan.isAfter(at, MEMORY, JOINTS)
                && (scan.at(at - 1) != '=' || scan.isAfter(at, RESULTS, "="));
        return code ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    /** HRESULT has facilities of up to three digits, of which the first has few codes; NTSTATUS has one facility for most. */
    private static boolean isWindowsError(Scan scan, int at) {
        if (scan.hasShape(at, "8000")) {
            return scan.hasShape(at + 4, "4")
                    || scan.hasShape(at + 4, "000")
                    || scan.hasShape(at + 4, "FFFF")
                    || scan.hasShape(at + 4, "ffff");
        }
        char facility = scan.at(at + 2);
        return scan.hasShape(at, "80")
                ? facility <= '2'
                : (scan.hasShape(at, "c0") || scan.hasShape(at, "C0")) && (facility == '0' || facility == '2');
    }

    /** What is given as one of these may be such a code; what is given as another is a set of flags or an address. */
    private static final WordSet RESULTS = WordSet.of("""
            hr hresult status ntstatus code result error err errorcode error_code ret rc retval exception lasterror
            scode exitcode exit_code reason win32error
            """);

    private static final WordSet MEMORY = WordSet.of("at address addr pointer ptr memory object offset rip pc");

    /** A number behind two words that together say that it is one of a kind of code. */
    private static int namedCode(Scan scan, int at) {
        boolean number = (scan.isAfter(at, NUMBER_WORDS, JOINTS) && scan.secondWordIn(NUMBERED, " -:_"))
                || (scan.isAfter(at, STATUS_OF, JOINTS) && scan.secondWordIn(STATUSES, " -_"))
                || (scan.isAfter(at, MESSAGE, " ") && scan.at(scan.wordEnd()) == ',');
        return number ? shortNumber(scan, at) : Recogniser.UNKNOWN;
    }

    private static final WordSet NUMBER_WORDS = WordSet.of("number no returned error");
    private static final WordSet NUMBERED = WordSet.of("alert error curl libcurl dns grpc sql");
    private static final WordSet STATUS_OF = WordSet.of("status error");
    private static final WordSet STATUSES = WordSet.of("grpc curl libcurl exit");
    private static final WordSet MESSAGE = WordSet.of("msg");

    private static int sqlState(Scan scan, int at) {
        boolean five = scan.wordLength() == 5 && scan.digits() > 0;
        boolean told = five && (scan.isAfter(at, SQL_WORDS, JOINTS) || isBehindErrorNumber(scan, at));
        return told ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    /** MySQL writes {@code ERROR 1045 (28000)}. */
    private static boolean isBehindErrorNumber(Scan scan, int at) {
        if (scan.at(at - 1) != '('
                || scan.at(at - 2) != ' '
                || scan.at(at + 5) != ')'
                || !scan.lastWordIn(ERROR_NUMBER_WORDS)) {
            return false;
        }
        int digit = at - 3;
        while (at - digit < 8 && Chars.isDigit(scan.at(digit))) {
            digit--;
        }
        return digit < at - 3 && digit == scan.lastEnd();
    }

    private static int vendorCode(Scan scan, int at) {
        int nameEnd = at;
        while (nameEnd - at < 7 && Chars.isUpper(scan.at(nameEnd))) {
            nameEnd++;
        }
        int digitsStart = scan.at(nameEnd) == '-' ? nameEnd + 1 : nameEnd;
        int end = scan.at(digitsStart) == END ? digitsStart : boundedDigits(scan, digitsStart, 6);
        if (end - digitsStart < 3 || Chars.isWord(scan.at(end))) {
            return Recogniser.UNKNOWN;
        }
        boolean afterError = nameEnd - at <= 3 && nameEnd > at && scan.isAfter(at, ERROR_WORDS, JOINTS);
        boolean vendor = VENDORS.contains(scan.text(), at, nameEnd) && end - digitsStart >= 4;
        return vendor || afterError ? end : Recogniser.UNKNOWN;
    }

    private static final char END = Scan.END;
    private static final WordSet ERROR_WORDS = WordSet.of("error code err warning fatal errno e");

    private static int boundedDigits(Scan scan, int at, int most) {
        int end = at;
        while (end - at <= most && Chars.isDigit(scan.at(end))) {
            end++;
        }
        return end;
    }

    /** Returns the end of a whole number of at most five digits, its sign included, if that is all that stands there. */
    private static int shortNumber(Scan scan, int at) {
        int start = scan.at(at) == '-' ? at + 1 : at;
        int end = boundedDigits(scan, start, LONGEST_CODE);
        if (end == start || end - start > LONGEST_CODE || Chars.isWord(scan.at(end))) {
            return Recogniser.UNKNOWN;
        }
        boolean decimal = scan.at(end) == '.' && Chars.isDigit(scan.at(end + 1));
        return decimal || scan.at(end) == '%' ? Recogniser.UNKNOWN : end;
    }

    /** Returns the end of a code of as many digits as Windows needs to write 32 bits as a decimal number. */
    private static int longNumber(Scan scan, int at) {
        int end = shortNumber(scan, at);
        if (end > 0) {
            return end;
        }
        int start = scan.at(at) == '-' ? at + 1 : at;
        int last = boundedDigits(scan, start, 10);
        boolean severe = last - start == 10 && !Chars.isWord(scan.at(last)) && "123".indexOf(scan.at(start)) >= 0;
        return severe && (start > at || scan.at(start) >= '3') ? last : Recogniser.UNKNOWN;
    }

    private static boolean isThreeDigits(Scan scan, int at) {
        return scan.hasShape(at, "ddd") && scan.at(at) >= '1' && scan.at(at) <= '5';
    }

    private static int code(Scan scan, int at) {
        if (!scan.isAfter(at, CODE_WORDS, JOINTS)) {
            return Recogniser.UNKNOWN;
        }
        // Windows writes its codes as eight hexadecimal digits: 0x80070005.
        boolean hex = scan.startsWith(at, "0x") && scan.wordLength() == 10 && scan.onlyHex(at + 2, scan.wordEnd());
        return hex ? scan.wordEnd() : longNumber(scan, at);
    }

    private static int exitCode(Scan scan, int at) {
        boolean exit = (scan.isAfter(at, EXIT_WORDS, JOINTS) && !scan.lastWordIn(STATUS_ONLY))
                || (scan.isAfter(at, WITH_OR_STATUS, JOINTS) && scan.secondWordIn(EXIT_WORDS, " -"));
        int end = exit ? longNumber(scan, at) : Recogniser.UNKNOWN;
        return end - at > 3 && end - at < 10 ? Recogniser.UNKNOWN : end;
    }

    private static final WordSet STATUS_ONLY = WordSet.of("status killed terminated zero nonzero");
    private static final WordSet WITH_OR_STATUS = WordSet.of("with status by value on");

    private static int closeCode(Scan scan, int at) {
        if (!scan.hasShape(at, "dddd") || scan.at(at) < '1' || scan.at(at) > '4' || Chars.isWord(scan.at(at + 4))) {
            return Recogniser.UNKNOWN;
        }
        boolean named = scan.at(at + 4) == ' ' && scan.at(at + 5) == '(';
        boolean told = scan.isAfter(at, CLOSE_WORDS, JOINTS)
                || (scan.isAfter(at, WITH_OR_STATUS, " ") && scan.secondWordIn(CLOSE_WORDS, " "));
        boolean closing = told && (named || !scan.lastWordIn(AMOUNT_WORDS));
        return closing ? at + 4 : Recogniser.UNKNOWN;
    }

    private static final WordSet AMOUNT_WORDS = WordSet.of("received sent");

    private static int grpcCode(Scan scan, int at) {
        int end = boundedDigits(scan, at, 2);
        if (end - at > 2
                || scan.at(end) != ' '
                || !Chars.isUpper(scan.at(end + 1))
                || !Chars.isUpper(scan.at(end + 2))) {
            return Recogniser.UNKNOWN;
        }
        int wordEnd = end + 1;
        while (wordEnd - end < 24 && Chars.isWord(scan.at(wordEnd))) {
            wordEnd++;
        }
        return GRPC.contains(scan.text(), end + 1, wordEnd) ? end : Recogniser.UNKNOWN;
    }

    private static int httpStatus(Scan scan, int at) {
        if (scan.wordLength() != 3
                || !isThreeDigits(scan, at)
                || (scan.at(at + 3) == '.' && Chars.isDigit(scan.at(at + 4)))) {
            return Recogniser.UNKNOWN;
        }
        boolean told = scan.isAfter(at, STATUS_WORDS, JOINTS + ",")
                && (!scan.lastWordIn(WEAK_STATUS_WORDS) || scan.secondWordIn(STATUS_LEADERS, " _:,"));
        boolean behindProtocol = scan.at(at - 1) == ' ' && scan.at(at - 2) == '"' && Chars.isDigit(scan.at(at - 3));
        boolean compared = scan.isAssertion() && isCompared(scan, at) && HttpStatus.isKnown(scan.text(), at);
        boolean reasoned = HttpStatus.isKnown(scan.text(), at) && hasReason(scan, at + 3);
        if (told
                && (UNIT.contains(scan.text(), at + 4, scan.endOfShortWord(at + 4))
                        || !HttpStatus.isKnown(scan.text(), at))) {
            told = scan.lastWordIn(STRONG_STATUS_WORDS);
        }
        return told || behindProtocol || compared || reasoned ? at + 3 : Recogniser.UNKNOWN;
    }

    private static final WordSet STRONG_STATUS_WORDS = WordSet.of("status http statuscode httpstatus http_status");
    private static final WordSet UNIT = WordSet.of("""
            ms s sec seconds millis milliseconds bytes byte kb mb items rows records messages times chunks requests
            events lines entries elements results retries attempts tests minutes users files of
            """);

    private static boolean isCompared(Scan scan, int at) {
        int before = at - 1;
        while (at - before < 4 && (scan.at(before) == ' ' || scan.at(before) == '\'' || scan.at(before) == '<')) {
            before--;
        }
        int after = at + 3;
        while (after - at < 7 && scan.at(after) == ' ') {
            after++;
        }
        return scan.at(before) == '='
                || scan.at(after) == '='
                || scan.startsWith(after, "!=")
                || scan.startsWith(after, "in ");
    }

    private static boolean hasReason(Scan scan, int at) {
        int start = scan.at(at) == ' ' ? at + 1 : at + 2;
        boolean gap = scan.at(at) == ' ' || (scan.at(at) == ':' && scan.at(at + 1) == ' ');
        if (gap && scan.at(start) == '(') {
            start++;
        }
        return gap && Chars.isUpper(scan.at(start)) && REASONS.contains(scan.text(), start, scan.endOfShortWord(start));
    }

    private static int errorNumber(Scan scan, int at) {
        boolean error = scan.isAfter(at, ERROR_NUMBER_WORDS, " #(");
        // SQL Server writes "Error: 1205, Severity: 13", where "Error" may have been taken for the type.
        boolean severity = !error && scan.letters() == 0 && scan.startsWith(scan.wordEnd(), ", Severity");
        int end = error || severity ? shortNumber(scan, at) : Recogniser.UNKNOWN;
        return end > 0 && scan.at(end) == ' ' && UNIT.contains(scan.text(), end + 1, scan.endOfShortWord(end + 1))
                ? Recogniser.UNKNOWN
                : end;
    }

    private static final WordSet ERROR_NUMBER_WORDS = WordSet.of("error errno oserror err");
}
