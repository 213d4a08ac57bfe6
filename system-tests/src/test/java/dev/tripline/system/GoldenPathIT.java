package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tripline.events.Incident;
import dev.tripline.events.IncidentState;
import dev.tripline.events.IssueState;
import dev.tripline.events.PatternChangeKind;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.Severity;
import dev.tripline.events.TestCondition;
import dev.tripline.events.TrackedIssue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of the golden path through the running pipeline: reports in, issues out. */
final class GoldenPathIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "golden-path");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant SECOND_DAY = Instant.parse("2025-09-11T00:00:00Z");

    @TempDir
    Path data;

    @Test
    void twoMorningsBecomeFourIssuesAndASecondReadingChangesNothing() throws Exception {
        try (var pipeline = LocalPipeline.start(data)) {
            // Given
            succeed(pipeline.tripline(
                    "rules", "apply", EXAMPLE.resolve("rules.yaml").toString(), "--environment", "staging"));
            succeed(pipeline.tripline(
                    "deployment", "--file", EXAMPLE.resolve("deployments.jsonl").toString()));

            // When
            succeed(pipeline.tripline("ingest", EXAMPLE.resolve("2025-09-10").toString()));
            awaitIssues(pipeline, 1);
            succeed(pipeline.tripline("ingest", EXAMPLE.resolve("2025-09-11").toString()));
            awaitIssues(pipeline, 4);

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertStory(pipeline));
            List<String> issues = issueFiles(pipeline);
            var incidents = pipeline.newest(pipeline.topics().incidents());
            long inputs = pipeline.all(pipeline.topics().decisionInputs()).size();

            // When all is read a second time, and a last run shows that it has been handled
            succeed(pipeline.tripline("ingest", EXAMPLE.toString()));
            succeed(pipeline.tripline("ingest", "--environment", "marker", marker().toString()));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(pipeline.newest(pipeline.topics().successRates()))
                                    .containsKey("marker/environment/marker"));

            // Then
            assertThat(pipeline.newest(pipeline.topics().incidents())).isEqualTo(incidents);
            assertThat(issueFiles(pipeline)).isEqualTo(issues);
            assertThat(pipeline.all(pipeline.topics().decisionInputs()).stream()
                            .filter(input -> input.getDelta() != null
                                    && input.getEnvironment().equals("staging")))
                    .as("no outcome was counted again after %d inputs", inputs)
                    .flatExtracting(input -> input.getDelta().getBuckets())
                    .extracting(bucket -> bucket.getCounts().getPassed()
                            + bucket.getCounts().getFailed()
                            + bucket.getCounts().getTimedOut())
                    .satisfies(counts -> assertThat(counts.stream()
                                    .mapToLong(count -> (Long) count)
                                    .sum())
                            .isEqualTo(58));
        }
    }

    @Test
    void reportsAndDeploymentsThatComeInReverseTellTheSameStory() throws Exception {
        try (var pipeline = LocalPipeline.start(data)) {
            // Given
            succeed(pipeline.tripline(
                    "rules", "apply", EXAMPLE.resolve("rules.yaml").toString(), "--environment", "staging"));

            // When
            succeed(pipeline.tripline("ingest", EXAMPLE.resolve("2025-09-11").toString()));
            awaitIssues(pipeline, 3);
            succeed(pipeline.tripline("ingest", EXAMPLE.resolve("2025-09-10").toString()));
            awaitIssues(pipeline, 4);
            succeed(pipeline.tripline(
                    "deployment", "--file", EXAMPLE.resolve("deployments.jsonl").toString()));

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(pipeline.newest(pipeline.topics().incidents()).values())
                        .filteredOn(incident -> incident.getStartedAt().isAfter(SECOND_DAY))
                        .hasSize(3)
                        .allSatisfy(incident -> assertThat(incident.getDeployment())
                                .isNotNull()
                                .extracting(
                                        suspected -> suspected.getDeployment().getRevision())
                                .isEqualTo("00412-s5g"));
                assertThat(pipeline.all(pipeline.topics().patternChanges()))
                        .filteredOn(change -> change.getKind() == PatternChangeKind.SHIFTED)
                        .last()
                        .satisfies(shift ->
                                assertThat(shift.getDeployment().getRevision()).isEqualTo("00412-s5g"));
            });
        }
    }

    private void assertStory(LocalPipeline pipeline) {
        var topics = pipeline.topics();
        assertThat(pipeline.newest(topics.incidents()).values())
                .extracting(
                        incident -> incident.getPattern().getType(),
                        Incident::getState,
                        Incident::getSeverity,
                        Incident::getPriority,
                        Incident::getTestCount,
                        Incident::getSuiteCount)
                .containsExactlyInAnyOrder(
                        tuple(
                                "websockets.exceptions.ConnectionClosedOK",
                                IncidentState.OPEN,
                                Severity.CRITICAL,
                                "P0",
                                8L,
                                3L),
                        tuple(
                                "websockets.exceptions.NegotiationError",
                                IncidentState.OPEN,
                                Severity.CRITICAL,
                                "P0",
                                4L,
                                2L),
                        tuple("TimeoutError", IncidentState.OPEN, Severity.HIGH, "P1", 2L, 1L),
                        tuple("AuthenticationError", IncidentState.OPEN, Severity.MEDIUM, "P2", 1L, 1L));
        assertThat(pipeline.all(topics.patternChanges()))
                .filteredOn(change -> change.getKind() == PatternChangeKind.SHIFTED)
                .singleElement()
                .satisfies(shift -> {
                    assertThat(shift.getScope().getName()).isEqualTo("test_1_websocket_events_staging");
                    assertThat(List.of(shift.getRateBefore(), shift.getRateAfter()))
                            .containsOnly(0.4);
                    assertThat(shift.getDeployment().getRevision()).isEqualTo("00412-s5g");
                });
        assertThat(pipeline.all(topics.patternChanges()))
                .filteredOn(change -> change.getKind() == PatternChangeKind.NEW
                        && change.getAt().isAfter(SECOND_DAY))
                .extracting(change -> change.getAfter().getType())
                .containsExactlyInAnyOrder(
                        "websockets.exceptions.NegotiationError", "AuthenticationError", "TimeoutError");
        assertThat(lastRuns(pipeline))
                .containsExactlyInAnyOrder(
                        tuple("test_10_critical_path_staging", 6L, 0L),
                        tuple("test_1_websocket_events_staging", 2L, 3L),
                        tuple("test_2_message_flow_staging", 3L, 2L),
                        tuple("test_3_agent_pipeline_staging", 3L, 3L),
                        tuple("test_priority1_critical_REAL", 21L, 4L));
        assertThat(pipeline.newest(topics.incidents()).values())
                .filteredOn(incident -> incident.getTestCount() == 8)
                .singleElement()
                .satisfies(race -> assertThat(race.getTests())
                        .filteredOn(test -> test.getCondition() == TestCondition.NOT_RUN_SINCE)
                        .hasSize(5));
        assertThat(pipeline.newest(topics.issues()).values())
                .extracting(TrackedIssue::getState)
                .containsOnly(IssueState.OPEN);
    }

    private static List<Tuple> lastRuns(LocalPipeline pipeline) {
        return pipeline.newest(pipeline.topics().successRates()).values().stream()
                .filter(rate -> rate.getScope().getKind() == ScopeKind.SUITE && rate.getLastRun() != null)
                .map(rate -> tuple(
                        rate.getScope().getName(),
                        rate.getLastRun().getCounts().getPassed(),
                        rate.getLastRun().getCounts().getFailed()
                                + rate.getLastRun().getCounts().getTimedOut()))
                .toList();
    }

    private static void awaitIssues(LocalPipeline pipeline, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(issueFiles(pipeline)).hasSize(count));
    }

    /** Text of each issue, by file name. */
    private static List<String> issueFiles(LocalPipeline pipeline) {
        if (!Files.isDirectory(pipeline.issues())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(pipeline.issues())) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted(Comparator.comparing(Path::toString))
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path marker() throws IOException {
        return Files.writeString(
                data.resolve("marker.xml"),
                "<testsuite name=\"marker\" timestamp=\"2025-09-12T00:00:00Z\"><testcase name=\"t\" time=\"1\"/></testsuite>");
    }

    private static void succeed(LocalPipeline.Call call) {
        assertThat(call.exitCode()).as("%s", call).isZero();
    }
}
