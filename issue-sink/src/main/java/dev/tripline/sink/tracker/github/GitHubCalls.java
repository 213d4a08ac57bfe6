package dev.tripline.sink.tracker.github;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tripline.service.secrets.Disclosure;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.TrackerReply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends one request to GitHub and sorts its answer: done, unknown, not sent, limited or refused. */
final class GitHubCalls {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** GitHub's limits end within the hour; who asks for more than this is asked again then. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** Most bytes of an answer: a page of 100 issues of 65,536 characters has some 7 MB, escaped as badly as can be 40 MB. */
    private static final int MOST_BYTES = 48 * 1024 * 1024;

    /** Most tokens of an answer: a page of 100 issues has some 50,000, and a tree of any takes 60 bytes each. */
    private static final long MOST_TOKENS = 500_000;

    private static final int LOOKED_THROUGH = 8_000;
    private static final int LONGEST_REASON = 300;

    private final HttpClient http;
    private final GitHubSettings settings;
    private final InstantSource clock;
    private final JsonMapper json = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
            .build());

    GitHubCalls(GitHubSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        // HTTP/1.1: a POST on a connection that dies is reported, never sent again by the client.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** An answer with the address of the next page as it was given, whatever it is; null on the last. */
    record Page(JsonNode content, @Nullable String next) {}

    /**
     * Sends a request.
     *
     * @param body fields of the JSON body; null for none
     * @param expected the status that means done
     * @param read takes what is needed from the answer; empty if it is not there
     */
    <T> TrackerReply<T> send(
            String method, URI uri, @Nullable Map<String, ?> body, int expected, Function<Page, Optional<T>> read) {
        String call = method + " " + uri.getPath();
        // The time of a request ends with the head of its answer, that of the future with its last byte.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request(method, uri, body), head -> new BoundedBody(MOST_BYTES));
        try {
            return sort(call, answer.get(settings.requestTimeout().toNanos(), TimeUnit.NANOSECONDS), expected, read);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new TrackerReply.Unknown<>(call + ": no whole answer within "
                    + settings.requestTimeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(call, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new TrackerReply.Unknown<>(call + ": interrupted while waiting");
        }
    }

    private <T> TrackerReply<T> failed(String call, Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException
                    ? new TrackerReply.NotSent<>(
                            "GitHub's host is unknown: " + settings.apiUrl().getHost())
                    : new TrackerReply.NotSent<>("GitHub cannot be reached at "
                            + Disclosure.url(settings.apiUrl().toString()) + ": " + Disclosure.line(cause.toString()));
        }
        return cause.getCause() instanceof UnresolvedAddressException
                ? new TrackerReply.NotSent<>(
                        "GitHub's host is unknown: " + settings.apiUrl().getHost())
                : new TrackerReply.Unknown<>(call + ": " + Disclosure.line(cause.toString()));
    }

    private HttpRequest request(String method, URI uri, @Nullable Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(settings.requestTimeout())
                .header("Accept", "application/vnd.github+json")
                .header("Authorization", "Bearer " + settings.token())
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "tripline");
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        try {
            return request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private <T> TrackerReply<T> sort(
            String call, HttpResponse<byte[]> response, int expected, Function<Page, Optional<T>> read) {
        int status = response.statusCode();
        if (status == expected) {
            Optional<T> value = parse(response).flatMap(read);
            return value.<TrackerReply<T>>map(TrackerReply.Done::new)
                    .orElseGet(() -> new TrackerReply.Unknown<>(call + ": " + status + " with an unreadable body"));
        }
        String reason = call + ": " + status + " " + message(response);
        if (status == 429 || (status == 403 && isLimit(response))) {
            return new TrackerReply.RateLimited<>(limitedUntil(response), reason);
        }
        return switch (status) {
            case 301, 302, 307, 308 ->
                refused(
                        status,
                        reason,
                        "the repository has moved; give its new name, and the old one in formerly",
                        Fault.OPERATOR);
            case 401 -> refused(status, reason, "the token is wrong or has expired; give a valid one", Fault.OPERATOR);
            case 403 ->
                refused(status, reason, "grant the token 'Issues: read and write' on " + repository(), Fault.OPERATOR);
            case 404 ->
                refused(
                        status,
                        reason,
                        "check that " + repository()
                                + " exists and that the token may see it ('Issues: read and write')",
                        Fault.OPERATOR);
            case 410 ->
                refused(
                        status,
                        reason,
                        "issues are switched off in " + repository() + ", or this one was deleted",
                        Fault.OPERATOR);
            case 400, 405, 406, 413, 415, 422 ->
                refused(status, reason, "Tripline sent what GitHub refuses", Fault.OURS);
            default -> new TrackerReply.Unknown<>(reason);
        };
    }

    private static <T> TrackerReply<T> refused(int status, String reason, String remedy, Fault fault) {
        return new TrackerReply.Refused<>(status, reason + "; " + remedy, fault);
    }

    private String repository() {
        return settings.owner() + "/" + settings.repository();
    }

    private Optional<Page> parse(HttpResponse<byte[]> response) {
        try {
            JsonNode content = json.readTree(response.body());
            return content == null || content.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(
                            new Page(content, Links.next(response.headers().allValues("link"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The server's words go into logs and reasons: a proxy may echo the token of the request. */
    private String message(HttpResponse<byte[]> response) {
        String all = parse(response)
                .map(page -> page.content().path("message").asText("") + " "
                        + page.content().path("errors").toString())
                .orElse("")
                .strip();
        // Looked through for secrets is no more than may be shown of it, and a little, so that none is cut in two
        // unseen.
        String text = Disclosure.line(all.substring(0, Math.min(LOOKED_THROUGH, all.length())));
        return text.substring(0, Math.min(LONGEST_REASON, text.length()));
    }

    /** A 403 is a limit if GitHub says when to come back, that nothing is left, or so in words. */
    private boolean isLimit(HttpResponse<byte[]> response) {
        return response.headers().firstValue("retry-after").isPresent()
                || "0"
                        .equals(response.headers()
                                .firstValue("x-ratelimit-remaining")
                                .orElse(""))
                || message(response).toLowerCase(Locale.ROOT).contains("rate limit");
    }

    /** As GitHub asks: retry-after if given, else the reset if nothing is left, else at least a minute. */
    private Instant limitedUntil(HttpResponse<byte[]> response) {
        Instant now = clock.instant();
        Instant asked = askedFor(response, now);
        Instant latest = now.plus(LONGEST_WAIT);
        return asked.isAfter(latest) ? latest : asked;
    }

    private static Instant askedFor(HttpResponse<byte[]> response, Instant now) {
        OptionalLong seconds = number(response, "retry-after");
        if (seconds.isPresent()) {
            return now.plusSeconds(seconds.getAsLong());
        }
        Optional<Instant> date = response.headers().firstValue("retry-after").flatMap(GitHubCalls::date);
        if (date.isPresent() && date.get().isAfter(now)) {
            return date.get();
        }
        OptionalLong reset = number(response, "x-ratelimit-reset");
        boolean isSpent = number(response, "x-ratelimit-remaining").orElse(1) == 0;
        if (isSpent
                && reset.isPresent()
                && Instant.ofEpochSecond(reset.getAsLong()).isAfter(now)) {
            return Instant.ofEpochSecond(reset.getAsLong());
        }
        return now.plus(MINUTE);
    }

    /** A proxy may name a date, as RFC 9110 allows. */
    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong number(HttpResponse<byte[]> response, String header) {
        return response.headers()
                .firstValue(header)
                .filter(value -> DIGITS.matcher(value).matches())
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }
}
