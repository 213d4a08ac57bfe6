package dev.tripline.analyzer;

import dev.tripline.events.Deployment;
import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The two mornings of the golden path as records: what {@code examples/golden-path} holds as reports. */
public final class GoldenPath {
    public static final String CRITICAL = "test_10_critical_path_staging";
    public static final String WEBSOCKET = "test_1_websocket_events_staging";
    public static final String MESSAGES = "test_2_message_flow_staging";
    public static final String AGENTS = "test_3_agent_pipeline_staging";
    public static final String PRIORITY = "test_priority1_critical_REAL";

    public static final String RULES = """
            learning: {suite_runs: 0}
            journeys:
              - name: golden-path
                impact: "$500K+ ARR: a user logs in and gets an AI response"
                suites:
                  - test_10_critical_path_staging
                  - test_1_websocket_events_staging
                  - test_2_message_flow_staging
                  - test_3_agent_pipeline_staging
                  - test_priority1_critical_REAL
            rules:
              - id: golden-path
                journey: golden-path
                new_pattern: first
                severity:
                  critical: {suites: 2}
                  high: {tests: 2}
                  otherwise: medium
              - {id: critical-path, suites: [test_10_critical_path_staging], baseline: 100 %, target: 100 %}
              - {id: websocket-events, suites: [test_1_websocket_events_staging], baseline: 40 %, target: 80 %}
              - {id: agent-pipeline, suites: [test_3_agent_pipeline_staging], baseline: 50 %, target: 67 %}
              - {id: message-flow, suites: [test_2_message_flow_staging], baseline: 60 %, target: 80 %}
              - {id: priority-1, suites: [test_priority1_critical_REAL], target: 95 %}
            """;

    private static final String RACE_TYPE = "websockets.exceptions.ConnectionClosedOK";
    private static final String RACE = "received 1000 (OK) main cleanup; then sent 1000 (OK) main cleanup";
    private static final String SUBPROTOCOL_TYPE = "websockets.exceptions.NegotiationError";
    private static final String SUBPROTOCOL = "no subprotocols supported";

    /** Records of one suite run. */
    public record Run(List<TestOutcome> outcomes, SuiteRun totals) {}

    private GoldenPath() {}

    public static List<Deployment> deployments() {
        return List.of(
                deployment("00411-k2d", "2025-09-09T21:10:00-07:00"),
                deployment("00412-s5g", "2025-09-11T06:48:00-07:00"));
    }

    public static List<Run> firstMorning() {
        return List.of(
                new Builder(CRITICAL, "a", "2025-09-10T08:00:00-07:00", "00411-k2d")
                        .passed(6)
                        .build(),
                new Builder(WEBSOCKET, "b", "2025-09-10T08:02:00-07:00", "00411-k2d")
                        .passed(2)
                        .failed("test_websocket_connection", RACE_TYPE, RACE)
                        .failed("test_websocket_event_flow", RACE_TYPE, RACE)
                        .failed("test_concurrent_websocket", RACE_TYPE, RACE)
                        .build(),
                new Builder(AGENTS, "c", "2025-09-10T08:04:00-07:00", "00411-k2d")
                        .passed(3)
                        .failed("test_agent_execution_stream", RACE_TYPE, RACE)
                        .failed("test_agent_lifecycle_events", RACE_TYPE, RACE)
                        .failed("test_pipeline_completion_event", RACE_TYPE, RACE)
                        .build(),
                new Builder(MESSAGES, "d", "2025-09-10T08:06:00-07:00", "00411-k2d")
                        .passed(3)
                        .failed("test_message_stream", RACE_TYPE, RACE)
                        .failed("test_message_delivery_event", RACE_TYPE, RACE)
                        .build());
    }

