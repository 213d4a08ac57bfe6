package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HealthCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer service;

    @BeforeEach
    void listen() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private void answer(int status, String text) {
        service.createContext("/health/ready", exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private String url() {
        return "http://127.0.0.1:" + service.getAddress().getPort();
    }

    private int run(String... args) {
        return Tripline.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void endsWithNoughtIfTheServiceIsReady() {
        answer(200, "ready\n");

        assertThat(run("health", "--url", url())).isZero();
        assertThat(run("health", "--url", url() + "/")).isZero();
        assertThat(out.toString().lines()).containsExactly("ready", "ready");
    }

    @Test
    void saysWhyTheServiceIsNotReady() {
        answer(503, "stream analyzer: starting: state CREATED\nissue sink: not started yet\n");

        assertThat(run("health", "--url", url())).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly("stream analyzer: starting: state CREATED", "issue sink: not started yet");
    }

    @Test
    void saysThatSomethingElseAnswers() {
        assertThat(run("health", "--url", url())).isEqualTo(1);
        assertThat(err.toString()).contains("/health/ready must answer 200 or 503, got 404");
    }

    @Test
    void saysThatNothingAnswers() {
        String url = url();
        service.stop(0);

        assertThat(run("health", "--url", url)).isEqualTo(1);
        assertThat(err.toString())
                .contains("tripline: " + url + " does not answer: ")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8090,5s,'--url: must be http://host:port, got '",
        "http://127.0.0.1:8090/health,5s,'--url: must be http://host:port, got '",
        "http://me:secret@host,5s,'--url: must be http://host:port'",
        "http://127.0.0.1:8090,5,'--timeout: must be a whole number with a unit'",
        "http://127.0.0.1:8090,0s,'--timeout: must be more than 0s'"
    })
    void refusesWhatCannotWork(String url, String timeout, String reason) {
        assertThat(run("health", "--url", url, "--timeout", timeout)).isEqualTo(2);
        assertThat(err.toString()).contains(reason).doesNotContain("secret@", "\tat ");
    }

    @Test
    void helpFitsATerminalAndShowsAnExample() {
        assertThat(run("health", "--help")).isZero();
        assertThat(out.toString())
                .contains("tripline health --url http://127.0.0.1:8090")
                .satisfies(help -> assertThat(help.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80)));
    }
}
