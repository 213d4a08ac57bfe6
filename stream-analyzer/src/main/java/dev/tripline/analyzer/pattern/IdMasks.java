package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises identities: UUIDs, hashes, ids, addresses in memory, names of users. */
final class IdMasks {

    private static final String JOINTS = " =:#(\"'[`";

    /** A value that one of these is given, as in {@code id=…}, is an identity. */
    private static final WordSet ID_KEYS = WordSet.of(
            "id",
            "uid",
            "gid",
            "euid",
            "pid",
            "tid",
            "uuid",
            "guid",
            "userid",
            "user_id",
            "sessionid",
            "session_id",
            "requestid",
            "request_id",
            "traceid",
            "trace_id",
            "spanid",
            "span_id",
            "orderid",
            "order_id",
            "threadid",
            "thread_id",
            "correlationid",
            "correlation_id",
            "transactionid",
            "transaction_id",
            "runid",
            "run_id",
            "jobid",
            "job_id",
            "taskid",
            "task_id",
            "messageid",
            "message_id",
            "tenantid",
            "tenant_id",
            "customerid",
            "customer_id",
            "accountid",
            "account_id",
            "nonce",
            "etag",
            "sessid",
            "user",
            "username",
            "ruser",
            "login",
            "logname");

    /** What stands behind one of these, if it has a digit, is an identity. */
    private static final WordSet ID_WORDS = WordSet.of(
            "thread",
            "user",
            "session",
            "id",
            "request",
            "order",
            "trace",
            "span",
            "correlation",
            "transaction",
            "tx",
            "job",
            "task",
            "run",
            "connection",
            "conn",
            "conversation",
            "customer",
            "account",
            "tenant",
            "message",
            "event",
            "commit",
            "revision",
            "build",
            "container",
            "pod",
            "instance",
            "worker",
            "node",
            "batch",
            "invoice",
            "payment",
            "cart",
            "item",
            "sku",
            "object",
            "document",
            "record",
            "token",
            "hash",
            "digest",
            "key",
            "chat",
            "channel",
            "room",
            "device",
            "agent",
            "call",
            "block",
            "lock",
            "process",
            "execution",
            "workflow",
            "ref",
            "cookie",
            "client",
            "stream");

    private static final WordSet NO_VALUES = WordSet.of(
            "null",
            "none",
            "nil",
            "undefined",
            "true",
            "false",
            "nan",
            "unknown",
            "anonymous",
            "missing",
            "empty",
            "invalid");

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
                Recogniser.mask("id", "letters and digits mixed as in ids", Chars::isLetter, IdMasks::mixed));
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
        boolean given = scan.followsLastWord(at, " =:\"'") && scan.hasSignBetween(scan.lastEnd(), at, "=");
        boolean id = given && scan.lastWordIn(ID_KEYS);
        return !id || scan.isWordIn(NO_VALUES) ? Recogniser.UNKNOWN : idEnd(scan);
    }

    private static int hex(Scan scan, int at) {
        boolean hash = scan.isHexOnly()
                && scan.letters() > 0
                && (scan.digits() > 0 && scan.wordLength() >= 4 || scan.wordLength() >= 12);
        return hash ? scan.wordEnd() : Recogniser.UNKNOWN;
    }

    private static int afterWord(Scan scan, int at) {
        boolean id = scan.digits() > 0 && scan.isAfter(at, ID_WORDS, JOINTS);
        return id ? idEnd(scan) : Recogniser.UNKNOWN;
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
        if (scan.digits() == 0 || scan.isUnderscored()) {
            return Recogniser.UNKNOWN;
        }
        boolean random = scan.changes() >= 3 || scan.changes() == 2 && scan.digits() >= 3 && scan.wordLength() >= 8;
        return random ? scan.wordEnd() : Recogniser.UNKNOWN;
    }
}
