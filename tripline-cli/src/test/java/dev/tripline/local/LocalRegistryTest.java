package dev.tripline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol, call by call; answers are those of Confluent's API reference. */
class LocalRegistryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INT = "{\"schema\":\"\\\"int\\\"\"}";
    private static final String LONG = "{\"schema\":\"\\\"long\\\"\"}";
    private static final String STRING = "{\"schema\":\"\\\"string\\\"\"}";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path dir;

    private LocalRegistry registry;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(dir, 0);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void registersAndFinds() throws Exception {
        assertAnswer("POST", "/subjects/s/versions", INT, 200, "{'id':1}");
        assertAnswer("POST", "/subjects/s/versions?normalize=true", INT, 200, "{'id':1}");
        assertAnswer("POST", "/subjects/s/versions", LONG, 200, "{'id':2}");
        String second = "{'subject':'s','version':2,'id':2,'schema':'\\'long\\''}";
        assertAnswer("POST", "/subjects/s", LONG, 200, second);
        assertAnswer("GET", "/subjects/s/versions/2", "", 200, second);
        assertAnswer("GET", "/subjects/s/versions/latest", "", 200, second);
        assertAnswer("GET", "/subjects/s/versions/-1", "", 200, second);
        assertAnswer("GET", "/subjects/s/versions/2/schema", "", 200, "'long'");
        assertAnswer("GET", "/subjects/s/versions/2/referencedby", "", 200, "[]");
        assertAnswer("GET", "/subjects", "", 200, "['s']");
        assertAnswer("GET", "/subjects?subjectPrefix=%3A*%3A", "", 200, "['s']");
        assertAnswer("GET", "/subjects/s/versions", "", 200, "[1,2]");
        assertAnswer("GET", "/schemas/ids/2", "", 200, "{'schema':'\\'long\\''}");
        assertAnswer("GET", "/schemas/ids/2?subject=s&fetchMaxId=false", "", 200, "{'schema':'\\'long\\''}");
        assertAnswer("GET", "/schemas/ids/2/schema", "", 200, "'long'");
        assertAnswer("GET", "/schemas/ids/2/subjects", "", 200, "['s']");
        assertAnswer("GET", "/schemas/ids/2/versions", "", 200, "[{'subject':'s','version':2}]");
        assertAnswer("GET", "/schemas/types", "", 200, "['AVRO']");
        assertAnswer("GET", "/schemas?latestOnly=true", "", 200, "[" + second + "]");
    }

    @Test
    void keepsAndMeasuresCompatibility() throws Exception {
        assertAnswer("GET", "/config", "", 200, "{'compatibilityLevel':'BACKWARD'}");
        assertError("GET", "/config/s", "", 404, 40408);
        assertAnswer("GET", "/config/s?defaultToGlobal=true", "", 200, "{'compatibilityLevel':'BACKWARD'}");
        assertAnswer("PUT", "/config", "{\"compatibility\":\"NONE\"}", 200, "{'compatibility':'NONE'}");
        assertAnswer("PUT", "/config/s", "{\"compatibility\":\"FULL\"}", 200, "{'compatibility':'FULL'}");
        assertAnswer("GET", "/config/s", "", 200, "{'compatibilityLevel':'FULL'}");
        assertError("PUT", "/config", "{\"compatibility\":\"SIDEWAYS\"}", 422, 42203);
        call("POST", "/subjects/s/versions", INT);
        assertAnswer("POST", "/compatibility/subjects/s/versions/latest", INT, 200, "{'is_compatible':true}");
        assertAnswer("POST", "/compatibility/subjects/s/versions/latest", LONG, 200, "{'is_compatible':false}");
        assertAnswer("POST", "/compatibility/subjects/s/versions", LONG, 200, "{'is_compatible':false}");
        assertThat(body("POST", "/compatibility/subjects/s/versions/1?verbose=true", LONG)
                        .get("messages"))
                .isNotEmpty();
        assertAnswer("POST", "/compatibility/subjects/new/versions/latest", LONG, 200, "{'is_compatible':true}");
        assertError("POST", "/compatibility/subjects/new/versions/1", LONG, 404, 40401);
        assertError("POST", "/compatibility/subjects/s/versions/9", LONG, 404, 40402);
        assertError("POST", "/subjects/s/versions", STRING, 409, 409);
        assertAnswer("DELETE", "/config/s", "", 200, "{'compatibilityLevel':'FULL'}");
        assertError("DELETE", "/config/s", "", 404, 40401);
        assertAnswer("POST", "/subjects/s/versions", STRING, 200, "{'id':2}");
        assertAnswer("DELETE", "/config", "", 200, "{'compatibilityLevel':'NONE'}");
        assertAnswer("GET", "/config", "", 200, "{'compatibilityLevel':'BACKWARD'}");
    }

    @Test
    void deletesInTwoSteps() throws Exception {
        call("POST", "/subjects/s/versions", INT);
        call("POST", "/subjects/s/versions", LONG);

        assertError("DELETE", "/subjects/s?permanent=true", "", 404, 40405);
        assertError("DELETE", "/subjects/s/versions/1?permanent=true", "", 404, 40407);
        assertAnswer("DELETE", "/subjects/s/versions/latest", "", 200, "2");
        assertError("DELETE", "/subjects/s/versions/2", "", 404, 40406);
        assertAnswer("DELETE", "/subjects/s/versions/2?permanent=true", "", 200, "2");
        assertAnswer("DELETE", "/subjects/s", "", 200, "[1]");
        assertError("DELETE", "/subjects/s", "", 404, 40404);
        assertAnswer("GET", "/subjects", "", 200, "[]");
        assertAnswer("GET", "/subjects?deleted=true", "", 200, "['s']");
        assertAnswer("DELETE", "/subjects/s?permanent=true", "", 200, "[1]");
        assertError("DELETE", "/subjects/s", "", 404, 40401);
        assertError("GET", "/schemas/ids/1", "", 404, 40403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /subjects/none/versions        | ''                                               | 404 | 40401",
                "GET    | /subjects/none/versions/1      | ''                                               | 404 | 40401",
                "GET    | /subjects/none/versions/0      | ''                                               | 422 | 42202",
                "GET    | /subjects/none/versions/first  | ''                                               | 422 | 42202",
                "POST   | /subjects/none                 | {\"schema\":\"\\\"int\\\"\"}                       | 404 | 40401",
                "GET    | /schemas/ids/7                 | ''                                               | 404 | 40403",
                "GET    | /schemas/ids/x                 | ''                                               | 404 | 40403",
                "POST   | /subjects/s/versions           | {\"schema\":\"nonsense\"}                          | 422 | 42201",
                "POST   | /subjects/s/versions           | {}                                               | 422 | 42201",
                "POST   | /subjects/s/versions           | {\"schema\":\"{}\",\"schemaType\":\"JSON\"}            | 422 | 42201",
                "POST   | /subjects/s/versions           | {\"schema\":\"\",\"references\":[{\"name\":\"a\"}]}      | 422 | 42201",
                "POST   | /subjects/s/versions           | {\"schema\":\"\\\"int\\\"\",\"id\":7}                  | 422 | 42205",
                "POST   | /subjects/s/versions           | {broken                                          | 400 | 400",
                "GET    | /mode/s                        | ''                                               | 404 | 40409",
                "PUT    | /mode                          | {\"mode\":\"IMPORT\"}                                | 422 | 42205",
                "GET    | /nowhere                       | ''                                               | 404 | 404",
                "PUT    | /subjects                      | ''                                               | 405 | 405",
            })
    void refusesWithConfluentsCodes(String method, String path, String body, int status, int code) throws Exception {
        assertError(method, path, body, status, code);
    }

    @Test
    void hasOneMode() throws Exception {
        assertAnswer("GET", "/mode", "", 200, "{'mode':'READWRITE'}");
        assertAnswer("GET", "/mode/s?defaultToGlobal=true", "", 200, "{'mode':'READWRITE'}");
        assertAnswer("PUT", "/mode/s", "{\"mode\":\"READWRITE\"}", 200, "{'mode':'READWRITE'}");
    }

    @Test
    void remembersOverARestartOnTheSamePort() throws Exception {
        call("POST", "/subjects/s/versions", INT);
        call("PUT", "/config/s", "{\"compatibility\":\"FULL\"}");
        int port = registry.url().getPort();

        registry.close();
        registry = LocalRegistry.start(dir, port);

        assertAnswer("GET", "/subjects/s/versions/1/schema", "", 200, "'int'");
        assertAnswer("GET", "/config/s", "", 200, "{'compatibilityLevel':'FULL'}");
        assertAnswer("POST", "/subjects/t/versions", LONG, 200, "{'id':2}");
    }

    @Test
    void saysOnItsPageWhatItIsForAndEscapesSubjects() throws Exception {
        call("POST", "/subjects/%3Cscript%3E/versions", INT);

        HttpResponse<String> page = call("GET", "/", "");

        assertThat(page.headers().firstValue("Content-Type")).get().asString().startsWith("text/html");
        assertThat(page.body())
                .contains("one machine", "Confluent", "Karapace", "ccompat", "&lt;script&gt;: versions 1 (id 1)")
                .doesNotContain("<script>");
    }

    @Test
    void refusesPagesOfOtherSites() throws Exception {
        HttpRequest foreign = HttpRequest.newBuilder(registry.url().resolve("/subjects"))
                .header("Origin", "https://example.org")
                .build();
        HttpRequest own = HttpRequest.newBuilder(registry.url().resolve("/subjects"))
                .header("Origin", registry.url().toString())
                .build();

        assertThat(http.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(http.send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> LocalRegistry.start(dir.resolve("other"), taken.getLocalPort()))
                    .isInstanceOf(LocalStartException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    private void assertAnswer(String method, String path, String body, int status, String expected) throws Exception {
        HttpResponse<String> answer = call(method, path, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/vnd.schemaregistry.v1+json"));
        String json = expected.replace("\\'", "\\\"").replace('\'', '"');
        assertThat(JSON.readTree(answer.body())).as("%s %s", method, path).isEqualTo(JSON.readTree(json));
    }

    private void assertError(String method, String path, String body, int status, int code) throws Exception {
        HttpResponse<String> answer = call(method, path, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.path("error_code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
    }

    private JsonNode body(String method, String path, String body) throws Exception {
        return JSON.readTree(call(method, path, body).body());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(registry.url().resolve(path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void answersUnderTheNamesItWasGivenAndNoOther(@TempDir Path folder) throws IOException {
        try (var named = LocalRegistry.start(folder, "127.0.0.1", 0, Set.of("schema-registry"))) {
            assertThat(statusFor(named, "schema-registry:8081")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(statusFor(named, "127.0.0.1")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(statusFor(named, "example.org")).isEqualTo("HTTP/1.1 403 Forbidden");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // pages of another port of this machine, of another site, and of a name that was made to lead here
                "POST | Origin: http://127.0.0.1:3000                                                          | 403",
                "POST | Origin: null                                                                           | 403",
                "POST | Origin: https://127.0.0.1:PORT                                                         | 403",
                "GET  | Origin: http://localhost:PORT                                                          | 403",
                "POST | Sec-Fetch-Site: same-site;Sec-Fetch-Mode: no-cors                                      | 403",
                "POST | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate;Sec-Fetch-Dest: document           | 403",
                "GET  | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: no-cors;Sec-Fetch-Dest: script              | 403",
                "GET  | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate;Sec-Fetch-Dest: iframe             | 403",
                "GET  | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate;Sec-Fetch-Dest: document           | 200",
                "GET  | Sec-Fetch-Site: none                                                                   | 200",
                "POST | Origin: http://127.0.0.1:PORT;Sec-Fetch-Site: same-origin                              | 200",
                "OPTIONS | Origin: http://127.0.0.1:3000;Access-Control-Request-Method: PUT                    | 403",
            })
    void answersNoPagesOfOtherSitesAndPorts(String method, String headers, int status) throws IOException {
        String port = Integer.toString(registry.url().getPort());
        String path = method.equals("POST") ? "/subjects/s/versions" : "/subjects";

        String answer = answer(
                registry,
                method + " " + path,
                "127.0.0.1:" + port,
                headers.replace("PORT", port).replace(";", "\r\n"),
                INT);

        assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContainIgnoringCase("Access-Control-Allow");
    }

    @ParameterizedTest
    @CsvSource({
        "rebound.example",
        "127.0.0.1.nip.io",
        "localhost.",
        "0.0.0.0",
        "127.0.0.1@example.org",
        "''",
        "169.254.1.1"
    })
    void answersUnderNoNameThatWasMadeToLeadHere(String host) throws IOException {
        assertThat(answer(registry, "GET /", host + ":" + registry.url().getPort(), "X: y", ""))
                .containsPattern("^HTTP/1.1 40[03]");
    }

    @Test
    void forbidsItsPageToBeShownInsideOthersAndToLoadAnything() throws Exception {
        for (String path : new String[] {"/", "/subjects", "/nowhere"}) {
            assertThat(call("GET", path, "").headers().map())
                    .as(path)
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("x-frame-options", List.of("DENY"))
                    .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
                    .doesNotContainKeys("access-control-allow-origin", "server")
                    .extractingByKey("content-security-policy")
                    .asString()
                    .contains("default-src 'none'", "frame-ancestors 'none'");
        }
    }

    @Test
    void keepsItsFolderToItsUser() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
                .isEqualTo("rwx------");
    }

    private static String statusFor(LocalRegistry registry, String host) throws IOException {
        return answer(registry, "GET /subjects", host, "X: y", "")
                .lines()
                .findFirst()
                .orElse("");
    }

    /** By hand, because Java's client does not let a program choose these headers. */
    private static String answer(LocalRegistry registry, String line, String host, String headers, String body)
            throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), registry.url().getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\nContent-Length: "
                                    + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
