package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.AgentMeters;
import dev.tripline.analyzer.AnalyzerMeters;
import dev.tripline.analyzer.AnalyzerTopology;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import dev.tripline.service.Service;
import dev.tripline.service.health.HealthConfig;
import dev.tripline.service.health.HealthServer;
import dev.tripline.sink.consumer.SinkMeters;
import dev.tripline.sink.reconcile.FakeTracker;
import dev.tripline.sink.tracker.CountedTracker;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.system.MetricsCatalogue.Family;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compares {@code docs/metrics.md} with what the processes register, both ways. What Kafka's clients add needs a broker. */
@Timeout(60)
class MetricsCatalogueTest {
    private static final Topics TOPICS = Topics.standard();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2025-09-11T08:00:00Z"));

    /** Shown once the JVM has collected garbage in some way, which a test cannot wait for. */
    private static final Set<String> OCCASIONAL = Set.of(
            "jvm_gc_pause_seconds",
            "jvm_gc_pause_seconds_max",
            "jvm_gc_concurrent_phase_time_seconds",
            "jvm_gc_concurrent_phase_time_seconds_max");

    private record Idle(String name) implements Service {
        @Override
        public void start() {}

        @Override
        public void close() {}
    }

    @Test
    void everythingThatIsRegisteredIsDocumentedAndTheOtherWayRound() throws Exception {
        // Given
        Map<String, Family> documented = MetricsCatalogue.documented();

        // When
        Map<String, Family> scraped = MetricsCatalogue.scraped(scrape());

        // Then
        assertThat(MetricsCatalogue.faults(scraped, documented)).isEmpty();
        var missing = new TreeSet<>(documented.keySet());
        missing.removeAll(scraped.keySet());
        missing.removeAll(OCCASIONAL);
        assertThat(missing).as("documented, but not registered").isEmpty();
        scraped.forEach((name, family) -> family.labels().forEach((label, values) -> {
            // An entry of state is put aside under the name of its change log, which is known when it happens.
            var allowed = new TreeSet<>(documented.get(name).labels().get(label));
            allowed.remove("unreadable-state");
            if (name.startsWith("tripline_") && !allowed.isEmpty() && !label.equals("tracker")) {
                assertThat(values).as("%s of %s", label, name).isEqualTo(allowed);
            }
        }));
    }

    @Test
    void noticesWhatIsMissingOrDifferent() {
        Map<String, Family> scraped = MetricsCatalogue.scraped("""
                # TYPE a_total counter
                a_total{reason="odd"} 1.0
                # TYPE b gauge
                b 1.0
                # TYPE c_seconds summary
                c_seconds_count 1
                c_seconds_sum 0.5
                """);

        List<String> faults = MetricsCatalogue.faults(
                scraped,
                Map.of(
                        "a_total", new Family("counter", Map.of("reason", Set.of("late"))),
                        "c_seconds", new Family("gauge", Map.of("topic", Set.of()))));

        assertThat(faults)
                .containsExactly(
                        "a_total: reason has the values [odd], documented are [late]",
                        "b: is not documented",
                        "c_seconds: is a summary, documented as gauge",
                        "c_seconds: has the labels [], documented are [topic]");
    }

    private static String scrape() throws Exception {
        int port = freePort();
        var services = new ArrayList<Service>(HealthServer.before(
                new HealthConfig(port, "127.0.0.1"),
                List.of(new Idle("stream analyzer"), new Idle("issue sink"), new Idle("probe agent"))));
        services.get(0).start();
        try (var analyzer = new AnalyzerMeters(Metrics.globalRegistry, TOPICS, () -> 0, CLOCK);
                var sink = new SinkMeters(
                        Metrics.globalRegistry, TOPICS.incidents().name(), CLOCK);
                var agent = new AgentMeters(Metrics.globalRegistry)) {
            AnalyzerTopology.build(
                    TOPICS, new EventSerdes(new MockSchemaRegistryClient(), true), Duration.ofMillis(100));
            analyzer.showStores(List.of("suites.series"), store -> 1);
            IssueTracker tracker = new CountedTracker(new FakeTracker("local", CLOCK), Metrics.globalRegistry);
            assertThat(tracker.name()).isEqualTo("local");
            assertThat(sink).isNotNull();
            assertThat(agent).isNotNull();
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } finally {
            services.get(0).close();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
