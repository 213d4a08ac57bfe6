package dev.tripline.sink.tracker.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.IssueTrackerContract;
import dev.tripline.sink.tracker.TrackerReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubTrackerTest extends IssueTrackerContract {
    private static final Instant NOW = Instant.parse("2025-09-11T15:00:00Z");
    private static final IssueDraft DRAFT = new IssueDraft("title", "body", List.of("tripline"));
    private final GitHubServer server = new GitHubServer();

    @Override
    protected IssueTracker tracker() {
        return tracker(server.uri());
    }

    private static GitHubTracker tracker(URI uri) {
        return new GitHubTracker(
                new GitHubSettings(
                        uri,
                        "acme",
                        "shop",
                        "secret-token",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        500,
                        List.of("acme/store"),
                        List.of("old-bot")),
                () -> NOW);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsToGitHubsOwnDescription() {
        // Given
        String data = System.getProperty("tripline.evaluation-data", "");
        assumeThat(data)
                .as("tripline.evaluation-data: folder with GitHub's OpenAPI description")
                .isNotEmpty();
        Path description = Path.of(data, "github-openapi", "github-issues.openapi.json");
        OpenApiInteractionValidator validator = OpenApiInteractionValidator.createFor(text(description))
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.accept.notAllowed", ValidationReport.Level.IGNORE)
                        // Each part of an allOf would refuse the fields of the others.
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();

        // When
        everyCall();

        // Then
        assertThat(server.exchanges).hasSizeGreaterThan(8);
        for (GitHubServer.Exchange exchange : server.exchanges) {
            if (exchange.uri().getPath().equals("/repos/acme/shop")) {
                continue; // the server answers with the few fields of a repository that are read
            }
            ValidationReport report = validator.validate(
                    request(exchange),
                    SimpleResponse.Builder.status(exchange.status())
                            .withContentType("application/json; charset=utf-8")
                            .withBody(exchange.answer())
                            .build());
            assertThat(report.getMessages().stream()
                            .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE))
                    .as("%s %s %s", exchange.method(), exchange.uri(), exchange.body())
                    .isEmpty();
        }
    }

    @Test
    void sendsNoOtherFieldsThanTheseBecauseADescriptionForgivesUnknownOnes() throws IOException {
        everyCall();

        var sent = new TreeSet<String>();
        for (GitHubServer.Exchange exchange : server.exchanges) {
            if (!exchange.body().isEmpty()) {
                JsonNode body = new JsonMapper().readTree(exchange.body());
                var names = new TreeSet<String>();
                body.fieldNames().forEachRemaining(names::add);
                sent.add(exchange.method() + exchange.uri().getPath().replaceAll("[0-9]+", "N") + names);
            }
            assertThat(exchange.headers())
                    .containsEntry("Accept", List.of("application/vnd.github+json"))
                    .containsEntry("X-github-api-version", List.of("2022-11-28"))
                    .containsEntry("User-agent", List.of("tripline"))
                    .containsEntry("Authorization", List.of("Bearer secret-token"));
        }
        assertThat(sent)
                .containsExactly(
                        "PATCH/repos/acme/shop/issues/N[body, state, state_reason, title]",
                        "PATCH/repos/acme/shop/issues/N[body, title]",
                        "PATCH/repos/acme/shop/issues/N[state, state_reason]",
                        "POST/repos/acme/shop/issues/N/comments[body]",
                        "POST/repos/acme/shop/issues/N/labels[labels]",
                        "POST/repos/acme/shop/issues[body, labels, title]",
                        "POST/repos/acme/shop/labels[color, description, name]");
    }

    @Test
    void readsAllPages() {
        server.pageSize = 2;
        IssueTracker tracker = tracker();
        for (int i = 0; i < 5; i++) {
            done(tracker.create(DRAFT));
        }

        assertThat(done(tracker.listMine())).hasSize(5);
    }

    @Test
    void tellsItsOwnIssuesFromThoseOfOthers() {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        server.author = "old-bot";
        done(tracker.create(DRAFT));
        server.author = "mallory";
        String stranger = done(tracker.create(DRAFT)).number();

        assertThat(tracker.names()).containsExactlyInAnyOrder("github:acme/shop", "github:acme/store");
        IssueTracker restarted = tracker();
        assertThat(done(restarted.listMine())).extracting(ListedIssue::byUs).containsExactly(true, true, false);
        assertThat(done(restarted.show(stranger)).byUs()).isFalse();
    }

    /** Triage may set labels and not make them: that says nothing about the issue. */
    @Test
    void saysThatALabelCannotBeMadeAndNotThatTheIssueIsGone() {
        IssueTracker tracker = tracker();
        String number = done(tracker.create(DRAFT)).number();
        server.nextAnswers.add(new GitHubServer.Answer(404, Map.of(), "{}"));
        server.nextAnswers.add(new GitHubServer.Answer(404, Map.of(), "{\"message\":\"Not Found\"}"));

        assertThat(tracker.relabel(number, List.of(), List.of("severity:critical")))
                .isInstanceOfSatisfying(TrackerReply.Refused.class, refused -> {
                    assertThat(refused.isNotThere()).isFalse();
                    assertThat(refused.reason()).contains("label severity:critical cannot be made");
                });
    }

    @Test
    void tellsRepositoriesApartWithoutTheirCase() {
        var tracker = new GitHubTracker(GitHubSettings.of(server.uri(), "Acme", "Shop", "t"), () -> NOW);

        assertThat(tracker.name()).isEqualTo("github:acme/shop");
    }

    /** Tokens of apps and workflows may not ask, and without its name any account's issues would pass for its own. */
    @Test
    void wantsToKnowItsAccountWhereItMayNotAsk() {
        server.mayAskForAccount = false;
        done(tracker().create(DRAFT));
        var nameless = new GitHubTracker(GitHubSettings.of(server.uri(), "acme", "shop", "t"), () -> NOW);

        for (TrackerReply<?> reply : List.of(nameless.check(), nameless.listMine())) {
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            TrackerReply.Refused.class,
                            refused -> assertThat(refused.reason()).contains("tracker.authors"));
        }
        done(tracker().check());
        assertThat(done(tracker().listMine())).extracting(ListedIssue::byUs).containsExactly(false);
    }

    @Test
    void sendsACreateOnceWhateverIsAnswered() {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        List<GitHubServer.Answer> doubtful = List.of(
                new GitHubServer.Answer(0, Map.of(), ""),
                new GitHubServer.Answer(201, Map.of(), "<html>"),
                new GitHubServer.Answer(201, Map.of(), ""),
                new GitHubServer.Answer(202, Map.of(), "{}"),
                new GitHubServer.Answer(500, Map.of(), "{}"),
                new GitHubServer.Answer(502, Map.of(), ""),
                new GitHubServer.Answer(503, Map.of(), "{}"));
        for (GitHubServer.Answer answer : doubtful) {
            server.exchanges.clear();
            server.nextAnswers.add(answer);

            TrackerReply<?> reply = tracker.create(DRAFT);

            assertThat(reply).as("%s", answer).isInstanceOf(TrackerReply.Unknown.class);
            assertThat(server.exchanges).as("%s", answer).hasSize(1);
        }
    }

    @Test
    void saysWhoHasToActAndWhenToComeBack() {
        assertThat(answerTo(401, Map.of(), "")).isInstanceOfSatisfying(TrackerReply.Refused.class, refused -> {
            assertThat(refused.fault()).isEqualTo(Fault.OPERATOR);
            assertThat(refused.reason()).contains("token").doesNotContain("secret-token");
        });
        assertThat(answerTo(404, Map.of(), "")).asString().contains("acme/shop", "OPERATOR");
        assertThat(answerTo(410, Map.of(), "")).asString().contains("switched off");
        assertThat(answerTo(403, Map.of(), "Resource not accessible"))
                .asString()
                .contains("Issues: read and write");
        assertThat(answerTo(422, Map.of(), "Validation Failed")).asString().contains("OURS");
        assertThat(answerTo(403, Map.of("retry-after", "30"), ""))
                .isEqualTo(new TrackerReply.RateLimited<>(NOW.plusSeconds(30), "POST /repos/acme/shop/issues: 403 []"));
        String reset = Long.toString(NOW.plusSeconds(600).getEpochSecond());
        assertThat(answerTo(403, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset), ""))
                .asString()
                .contains(NOW.plusSeconds(600).toString());
        assertThat(answerTo(429, Map.of(), ""))
                .asString()
                .contains(NOW.plusSeconds(60).toString());
        assertThat(answerTo(403, Map.of(), "You have exceeded a secondary rate limit"))
                .isInstanceOf(TrackerReply.RateLimited.class);
    }

    @Test
    void saysOfATransferredOrDeletedIssueThatItIsNotThere() {
        for (int status : List.of(301, 404, 410)) {
            IssueTracker tracker = tracker();
            String number = done(tracker.create(DRAFT)).number();
            server.nextAnswers.add(new GitHubServer.Answer(status, Map.of(), "{\"message\":\"gone\"}"));

            assertThat(tracker.edit(number, DRAFT))
                    .isInstanceOfSatisfying(
                            TrackerReply.Refused.class,
                            refused -> assertThat(refused.isNotThere()).isTrue());
        }
    }

    @Test
    void knowsThatACallThatFoundNobodyWasNotSent() {
        URI gone = server.uri();
        server.close();

        assertThat(tracker(gone).listMine()).isInstanceOf(TrackerReply.NotSent.class);
        assertThat(tracker(gone).create(DRAFT)).isInstanceOf(TrackerReply.NotSent.class);
    }

    @Test
    void waitsASecondBetweenWritesAndAnHourAfterFiveHundredCreations() {
        var pacing = new WritePacing(Duration.ofSeconds(1), 500);
        for (int i = 0; i < 500; i++) {
            assertThat(pacing.next()).isBeforeOrEqualTo(NOW.plusSeconds(i));
            pacing.wrote(NOW.plusSeconds(i), true);
        }
        assertThat(pacing.next()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    private TrackerReply<?> answerTo(int status, Map<String, String> headers, String message) {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        server.nextAnswers.add(
                new GitHubServer.Answer(status, headers, "{\"message\":\"" + message + "\",\"errors\":[]}"));
        return tracker.create(DRAFT);
    }

    private void everyCall() {
        IssueTracker tracker = tracker();
        done(tracker.check());
        String number = done(tracker.create(
                        new IssueDraft("t", "b", List.of("tripline", "severity:high", "priority:P1"))))
                .number();
        done(tracker.listMine());
        done(tracker.edit(number, DRAFT));
        done(tracker.show(number));
        done(tracker.relabel(number, List.of("severity:high"), List.of("severity:low")));
        done(tracker.comment(number, "text"));
        done(tracker.comments(number));
        done(tracker.close(number, DRAFT));
        done(tracker.reopen(number));
        done(tracker.closeDuplicate(number));
    }

    private static Request request(GitHubServer.Exchange exchange) {
        var request =
                new SimpleRequest.Builder(exchange.method(), exchange.uri().getPath());
        exchange.headers().forEach(request::withHeader);
        String query = exchange.uri().getRawQuery();
        if (query != null) {
            for (String pair : query.split("&")) {
                String[] parts = pair.split("=", 2);
                request.withQueryParam(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return exchange.body().isEmpty()
                ? request.build()
                : request.withBody(exchange.body()).build();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