    public static List<Run> secondMorning() {
        return List.of(
                new Builder(CRITICAL, "e", "2025-09-11T08:00:00-07:00", "00412-s5g")
                        .passed(6)
                        .build(),
                new Builder(WEBSOCKET, "f", "2025-09-11T08:02:00-07:00", "00412-s5g")
                        .passed(2)
                        .failed("test_websocket_connection", SUBPROTOCOL_TYPE, SUBPROTOCOL)
                        .failed("test_websocket_event_flow", SUBPROTOCOL_TYPE, SUBPROTOCOL)
                        .failed("test_concurrent_websocket", SUBPROTOCOL_TYPE, SUBPROTOCOL)
                        .build(),
                new Builder(PRIORITY, "g", "2025-09-11T08:04:00-07:00", "00412-s5g")
                        .passed(21)
                        .failed(
                                "test_websocket_authentication",
                                "AuthenticationError",
                                "WebSocket handshake refused for user 7f1c0a52-6a0e-4a53-9a0e-2f4ac9d4e1b7: token"
                                        + " accepted over HTTP, rejected for subprotocol 'jwt-auth'")
                        .failed("test_websocket_message_send", SUBPROTOCOL_TYPE, SUBPROTOCOL)
                        .timedOut(
                                "test_streaming_results",
                                "TimeoutError",
                                "streaming response did not complete within 60s (thread 41c7, 3 of 9 chunks received)")
                        .timedOut(
                                "test_critical_event_delivery",
                                "TimeoutError",
                                "streaming response did not complete within 60s (thread 9e02, 5 of 9 chunks received)")
                        .build());
    }

    private static Deployment deployment(String revision, String at) {
        return Deployment.newBuilder()
                .setEnvironment("staging")
                .setService("netra-backend-staging")
                .setRevision(revision)
                .setDeployedAt(instant(at))
                .build();
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static final class Builder {
        private final String suite;
        private final String source;
        private final String revision;
        private final Instant startedAt;
        private final List<TestOutcome> outcomes = new ArrayList<>();
        private Instant next;

        Builder(String suite, String source, String startedAt, String revision) {
            this.suite = suite;
            this.source = "report:" + source;
            this.revision = revision;
            this.startedAt = instant(startedAt);
            this.next = this.startedAt;
        }

        Builder passed(int tests) {
            for (int i = 0; i < tests; i++) {
                add("test_passing_" + i, OutcomeStatus.PASSED, null, Duration.ofMillis(400));
            }
            return this;
        }

        Builder failed(String test, String type, String message) {
            return add(test, OutcomeStatus.FAILED, failure(type, message), Duration.ofMillis(600));
        }

        Builder timedOut(String test, String type, String message) {
            return add(test, OutcomeStatus.TIMED_OUT, failure(type, message), Duration.ofSeconds(60));
        }

        Run build() {
            long passed = outcomes.stream()
                    .filter(o -> o.getStatus() == OutcomeStatus.PASSED)
                    .count();
            long failed = outcomes.stream()
                    .filter(o -> o.getStatus() == OutcomeStatus.FAILED)
                    .count();
            var totals = new StatusCounts(passed, failed, 0L, outcomes.size() - passed - failed, 0L, 0L);
            var run = SuiteRun.newBuilder()
                    .setEnvironment("staging")
                    .setSuite(suite)
                    .setLocation("local")
                    .setSource(source)
                    .setRun(1)
                    .setStartedAt(startedAt)
                    .setEndedAt(next)
                    .setTotals(totals)
                    .setService("netra-backend-staging")
                    .setRevision(revision)
                    .build();
            return new Run(List.copyOf(outcomes), run);
        }

        private Builder add(String test, OutcomeStatus status, Failure failure, Duration took) {
            outcomes.add(TestOutcome.newBuilder()
                    .setEnvironment("staging")
                    .setSuite(suite)
                    .setTest(test)
                    .setLocation("local")
                    .setSource(source)
                    .setRun(1)
                    .setStatus(status)
                    .setStartedAt(next)
                    .setEndedAt(next.plus(took))
                    .setDurationMillis(took.toMillis())
                    .setFailure(failure)
                    .setService("netra-backend-staging")
                    .setRevision(revision)
                    .build());
            next = next.plus(took);
            return this;
        }

        private static Failure failure(String type, String message) {
            return Failure.newBuilder().setType(type).setMessage(message).build();
        }
    }
}
