package dev.tripline.events;

import static dev.tripline.events.testing.Events.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Confluent's client really sends; without its service files in the shaded jar it sends no credentials at all. */
class RegistryConnectionTest {
    private static final String USER_PASS = "Basic dXNlcjpwYTpzcw=="; // printf 'user:pa:ss' | base64
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final List<String> authorizations = new ArrayList<>();

    @TempDir
    Path dir;

    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void sendsUserAndPassword() throws Exception {
        serve(HttpServer.create(loopback(), 0));

        register(
                "http://127.0.0.1:%d",
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "user:pa:ss"));

        assertThat(authorizations).containsExactly(USER_PASS);
    }

    @Test
    void sendsTheUserOfTheAddress() throws Exception {
        serve(HttpServer.create(loopback(), 0));

        register("http://user:pa:ss@127.0.0.1:%d", Map.of("basic.auth.credentials.source", "URL"));

        assertThat(authorizations).containsExactly(USER_PASS);
    }

    @Test
    void sendsAToken() throws Exception {
        serve(HttpServer.create(loopback(), 0));

        register(
                "http://127.0.0.1:%d",
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "secret"));

        assertThat(authorizations).containsExactly("Bearer secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "SASL_OAUTHBEARER_INHERIT"})
    void refusesSourcesThatNeedAClassThatIsGone(String source) {
        var settings = new RegistrySettings(
                "http://127.0.0.1:1",
                false,
                Map.of(
                        "bearer.auth.credentials.source", source,
                        "bearer.auth.issuer.endpoint.url", "http://127.0.0.1:1/token",
                        "bearer.auth.client.id", "id",
                        "bearer.auth.client.secret", "secret",
                        "sasl.jaas.config",
                                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                                        + " clientId='id' clientSecret='secret';",
                        "sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:1/token"));

        assertThatThrownBy(() -> EventSerdes.connect(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(source)
                .hasMessageContaining("dropped in 4.1")
                .hasMessageContaining("-Pconfluent");
    }

    @Test
    void trustsTheAuthoritiesItIsGivenAndNoOthers() throws Exception {
        Path keys = dir.resolve("keys.p12");
        makeKeys(keys);
        serve(https(keys));

        assertThatThrownBy(() -> register("https://127.0.0.1:%d", Map.of()))
                .isInstanceOf(RegistryUnavailableException.class);
        register(
                "https://127.0.0.1:%d",
                Map.of(
                        "schema.registry.ssl.truststore.location",
                        keys.toString(),
                        "schema.registry.ssl.truststore.type",
                        "PKCS12",
                        "schema.registry.ssl.truststore.password",
                        new String(PASSWORD)));

        assertThat(authorizations).hasSize(1);
    }

    private void register(String url, Map<String, String> properties) {
        var settings = new RegistrySettings(url.formatted(server.getAddress().getPort()), true, properties);
        EventSerdes.connect(settings)
                .of(Topics.standard().testOutcomes())
                .write(outcome().build());
    }

    private void serve(HttpServer started) {
        server = started;
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static InetSocketAddress loopback() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    private static void makeKeys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }

    private static HttpsServer https(Path keys) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }
}
