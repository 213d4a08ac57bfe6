package dev.tripline.analyzer.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds of codes that say what went wrong: with another code a sentence has another pattern. */
class CodeKindsTest {

    /** One kind a line: name, sentences parted by {@code ||} with {@code @} where a code stands, and the codes. */
    private static final String CODES = """
            HTTP: status code @ || HTTP @ from upstream || HTTP/1.1 @ || returned @ || Request failed with status code @ || status=@ || Expected status 200 but got @ || http status: @ || server responded with @ || Response code: @ || <Response [@]> || (HTTP @) || error: unexpected status @ || got HTTP status code @, gave up || statusCode: @ || StatusCode:@ || HTTP error @ >> 301 400 401 403 404 409 413 418 422 425 429 451 500 501 502 503 504 511
            WebSocket close: received @ (OK) main || close code @ || connection closed with code @ || code=@ reason=x || WebSocket closed: @ || closed with @ || sent @ (error); no close frame received || CloseStatus[code=@, reason=x] || websocket: close @ (abnormal) || close code = @ || Connection closed (@) >> 1000 1001 1002 1003 1006 1007 1008 1009 1011 1012 1013 1015 3000 4000 4401
            exit: exit code @ || exited with @ || exit status @ || returned non-zero exit status @. || Process exited with code @ || exited (@) 3 minutes ago || exit code: @ || rc=@ || ExitCode=@ || finished with exit value @ || failed with exit code @ || command terminated with exit code @ || exitCode: @ || OOMKilled, exit code @ || returned exit code @ >> 1 2 3 64 77 126 127 130 134 137 139 143 255
            exit on Windows: exit code @ || exited with code @ || exited with @ >> -1073741819 -1073741510 -1073740791 -1 1 3221225477 3221225786
            signal by number: killed by signal @ || signal @ || terminated by signal @ (core dumped) || exited on signal @ || died with signal @ || caught signal @ || signal: @ || signo=@ || fatal signal @ at startup >> 1 2 3 4 6 7 8 9 11 13 14 15
            signal by name: terminated by @ || signal: @ || killed with @ || @ received >> SIGHUP SIGINT SIGKILL SIGSEGV SIGTERM SIGABRT SIGBUS SIGPIPE SIGFPE SIGILL SIGUSR1 SIGUSR2
            errno by name: connect @ || @: refused || Error: @, open || errno: '@' || syscall failed with @ >> EPERM ENOENT EINTR EIO E2BIG EAGAIN EACCES EEXIST ENOSPC EPIPE ECONNREFUSED ECONNRESET ETIMEDOUT EHOSTUNREACH ENOTFOUND EAI_AGAIN EADDRINUSE
            errno by number: [Errno @] failed || errno=@ || errno: @ || errno @ || (os error @) || error @ (errno) || OSError: [Errno @] x || errno = @ || errno: -@ || [WinError @] x >> 1 2 4 5 11 13 17 28 32 98 104 110 111 113
            SQLSTATE: SQLSTATE @ || SQLSTATE[@]: no || SQLState: @ || sqlstate=@ || (SQLSTATE @) || ERROR 17 (@): no || SQL Error: 0, SQLState: @ || pgcode: '@' || sqlState '@' || error (SQLSTATE=@) >> 01000 08001 08006 08P01 22P02 23502 23503 23505 25P02 28000 28P01 40001 40P01 42601 42703 42P01 42S02 53300 57014 57P01 HY000 HYT00 XX000
            code of MySQL: ERROR @ (HY000): no || Error Code: @. no || Error @: no || errno @ || error code @ || Error @ (HY000): no >> 1040 1045 1049 1054 1062 1064 1146 1205 1213 2002 2003 2006 2013
            code of SQL Server: Msg @, Level 14, State 1 || Error: @, Severity: 14 || ErrorCode @ || error number @ || (error @) || Error Number:@,State:1,Class:14 || SQL Server error @ >> 102 207 208 229 547 1205 2601 2627 4060 18456
            code of Oracle: @: failed || java.sql.SQLException: @: failed || caused by @ || (@) >> ORA-00001 ORA-00054 ORA-00600 ORA-00904 ORA-00942 ORA-01017 ORA-12154 ORA-12541 PLS-00201 TNS-12535
            code of Db2: SQLCODE=@, SQLSTATE=42704 || SQLCODE: @ || DB2 SQL Error: SQLCODE=@ || sqlcode @ >> -104 -204 -206 -407 -530 -803 -805 -904 -911
            gRPC by number: grpc-status: @ || grpc-status=@ || grpc status code @ || gRPC error @ || grpc_status:@ || grpc code @ || "grpc_status":@ || grpc status @ || gRPC status: @ >> 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
            gRPC by name: rpc error: code = @ desc = x || StatusCode.@ || status = @ || 14 @: x || grpc status @ >> CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED
            gRPC in camels: rpc error: code = @ desc = x || code @ >> Canceled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied ResourceExhausted FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated
            HRESULT: install ended with result @ || hr=@ || HRESULT: @ || (@) || error @ || failed with code @ || Exception from HRESULT: @ || hr = @ || HRESULT @ || [@] access denied || failed: @ || returned @ || (Exception from HRESULT: @ (E_X)) || result: @ >> 0x80004002 0x80004005 0x8000FFFF 0x80070002 0x80070005 0x8007000E 0x80070057 0x80040154 0x80131500 0x80072EE7 0x800706BA 0x80240034 0x800B0109
            NTSTATUS: status=@ || NTSTATUS @ || exception code @ || (@) || status @ || crashed with @ || Exception @ at start || stopped: @ || exit code @ >> 0xC0000005 0xC0000008 0xC000000D 0xC0000017 0xC0000022 0xC0000034 0xC000007B 0xC00000FD 0xC0000135 0xC0000142 0xc0000374 0xC0000409
            curl: curl: (@) could not || curl error @ || libcurl error: @ || curl failed with code @ || curl exit code @ || cURL error @: x || curl (@) || curl returned @ || curl: error @ >> 3 5 6 7 18 22 23 26 28 35 47 52 55 56 60 77 92
            MongoDB: @ failed || MongoServerError: @ duplicate key || error @ x || code @ x || MongoError: @ >> E11000 E11600 E11602 E10107 E13435
            MongoDB by number: code: @ || code @ || errorCode=@ || error code @ || (code @) || "code" : @ || Command failed with error @ (x) || errorCode: @ || MongoServerError: x (code @) >> 6 7 11 13 18 43 50 66 89 91 112 189 251 11000 11600 11602 10107 13435 13436
            DNS by number: rcode @ || rcode=@ || RCODE: @ || rcode = @ || DNS response code @ || dns error @ >> 0 1 2 3 4 5 8 9
            DNS by name: status: @ || lookup failed: @ || server returned @ || @ >> NXDOMAIN SERVFAIL REFUSED FORMERR NOTIMP YXDOMAIN NOTAUTH
            TLS alert: alert number @ || SSL alert number @ || alert @ || tls alert (@) || TLS alert @ || tls: alert(@) || received fatal alert: @ || alert code @ || SSL3 alert @ >> 0 10 20 40 42 43 44 45 46 47 48 49 50 51 70 71 80 86 90 109 112 116 120
            TLS alert by name: received fatal alert: @ || remote error: tls: @ || alert @ >> handshake_failure bad_certificate unknown_ca certificate_expired protocol_version internal_error unrecognized_name decode_error
            exception type: @: closed || @ || caught @ in loop || Caused by: @: closed || uncaught @ >> java.lang.IllegalStateException java.lang.IllegalArgumentException java.io.IOException ValueError KeyError TypeError ConnectionError TimeoutError System.NullReferenceException System.InvalidOperationException org.postgresql.util.PSQLException redis.exceptions.ConnectionError aiohttp.ClientError botocore.exceptions.ClientError
            """;

    private static final Normaliser NORMALISER = Normaliser.standard();

    static Stream<String> codes() {
        return Arrays.stream(CODES.split("\n"));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void hasAPatternForEachCode(String row) {
        String[] halves = row.substring(row.indexOf(": ") + 2).split(" >> ");
        for (String sentence : halves[0].split(" \\|\\| ")) {
            Map<String, String> codeById = new HashMap<>();
            for (String code : halves[1].split(" ")) {
                ErrorPattern pattern = NORMALISER.patternOf(null, sentence.replace("@", code));
                String other = codeById.put(pattern.id(), code);
                assertThat(other)
                        .as("%s with %s and %s: %s", sentence, code, other, pattern.display())
                        .isNull();
            }
        }
    }
}
