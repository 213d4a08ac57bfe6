package dev.tripline.service.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.service.ExitCode;
import dev.tripline.service.Service;
import dev.tripline.service.ServiceRunner;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthServerTest {
    private static final String HOST = "127.0.0.1";
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile String reason = "";

    /** A service whose readiness is the test's to say. */
    private final class Told implements Service {
        private final String name;
        private final Runnable onStart;
        private final Runnable onClose;

        Told(String name, Runnable onStart, Runnable onClose) {
            this.name = name;
            this.onStart = onStart;
            this.onClose = onClose;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            onStart.run();
        }

        @Override
        public String waitingFor() {
            return "state REBALANCING";
        }

        @Override
        public Optional<String> notReady() {
            return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    private Service service(String name) {
        return new Told(name, () -> {}, () -> {});
    }

    @Test
    void isReadyOnceEveryServiceIs() {
        try (var server = new HealthServer(new HealthConfig(0, HOST), List.of(service("a"), service("b")))) {
            server.start();

            assertThat(get(server.port(), "/health/ready")).isEqualTo("200 ready\n");

            reason = "waiting for the Schema Registry:\n  refused";
            assertThat(get(server.port(), "/health/ready")).isEqualTo("""
                            503 a: waiting for the Schema Registry: refused
                            b: waiting for the Schema Registry: refused
                            """);
            assertThat(get(server.port(), "/health/live")).isEqualTo("200 live\n");

            reason = "";
            assertThat(get(server.port(), "/health/ready")).isEqualTo("200 ready\n");
        }
    }

    @Test
    void showsTheMetersOfTheProcessAndOfItsServices() {
        try (var server = new HealthServer(new HealthConfig(0, HOST), List.of())) {
            server.start();
            var counted = Metrics.counter("tripline.test.records", "cause", "invalid");
            counted.increment(3);

            HttpResponse<String> response = send(server.port(), "/metrics");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(
                            type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
            assertThat(response.body())
                    .contains("tripline_test_records_total{cause=\"invalid\"} 3.0")
                    .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "jvm_gc_");
            Metrics.globalRegistry.remove(counted);
        }
        assertThat(Metrics.globalRegistry.getRegistries()).isEmpty();
    }

    @Test
    void knowsNothingElse() {
        try (var server = new HealthServer(new HealthConfig(0, HOST), List.of())) {
            server.start();

            assertThat(send(server.port(), "/").statusCode()).isEqualTo(404);
            assertThat(send(server.port(), "/health").statusCode()).isEqualTo(404);
            assertThat(send(server.port(), "/metrics/jvm").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void onLoopbackAnswersUnderNoNameThatWasMadeToLeadHereAndNoPagesOfOthers() throws IOException {
        try (var server = new HealthServer(new HealthConfig(0, HOST), List.of())) {
            server.start();

            assertThat(byHand(server.port(), "Host: localhost")).startsWith("HTTP/1.1 200");
            assertThat(byHand(server.port(), "Host: rebound.example")).startsWith("HTTP/1.1 403");
            assertThat(byHand(server.port(), "Host: localhost\r\nOrigin: http://localhost:3000"))
                    .startsWith("HTTP/1.1 403")
                    .contains("X-Content-Type-Options: nosniff")
                    .doesNotContain("Access-Control");
        }
        try (var server = new HealthServer(new HealthConfig(0, "0.0.0.0"), List.of())) {
            server.start();

            assertThat(byHand(server.port(), "Host: agent.monitoring")).startsWith("HTTP/1.1 200");
        }
    }

    private static String byHand(int port, String headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void isOffWithoutConfiguration() {
        Service only = service("a");

        assertThat(HealthServer.before(null, List.of(only))).containsExactly(only);
    }

    @Test
    void answersFromBeforeTheFirstServiceStartsUntilAfterTheLastHasStopped() throws Exception {
        // Given
        int port = freePort();
        var runner = new ServiceRunner();
        Service first = new Told("stream analyzer", () -> ask("starts", port), () -> ask("stops", port));
        Service second = service("issue sink");

        // When
        ExitCode code = runner.run(HealthServer.before(new HealthConfig(port, HOST), List.of(first, second)), () -> {
            ask("runs", port);
            runner.stop();
        });

        // Then
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(log)
                .containsExactly(
                        "starts: 200 live, 503 stream analyzer: starting: state REBALANCING; issue sink: not started yet",
                        "runs: 200 live, 200 ready",
                        "stops: 200 live, 503 stream analyzer: stopping; issue sink: stopping");
        try (var again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void cannotStartOnAPortInUse() throws Exception {
        try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = new HealthConfig(holder.getLocalPort(), HOST);
            try (var server = new HealthServer(config, List.of())) {
                assertThatThrownBy(server::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("health: cannot listen on 127.0.0.1:" + holder.getLocalPort())
                        .hasMessageContaining("choose another");
            }

            ExitCode code = new ServiceRunner()
                    .run(HealthServer.before(config, List.of(new Told("a", () -> log.add("started"), () -> {}))));

            assertThat(code).isEqualTo(ExitCode.CANNOT_START);
            assertThat(log).isEmpty();
        }
        assertThat(Metrics.globalRegistry.getRegistries()).isEmpty();
    }

    private void ask(String when, int port) {
        log.add(when + ": " + get(port, "/health/live").strip() + ", "
                + get(port, "/health/ready").strip().replace("\n", "; "));
    }

    private String get(int port, String path) {
        HttpResponse<String> response = send(port, path);
        return response.statusCode() + " " + response.body();
    }

    private HttpResponse<String> send(int port, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
