package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises identities: UUIDs, hashes, ids, addresses in memory, names of users. */
final class IdMasks {

    private static final String JOINTS = " =:#(\"'[`";

    /** A value that one of these is given, as in {@code id=…}, is an identity. */
    private static final WordSet ID_KEYS = WordSet.of("""
            id uid gid euid pid tid uuid guid userid user_id sessionid session_id requestid request_id traceid
            trace_id spanid span_id orderid order_id threadid thread_id correlationid correlation_id transactionid
            transaction_id runid run_id jobid job_id taskid task_id messageid message_id tenantid tenant_id
            customerid customer_id accountid account_id nonce etag sessid user username ruser login logname
            """);

    /** What stands behind one of these, if it has a digit, is an identity. */
    private static final WordSet ID_WORDS = WordSet.of("""
            thread user session id request order trace span correlation transaction tx job task run connection conn
            conversation customer account tenant message event commit revision build container pod instance worker
            node batch invoice payment cart item sku object document record token hash digest key chat channel room
            device agent call block lock process execution workflow ref cookie client stream
            """);

    private static final WordSet NO_VALUES = WordSet.of("""
            null none nil undefined true false nan unknown missing empty invalid
            """);

    /** What one of these is given is the name or the address of a machine. */
    private static final WordSet HOST_KEYS = WordSet.of("host rhost hostname peer node server remote addr address");

    private static final WordSet USER_WORDS = WordSet.of("user username login");
    private static final WordSet CONTAINER = WordSet.of("container");
    private static final WordSet FOR = WordSet.of("for");
    private static final WordSet FROM = WordSet.of("from");
    private static final WordSet BEHIND_USER = WordSet.of("from by at on via");

    /** Words behind "user" that speak about it and are not its name. */
    private static final WordSet NO_NAMES = WordSet.of("""
            not is has was does did could cannot can must should already with without and or in of to for from by at
            on via agent name input interface id request account session data error denied disabled locked exists
            exist found logged login logout rejected deleted created updated blocked banned expired inactive
            unauthorized failed profile service permissions role token password email info details settings action
            abort aborted cancelled canceled timeout form page group groups object record unauthenticated
            authenticated forbidden mode space first
            """);

    private IdMasks() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.mask("masked", "already masked", c -> c == '<', IdMasks::placeholder),
                Recogniser.mask("uuid", "UUID", Chars::isHex, IdMasks::uuid),
                Recogniser.mask(
                        "address",
                        "address in memory or other hexadecimal number",
                        c -> c == '0',
                        IdMasks::prefixedHex),
                Recogniser.mask("id", "value of a key that names an identity", Chars::isWord, IdMasks::valueOfKey),
                Recogniser.mask("hash", "hexadecimal id or hash", Chars::isHex, IdMasks::hex),
                Recogniser.mask("id", "follows a word for something that has an id", Chars::isWord, IdMasks::afterWord),
                Recogniser.mask(
                        "id",
                        "letters and digits mixed as in ids",
                        Chars::isLetter,
                        Recogniser.Need.DIGIT,
                        IdMasks::mixed));
    }

    private static int placeholder(Scan scan, int at) {
        return scan.startsWith(at, Claims.VARIABLE) ? at + Claims.VARIABLE.length() : Recogniser.UNKNOWN;
    }

    private static int uuid(Scan scan, int at) {
        boolean uuid = scan.wordLength() == 8
                && scan.isHexOnly()
                && scan.hasShape(at + 8, "-hhhh-hhhh-hhhh-hhhhhhhhhhhh")
                && !Chars.isWord(scan.at(at + 36));
        return uuid ? at + 36 : Recogniser.UNKNOWN;
    }

    private static int prefixedHex(Scan scan, int at) {
        char x = scan.at(at + 1);
        return (x == 'x' || x == 'X') && Chars.isHex(scan.at(at + 2)) ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    private static int valueOfKey(Scan scan, int at) {
        boolean given = scan.followsLastWord(at, " =\"'") && scan.hasSignBetween(scan.lastEnd(), at, "=");
        // In "user= host=a" the first key has no value: what follows it is the next key.
        boolean nextKey = scan.at(scan.wordEnd()) == '=' && scan.at(at - 1) == ' ';
        if (!given || nextKey || scan.isWordIn(NO_VALUES)) {
            return Recogniser.UNKNOWN;
        }
        if (scan.lastWordIn(HOST_KEYS) && scan.isNameRunStart(at)) {
            return scan.nameRunEnd(at);
        }
        return scan.lastWordIn(ID_KEYS) ? idEnd(scan) : Recogniser.UNKNOWN;
    }

    private static int hex(Scan scan, int at) {
        boolean hash = scan.isHexOnly()
                && scan.letters() > 0
                && ((scan.digits() > 0 && scan.wordLength() >= 4) || scan.wordLength() >= 8);
        return hash ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    private static int afterWord(Scan scan, int at) {
        int end = scan.wordEnd();
        boolean negative = scan.at(end - 1) == '_' && scan.at(end) == '-' && Chars.isDigit(scan.at(end + 1));
        if (scan.isUnderscored() && scan.isAfter(at, CONTAINER, JOINTS)) {
            // Docker names what has no name after an adjective and a person: focused_turing.
            return end;
        }
        // A number may have a unit or more behind it, which those who know numbers take along.
        boolean number = scan.letters() == 0 && !scan.isUnderscored() && scan.at(end) != '-';
        if (((scan.digits() > 0 && !number) || negative) && scan.isAfter(at, ID_WORDS, JOINTS)) {
            return idEnd(scan);
        }
        return isUserName(scan, at) ? idEnd(scan) : Recogniser.UNKNOWN;
    }

    /** A name stands behind "user" or between "for" and "from", and before what says where that user is. */
    private static boolean isUserName(Scan scan, int at) {
        boolean user = scan.isAfter(at, USER_WORDS, " ");
        boolean client = !user && scan.isAfter(at, FOR, " ");
        if ((!user && !client) || scan.isWordIn(NO_NAMES) || scan.isWordIn(NO_VALUES)) {
            return false;
        }
        int end = scan.wordEnd();
        if (user && (end == scan.to() || scan.startsWith(end, " ["))) {
            return true;
        }
        int next = end + 1;
        int nextEnd = scan.at(end) == ' ' ? scan.endOfShortWord(next) : next;
        return user
                ? BEHIND_USER.contains(scan.text(), next, nextEnd)
                : FROM.contains(scan.text(), next, nextEnd) && Chars.isDigit(scan.at(nextEnd + 1));
    }

    /** An id goes on behind hyphens and dots as long as a word follows at once. */
    private static int idEnd(Scan scan) {
        int end = scan.wordEnd();
        while ((scan.at(end) == '-') && Chars.isWord(scan.at(end + 1))) {
            end = scan.endOfWord(end + 1);
        }
        return end;
    }

    private static int mixed(Scan scan, int at) {
        if (scan.digits() == 0) {
            return Recogniser.UNKNOWN;
        }
        if (scan.isUnderscored()) {
            return Recogniser.UNKNOWN;
        }
        boolean random = scan.changes() >= 3 || (scan.changes() == 2 && scan.digits() >= 3 && scan.wordLength() >= 8);
        return random ? scan.wordEnd() : Recogniser.UNKNOWN;
    }
}
