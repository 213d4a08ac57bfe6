package dev.tripline.sink.tracker.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.tracker.TrackerReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server, or whoever stands before it, can answer to hold the sink up or to end it. */
class HostileServerTest {
    private static final Instant NOW = Instant.parse("2025-09-11T15:00:00Z");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final GitHubServer server = new GitHubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    /** The time of a request ended with the head of its answer: the sink waited for the body without end. */
    @Test
    void aBodyThatStallsIsGivenUp() throws Exception {
        try (var stalling = new RawServer(
                out -> out.write((HEAD + "Content-Length: 100\r\n\r\n[").getBytes(StandardCharsets.US_ASCII)), true)) {
            TrackerReply<List<ListedIssue>> reply = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> tracker(stalling.uri(), Duration.ofMillis(300)).listMine());

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            TrackerReply.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("no whole answer within 300 ms"));
        }
    }

    /** It was read into memory until that was full. */
    @Test
    void aBodyWithoutEndIsGivenUp() throws Exception {
        var ended = new AtomicReference<IOException>();
        var done = new CountDownLatch(1);
        try (var endless = new RawServer(
                out -> {
                    try {
                        out.write((HEAD + "Connection: close\r\n\r\n[\"").getBytes(StandardCharsets.US_ASCII));
                        byte[] more = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
                        while (true) {
                            out.write(more);
                        }
                    } catch (IOException e) {
                        ended.set(e);
                        done.countDown();
                    }
                },
                false)) {
            TrackerReply<List<ListedIssue>> reply = assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> tracker(endless.uri(), Duration.ofSeconds(50)).listMine());

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            TrackerReply.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("more than"));
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(ended).doesNotHaveNullValue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[",
                "http:// x",
                "%%%",
                "https://elsewhere.example/issues?page=2",
                "mailto:x",
                "/issues?page=2"
            })
    void aMalformedNextPageIsNoWholeList(String next) {
        server.nextAnswers.add(new GitHubServer.Answer(200, Map.of("Link", "<" + next + ">; rel=\"next\""), "[]"));

        assertThat(tracker(server.uri(), Duration.ofSeconds(10)).listMine()).isInstanceOf(TrackerReply.Unknown.class);
        assertThat(server.exchanges).hasSize(1);
    }

    @Test
    void aWaitBeyondADayIsADay() {
        assertThat(limit(Map.of("Retry-After", "999999999999"))).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(limit(Map.of("Retry-After", "99999999999999999999"))).isEqualTo(NOW.plusSeconds(60));
        assertThat(limit(Map.of("Retry-After", "-5"))).isEqualTo(NOW.plusSeconds(60));
        assertThat(limit(Map.of("Retry-After", "Thu, 11 Sep 2025 15:02:00 GMT")))
                .isEqualTo(NOW.plusSeconds(120));
        assertThat(limit(Map.of("Retry-After", "Tue, 11 Sep 2125 15:02:00 GMT")))
                .isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(limit(Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "999999999999")))
                .isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 218, 300, 304, 418, 451, 499, 507, 599, 999})
    void anOddStatusIsAValue(int status) {
        server.nextAnswers.add(new GitHubServer.Answer(status, Map.of(), ""));

        assertThat(tracker(server.uri(), Duration.ofSeconds(10)).listMine()).isInstanceOf(TrackerReply.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{}]",
                "[null]",
                "{}",
                "null",
                "\"x\"",
                "[{\"number\":1e999,\"html_url\":\"u\",\"state\":\"open\"}]",
                "[{\"number\":99999999999999999999999999,\"html_url\":\"u\",\"state\":\"open\"}]",
                "[{\"number\":[],\"html_url\":{},\"state\":7}]"
            })
    void anOddBodyIsAValue(String body) {
        server.nextAnswers.add(new GitHubServer.Answer(200, Map.of(), body));

        assertThat(tracker(server.uri(), Duration.ofSeconds(10)).listMine()).isInstanceOf(TrackerReply.Unknown.class);
    }

    /** A proxy that answers with the request's own header, or a server that wants to write into our logs. */
    @Test
    void whatTheServerEchoesShowsNoTokenAndForgesNoLine() {
        String token = "no prefix tells it";
        var settings = GitHubSettings.of(server.uri(), "acme", "shop", token);
        server.nextAnswers.add(new GitHubServer.Answer(
                422,
                Map.of(),
                "{\"message\":\"" + "x".repeat(290) + token + "\\r\\nERROR forged\\u001b[2K\","
                        + "\"errors\":[{\"value\":\"" + token + "\"}]}"));

        TrackerReply<List<ListedIssue>> reply = new GitHubTracker(settings, InstantSource.fixed(NOW)).listMine();

        assertThat(reply)
                .isInstanceOfSatisfying(
                        TrackerReply.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("x<masked:")
                                .doesNotContain(token.substring(0, 10))
                                .doesNotContainPattern("\\p{Cntrl}"));
        assertThat(settings.toString()).doesNotContain(token);
    }

    /** Its bytes fit, its tree would not: 3 bytes for some 60 each. */
    @Test
    void aBodyOfManySmallPartsIsAValue() {
        server.nextAnswers.add(new GitHubServer.Answer(200, Map.of(), "[" + "[],".repeat(4_000_000) + "[]]"));

        assertThat(tracker(server.uri(), Duration.ofSeconds(60)).listMine()).isInstanceOf(TrackerReply.Unknown.class);
    }

    @Test
    void aLongMessageIsLookedThroughNoFurtherThanItIsShown() {
        server.nextAnswers.add(new GitHubServer.Answer(
                422, Map.of(), "{\"message\":\"" + "password=hunter2hunter2 ".repeat(500_000) + "\"}"));

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(tracker(server.uri(), Duration.ofSeconds(60)).listMine())
                        .isInstanceOfSatisfying(
                                TrackerReply.Refused.class,
                                refused -> assertThat(refused.reason()).doesNotContain("hunter2")));
    }

    @Test
    void aDeepBodyIsAValue() {
        server.nextAnswers.add(new GitHubServer.Answer(200, Map.of(), "[".repeat(200_000)));

        assertThat(tracker(server.uri(), Duration.ofSeconds(10)).listMine()).isInstanceOf(TrackerReply.Unknown.class);
    }

    /** Each page comes in time; together they would have taken hours. */
    @Test
    void aListThatGoesOnIsGivenUp() {
        var clock = new AtomicReference<>(NOW);
        server.pageSize = 1;
        var tracker = new GitHubTracker(
                settings(server.uri(), Duration.ofSeconds(10)),
                () -> clock.updateAndGet(now -> now.plus(Duration.ofMinutes(1))));
        for (int i = 0; i < 20; i++) {
            tracker.create(new IssueDraft("t" + i, "b", List.of("tripline")));
        }
        int before = server.exchanges.size();

        assertThat(tracker.listMine())
                .isInstanceOfSatisfying(
                        TrackerReply.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("not whole after"));
        assertThat(server.exchanges.size() - before).isLessThan(12);
    }

    /** One page is bounded, and a thousand of them were kept. */
    @Test
    void aListOfFatPagesIsGivenUp() {
        String labels = ("\"" + "l".repeat(400) + "\",").repeat(120);
        String issue = "{\"number\":1,\"html_url\":\"" + "u".repeat(2_000) + "\",\"state\":\"open\",\"labels\":["
                + labels.substring(0, labels.length() - 1) + "]}";
        String page = "[" + (issue + ",").repeat(99) + issue + "]";
        for (int i = 1; i <= 40; i++) {
            server.nextAnswers.add(new GitHubServer.Answer(
                    200,
                    Map.of("Link", "<" + server.uri() + "/repos/acme/shop/issues?page=" + i + ">; rel=\"next\""),
                    page));
        }

        assertThat(tracker(server.uri(), Duration.ofSeconds(60)).listMine())
                .isInstanceOfSatisfying(
                        TrackerReply.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("67108864 characters of what is kept"));
        assertThat(server.exchanges).hasSizeLessThan(30);
    }

    /** Whoever may comment on a public issue could have the sink keep all of it. */
    @Test
    void ofLongCommentsOnlyTheMarkerIsKept() {
        String marker = Markers.OPENING + "v1 incident=i facts=1 key=k sig=s -->";
        server.nextAnswers.add(new GitHubServer.Answer(
                200,
                Map.of(),
                "[{\"body\":\"" + "x".repeat(60_000) + marker + "\"},{\"body\":\"" + "y".repeat(60_000) + "\"}]"));

        assertThat(tracker(server.uri(), Duration.ofSeconds(10)).comments("1"))
                .isEqualTo(new TrackerReply.Done<>(List.of(marker, "")));
    }

    private Instant limit(Map<String, String> headers) {
        server.nextAnswers.add(new GitHubServer.Answer(429, headers, "{}"));
        TrackerReply<List<ListedIssue>> reply =
                tracker(server.uri(), Duration.ofSeconds(10)).listMine();
        assertThat(reply).isInstanceOf(TrackerReply.RateLimited.class);
        return ((TrackerReply.RateLimited<List<ListedIssue>>) reply).until();
    }

    private static GitHubTracker tracker(URI uri, Duration timeout) {
        return new GitHubTracker(settings(uri, timeout), InstantSource.fixed(NOW));
    }

    private static GitHubSettings settings(URI uri, Duration timeout) {
        return new GitHubSettings(
                uri, "acme", "shop", "t", Duration.ofSeconds(5), timeout, Duration.ZERO, 500, List.of(), List.of());
    }

    /** Writes bytes as answer to whatever comes. */
    private static final class RawServer implements AutoCloseable {
        interface Answer {
            void write(OutputStream out) throws IOException;
        }

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final CountDownLatch closed = new CountDownLatch(1);

        RawServer(Answer answer, boolean staysOpen) throws IOException {
            var thread = new Thread(() -> serve(answer, staysOpen), "raw-server");
            thread.setDaemon(true);
            thread.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort());
        }

        private void serve(Answer answer, boolean staysOpen) {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    // A request without a body ends with its head, which fits into one segment.
                    var request = new byte[8192];
                    int length = socket.getInputStream().read(request);
                    if (new String(request, 0, Math.max(0, length), StandardCharsets.US_ASCII)
                            .startsWith("GET /user ")) {
                        socket.getOutputStream()
                                .write((HEAD + "Content-Length: 13\r\nConnection: close\r\n\r\n{\"login\":\"x\"}")
                                        .getBytes(StandardCharsets.US_ASCII));
                        continue;
                    }
                    answer.write(socket.getOutputStream());
                    socket.getOutputStream().flush();
                    if (staysOpen) {
                        closed.await();
                    }
                } catch (IOException e) {
                    // The client has gone, or the test is over.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            server.close();
        }
    }
}
