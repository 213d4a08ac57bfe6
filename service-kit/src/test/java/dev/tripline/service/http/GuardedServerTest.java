package dev.tripline.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What another user of the machine can do to a server with connections alone. */
@Timeout(60)
class GuardedServerTest {
    private static final String HOST = "127.0.0.1";
    private static final int LONGEST = 1 << 20;

    private final List<Socket> sockets = new ArrayList<>();
    private Javalin server = serve(GuardedServer.STALLED_AFTER);

    private static Javalin serve(Duration stalledAfter) {
        return GuardedServer.create(HOST, 0, LONGEST, stalledAfter, config -> {
                    config.routes.get("/", context -> context.result("here"));
                    config.routes.post(
                            "/", context -> context.result(context.body().length() + " characters"));
                })
                .start();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    @Test
    void sixHundredBodiesThatTrickleAndAThousandIdleConnectionsHoldUpNobody() throws IOException {
        for (int i = 0; i < 600; i++) {
            send("POST / HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 5000\r\n\r\n{");
        }
        for (int i = 0; i < 1_000; i++) {
            connect();
        }

        long start = System.nanoTime();
        assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("here");
        assertThat(answer("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"))
                .endsWith("3 characters");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void closesWhatGetsNoAnswerDoneHoweverItTricklesAndKeepsWhatDoes() throws IOException {
        server.stop();
        server = serve(Duration.ofSeconds(1));
        Socket head = send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
        Socket body = send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n{");
        Socket idle = connect();
        Socket used = connect();

        trickleUntilClosed(List.of(head, body), used);

        assertThat(used.isClosed()).isFalse();
        assertThat(bytesUntilEnd(idle)).isEmpty();
        awaitTaken(0);
    }

    /** Sends a byte at a time on each until the server closed them, and asks for an answer on another each time. */
    private static void trickleUntilClosed(List<Socket> trickling, Socket used) throws IOException {
        var open = new ArrayList<>(trickling);
        while (!open.isEmpty()) {
            open.removeIf(socket -> {
                try {
                    socket.setSoTimeout(50);
                    socket.getOutputStream().write('a');
                    return socket.getInputStream().read() < 0;
                } catch (java.net.SocketTimeoutException e) {
                    return false;
                } catch (SocketException e) {
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            used.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var text = new StringBuilder();
            while (!text.toString().endsWith("here")) {
                int next = used.getInputStream().read();
                assertThat(next).as("after %s", text).isNotNegative();
                text.append((char) next);
            }
        }
    }

    @Test
    void refusesBodiesAndHeadsThatAreTooLong() throws IOException {
        assertThat(answer("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (LONGEST + 1) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        String chunk = "10000\r\n" + "a".repeat(1 << 16) + "\r\n";
        assertThat(answer("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17)))
                .startsWith("HTTP/1.1 413");
        assertThat(answer("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(16) + "0\r\n\r\n"))
                .endsWith("1048576 characters");
        assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(10_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        awaitTaken(0);
    }

    @Test
    void boundsTheMemoryOfAllBodiesThatAreOnTheirWay() throws IOException {
        String most = "a".repeat(LONGEST - 1);
        for (int i = 0; i < 32; i++) {
            send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LONGEST + "\r\n\r\n" + most);
        }
        awaitTaken(32L * (LONGEST - 1));

        assertThat(answer("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(1_000)))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1");
        assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("here");

        for (Socket socket : sockets) {
            socket.close();
        }
        awaitTaken(0);
    }

    private void awaitTaken(long bytes) {
        while (bodies().taken() != bytes) { // within the time limit of the class
            Thread.onSpinWait();
        }
    }

    private CompleteBodies bodies() {
        return (CompleteBodies) server.jettyServer().server().getHandler();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        return socket;
    }

    private Socket send(String text) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String request) throws IOException {
        return bytesUntilEnd(send(request));
    }

    private static String bytesUntilEnd(Socket socket) throws IOException {
        var text = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (SocketException e) {
            return text.toString(); // reset: bytes that nobody read were on their way
        }
        return text.toString();
    }
}
