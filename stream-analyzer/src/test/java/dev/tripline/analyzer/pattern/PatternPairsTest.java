package dev.tripline.analyzer.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of failures as frameworks write them: those that differ in meaning are told apart, the others are merged. */
class PatternPairsTest {

    /** One pair a line, parted by {@code ||}. */
    private static final String APART = """
            status code 400 || status code 500
            Request failed with status code 401 || Request failed with status code 403
            HTTP/1.1 500 Internal Server Error || HTTP/1.1 503 Service Unavailable
            HTTP 502 from upstream || HTTP 504 from upstream
            GET /v1/users returned 404 || GET /v1/users returned 409
            server answered code=500 || server answered code=503
            400 Bad Request || 401 Unauthorized
            requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://a.example.com/x || requests.exceptions.HTTPError: 410 Client Error: Gone for url: https://a.example.com/x
            AssertionError: assert 401 == 200 || AssertionError: assert 500 == 200
            AssertionError: assert 200 == 401 || AssertionError: assert 200 == 404
            assert response.status_code == 404 || assert response.status_code == 400
            Expected status 200 but was 500 || Expected status 200 but was 404
            expected: <200> but was: <500> || expected: <200> but was: <404>
            "GET /health HTTP/1.1" 404 153 || "GET /health HTTP/1.1" 500 153
            upstream responded with 502 || upstream responded with 503
            <Response [401]> || <Response [403]>
            received 1000 (OK) main cleanup || received 1011 (internal error) main cleanup
            close code 1011 || close code 1006
            connection closed: code = 1006 || connection closed: code = 1008
            WebSocket closed with code 4401 || WebSocket closed with code 4403
            websockets.exceptions.ConnectionClosedError: sent 1002 (protocol error); no close frame received || websockets.exceptions.ConnectionClosedError: sent 1009 (message too big); no close frame received
            process finished with exit code 137 || process finished with exit code 1
            exited with 1 || exited with 2
            Command 'make' returned non-zero exit status 2 || Command 'make' returned non-zero exit status 127
            failed with code 0x80070005 || failed with code 0x80004005
            exit status 1 || exit status 3
            child exited with code -11 || child exited with code -6
            killed by signal 9 || killed by signal 11
            terminated by SIGKILL || terminated by SIGSEGV
            [Errno 111] Connection refused || [Errno 104] Connection refused
            OSError: [Errno 2] No such file or directory: '/tmp/a1' || OSError: [Errno 13] No such file or directory: '/tmp/a1'
            connect ECONNREFUSED 127.0.0.1:5432 || connect ETIMEDOUT 127.0.0.1:5432
            [WinError 10061] refused || [WinError 10054] refused
            SQLSTATE 23505 || SQLSTATE 40001
            SQLSTATE[42S02]: Base table or view not found || SQLSTATE[42S22]: Base table or view not found
            ERROR 1045 (28000): denied || ERROR 1049 (28000): denied
            ORA-00942: failed || ORA-01017: failed
            psycopg2.errors.Sql: sqlstate=08006 || psycopg2.errors.Sql: sqlstate=08001
            rpc error: code = Unavailable desc = x || rpc error: code = DeadlineExceeded desc = x
            14 UNAVAILABLE: No connection established || 4 DEADLINE_EXCEEDED: No connection established
            grpc status code 14 || grpc status code 4
            StatusCode.UNAVAILABLE || StatusCode.INTERNAL
            TLSv1.2 alert || TLSv1.3 alert
            HTTP/1.1 required || HTTP/2 required
            error TS2345: wrong || error TS2322: wrong
            error[E0382]: borrow || error[E0502]: borrow
            rejected for subprotocol 'jwt-auth' || rejected for subprotocol 'basic-auth'
            KeyError: 'user_name' || KeyError: 'user_mail'
            TypeError: 'NoneType' object is not subscriptable || TypeError: 'int' object is not subscriptable
            assert True is None || assert False is None
            TypeError: Cannot read properties of undefined (reading 'id') || TypeError: Cannot read properties of null (reading 'id')
            java.lang.IllegalStateException: closed || java.lang.IllegalArgumentException: closed
            panic: runtime error: index out of range || panic: runtime error: invalid memory address
            https://a.example.com/v1/users failed || https://a.example.com/v2/users failed
            unsupported algorithm SHA-256 || unsupported algorithm SHA-512
            cannot decode utf8 || cannot decode utf16
            install ended with result 0x80070005 || install ended with result 0x80070002
            cannot start, hr=0x80070005 || cannot start, hr=0x80004005
            stopped, status=0xC0000005 || stopped, status=0xC0000374
            grpc-status: 14 || grpc-status: 4
            curl: (7) could not connect || curl: (28) could not connect
            E11000 while writing || E11600 while writing
            Process finished with exit code -1073741819 || Process finished with exit code -1073740791
            isBluetoothA2dpOn is wrong || isBluetoothB2dpOn is wrong
            expected: 3 < 5 || expected: 3 > 5
            """;

