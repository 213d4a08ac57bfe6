package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tripline.agent.ProbeAgent;
import dev.tripline.agent.config.AgentConfig;
import dev.tripline.agent.config.CommandProbeConfig;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import dev.tripline.service.Service;
import dev.tripline.service.health.HealthConfig;
import dev.tripline.service.health.HealthServer;
import dev.tripline.system.MetricsCatalogue.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes a whole pipeline that runs, with Kafka's clients, and compares it with {@code docs/metrics.md}. */
@Timeout(180)
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void aPipelineThatRunsTellsWhatIsDocumentedAndNothingElse() throws Exception {
        port = freePort();
        Service server = HealthServer.before(new HealthConfig(port, "127.0.0.1"), List.of())
                .get(0);
        var ends = new CopyOnWriteArrayList<Throwable>();
        server.start();
        try (var pipeline = LocalPipeline.start(data.resolve("pipeline"));
                var agent = ProbeAgent.of(agent(pipeline), ends::add)) {
            // When
            agent.start();

            // Then
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).untilAsserted(() -> {
                String text = scrape();
                assertThat(value(text, "tripline_agent_outcomes_total{result=\"published\"}"))
                        .isPositive();
                assertThat(value(text, "tripline_analyzer_outcomes_total{result=\"counted\"}"))
                        .isPositive();
                assertThat(value(text, "tripline_analyzer_decisions_total{kind=\"rate\"}"))
                        .isPositive();
                assertThat(value(text, "tripline_analyzer_state_bytes{store=\"suites.series\"}"))
                        .isPositive();
                assertThat(value(text, "tripline_analyzer_state_value_bytes_count{store=\"suites.series\"}"))
                        .isPositive();
                assertThat(value(text, "tripline_analyzer_newest_age_seconds{topic=\"tripline.decision-inputs\"}"))
                        .isBetween(0.0, 60.0);
                assertThat(value(text, "tripline_analyzer_lag_records{topic=\"tripline.test-outcomes\"}"))
                        .isZero();
                assertThat(value(
                                text,
                                "tripline_sink_tracker_calls_total{call=\"check\",result=\"done\",tracker=\"local\"}"))
                        .isPositive();
            });
            Map<String, Family> scraped = MetricsCatalogue.scraped(scrape());
            Set<String> documented = MetricsCatalogue.documentedPrefixes();
            assertThat(kafka(scraped).keySet())
                    .allSatisfy(name -> assertThat(documented)
                            .anySatisfy(prefix -> assertThat(name).startsWith(prefix)));
            assertThat(documented)
                    .allSatisfy(prefix -> assertThat(kafka(scraped).keySet())
                            .anySatisfy(name -> assertThat(name).startsWith(prefix)));
            var ours = new TreeMap<>(scraped);
            ours.keySet().removeAll(kafka(scraped).keySet());
            assertThat(MetricsCatalogue.faults(ours, MetricsCatalogue.documented()))
                    .isEmpty();
            assertThat(new TreeSet<>(MetricsCatalogue.documented().keySet()))
                    .filteredOn(name -> name.startsWith("tripline_") && !name.equals("tripline_ready"))
                    .isSubsetOf(scraped.keySet());
        } finally {
            server.close();
        }
        assertThat(ends).isEmpty();
    }

    private static Map<String, Family> kafka(Map<String, Family> scraped) {
        return scraped.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("kafka_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private AgentConfig agent(LocalPipeline pipeline) {
        var probe = new CommandProbeConfig(
                "says-yes",
                "staging",
                null,
                null,
                null,
                List.of("true"),
                data,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                List.of(),
                null,
                null,
                null,
                Map.of(),
                List.of(),
                List.of());
        return new AgentConfig(
                "agent",
                "here",
                new KafkaConnection(
                        pipeline.bootstrapServers(),
                        "tripline.",
                        new RegistryConnection(pipeline.registryUrl(), true, Map.of()),
                        Map.of()),
                data.resolve("agent"),
                List.of(probe),
                List.of(),
                null);
    }

    private String scrape() throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double value(String text, String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