    private static final String MERGED = """
            streaming response did not complete within 60s (thread 41c7, 3 of 9 chunks received) || streaming response did not complete within 60s (thread 9e02, 5 of 9 chunks received)
            user 7f1c0a52-6a0e-4a53-9a0e-2f4ac9d4e1b7 not found || user 00000000-aaaa-bbbb-cccc-123456789012 not found
            object at 0x7f3a2b1c || object at 0x10ffab99d0
            <Foo object at 0x7f12ab34cd> is bad || <Foo object at 0x7f99ab34ee> is bad
            took 1.23 ms || took 17 ms
            timed out after 30 seconds || timed out after 1 second
            waited 5s || waited 250ms
            2025-09-11T08:00:00.123Z failed || 2024-01-02T23:59:59Z failed
            at 2025-09-11 08:00:00,123 broken || at 2025-09-12 09:10:11,456 broken
            at Wed Jun 29 14:44:35 2005 broken || at Mon Jul 4 01:02:03 2005 broken
            Sun, 06 Nov 1994 08:49:37 GMT expired || Tue, 07 Nov 1995 18:09:07 GMT expired
            [10/Oct/2000:13:55:36 -0700] lost || [11/Nov/2001:03:05:06 +0100] lost
            connect to 10.0.0.1:8080 refused || connect to 192.168.17.4:9090 refused
            connect to [::1]:8080 refused || connect to [fe80::1ff:fe23:4567:890a]:9090 refused
            connect to db.internal:5432 refused || connect to cache-7.prod.example.com:6379 refused
            Failed to resolve host=alpha || Failed to resolve host=beta.example.com
            cannot open /var/log/app.log || cannot open /tmp/pytest-of-me/pytest-12/x.txt
            cannot open C:\\Users\\me\\a.txt || cannot open D:\\work\\b.txt
            tests/e2e/test_login.py:42: AssertionError || tests/e2e/test_chat.py:7: AssertionError
            mail to alice@example.com bounced || mail to bob.b@mail.example.org bounced
            line 42 is wrong || line 7 is wrong
            expected 3 items but found 5 || expected 12 items but found 7
            commit 9fceb02 missing || commit 1a2b3c4d missing
            sha 0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33 || sha da39a3ee5e6b4b0d3255bfef95601890afd80709
            order A17-2291 is locked || order B3-9 is locked
            request id=8fk2Lz0 failed || request id=Qp81mmz failed
            session abc123def expired || session 98zyx7 expired
            GET https://api.example.com/users/42 broke || GET https://api.other.org/users/43 broke
            GET https://a.example.com/x?page=2&t=9 broke || GET https://a.example.com/x?page=3&t=11 broke
            worker-3 died || worker-17 died
            pod checkout-7d9f8b6c5-x2x4z restarted || pod checkout-55c6d7f88b-9k2lp restarted
            password=hunter2 rejected || password=correcthorse rejected
            Authorization: Bearer abcdef1234567890 || Authorization: Bearer zyxwvu0987654321
            token ghp_0123456789abcdefghij0123456789abcdef leaked || token ghp_zyxwvutsrqponmlkjihg9876543210zyxwvu leaked
            values [1, 2, 3] differ || values [4, 5] differ
            progress 17% stalled || progress 3.5% stalled
            downloaded 1,024 bytes || downloaded 17 bytes
            goroutine 17 leaked || goroutine 2398 leaked
            Thread[pool-1-thread-7] stuck || Thread[pool-12-thread-31] stuck
            dial tcp 127.0.0.1:5432: connect: connection refused || dial tcp 10.1.2.3:33: connect: connection refused
            java.net.ConnectException: Failed to connect to localhost/127.0.0.1:8080 || java.net.ConnectException: Failed to connect to localhost/127.0.0.1:41231
            Timeout 30000ms exceeded. || Timeout 5000ms exceeded.
            duplicate key (id)=(42) || duplicate key (id)=(43)
            pod cart-7d9f8b6c5d-x2x7k is not ready || pod cart-5c4b9d7f66-q9wzn is not ready
            pod cart-66f4c9b7d8-xkxzq is not ready || pod cart-84d5bc97f6-qvwzn is not ready
            pod cart-7d9f8b6c5d-x2x7k is not ready || pod cart-66f4c9b7d8-xkxzq is not ready
            pod api-7d9f8b6c5-bcdfg evicted || pod api-6d8f9b7c5-qq7lm evicted
            access point changed to 5c:51:15:4c:18:13 || access point changed to 00:1b:2c:3d:4e:5f
            no answer from [Cluster_A8] datasource || no answer from [Cluster_B3] datasource
            took <1 ms || took 17 ms
            closed, 512 bytes sent || closed, 4096 bytes (4.00 KB) sent
            after PT30S || after PT1M
            flags=0x80000608 || flags=0xc0000700
            object at 0x80070005 || object at 0x7f3a2b1c
            wpad:80 error : refused || img.example.com:80 error : refused
            expect(\u001b[31mreceived\u001b[39m) total missing || expect(received) total missing
            """;

    private static final Normaliser NORMALISER = Normaliser.standard();

    static Stream<String[]> apart() {
        return pairs(APART);
    }

    static Stream<String[]> merged() {
        return pairs(MERGED);
    }

    @ParameterizedTest
    @MethodSource("apart")
    void tellsApartWhatDiffersInMeaning(String one, String other) {
        assertThat(NORMALISER.patternOf(null, one).id())
                .as(NORMALISER.patternOf(null, one).display())
                .isNotEqualTo(NORMALISER.patternOf(null, other).id());
    }

    @ParameterizedTest
    @MethodSource("merged")
    void mergesWhatDiffersInIdsTimesPlacesAndCounts(String one, String other) {
        assertThat(NORMALISER.patternOf(null, one).display())
                .isEqualTo(NORMALISER.patternOf(null, other).display());
        assertThat(NORMALISER.patternOf(null, one).id())
                .isEqualTo(NORMALISER.patternOf(null, other).id());
    }

    private static Stream<String[]> pairs(String table) {
        return Arrays.stream(table.split("\n")).map(line -> line.split(" \\|\\| "));
    }
}
