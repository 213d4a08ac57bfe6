package dev.tripline.sink.tracker.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tripline.service.text.Cut;
import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.IssueRenderer;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.TrackerReply;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files issues in one repository on GitHub, GitHub Enterprise Cloud or GitHub Enterprise Server. */
public final class GitHubTracker implements IssueTracker {
    private static final int CREATED = 201;
    private static final int OK = 200;

    /** Pages one list may have: 100,000 issues. More means that paging does not end. */
    private static final int MOST_PAGES = 1_000;

    /** Time one list may take, so that pages that come one by one, each just in time, do not hold up everything. */
    /** Characters that are kept of a list: 100,000 issues as GitHub lists them have half as many. */
    private static final long MOST_KEPT = 64L * 1024 * 1024;

    private static final int MOST_URL = 2_048;

    /** GitHub takes 100 labels of 50 characters. */
    private static final int MOST_LABELS = 100;

    private static final int LONGEST_LABEL = 256;
    private static final Duration LONGEST_LIST = Duration.ofMinutes(10);

    private static final Map<String, String> COLOURS = Map.of(
            "tripline", "1f6feb",
            "severity:critical", "b60205",
            "severity:high", "d93f0b",
            "severity:medium", "fbca04",
            "severity:low", "c2e0c6");
    private static final String OTHER_COLOUR = "ededed";

    private final GitHubSettings settings;
    private final GitHubCalls calls;
    private final InstantSource clock;
    private final WritePacing pacing;
    private final Set<String> labels = new HashSet<>();
    private final Set<String> authors = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private boolean knowsAccount;

    public GitHubTracker(GitHubSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.calls = new GitHubCalls(settings, clock);
        this.authors.addAll(settings.authors());
        this.pacing = new WritePacing(settings.betweenWrites(), settings.createsPerHour());
    }

    @Override
    public String name() {
        return nameOf(settings.owner() + "/" + settings.repository());
    }

    /** GitHub tells repositories apart without their case. */
    private static String nameOf(String repository) {
        return "github:" + repository.toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<String> names() {
        return Stream.concat(Stream.of(name()), settings.formerly().stream().map(GitHubTracker::nameOf))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Instant nextWriteAt() {
        return pacing.next();
    }

    /** Looks at the repository and what the token's user may do there. */
    @Override
    public TrackerReply<String> check() {
        TrackerReply<String> account = account();
        if (!(account instanceof TrackerReply.Done<String>)) {
            return account;
        }
        TrackerReply<JsonNode> repository =
                calls.send("GET", repository(""), null, OK, page -> Optional.of(page.content()));
        return repository.match(
                done -> permitted(done.value()),
                unknown -> new TrackerReply.Unknown<>(unknown.reason()),
                notSent -> new TrackerReply.NotSent<>(notSent.reason()),
                limited -> new TrackerReply.RateLimited<>(limited.until(), limited.reason()),
                refused -> new TrackerReply.Refused<>(refused.status(), refused.reason(), refused.fault()));
    }

    /** GitHub drops labels of those who may not push without saying so, and issues are found by their label. */
    private TrackerReply<String> permitted(JsonNode repository) {
        String name = settings.owner() + "/" + settings.repository();
        if (repository.path("archived").asBoolean(false)) {
            return new TrackerReply.Refused<>(403, name + " is archived; choose another repository", Fault.OPERATOR);
        }
        if (!repository.path("has_issues").asBoolean(true)) {
            return new TrackerReply.Refused<>(410, "issues are switched off in " + name, Fault.OPERATOR);
        }
        JsonNode permissions = repository.path("permissions");
        boolean mayLabel = permissions.path("push").asBoolean(false)
                || permissions.path("maintain").asBoolean(false)
                || permissions.path("admin").asBoolean(false)
                || permissions.path("triage").asBoolean(false);
        if (permissions.isObject() && !mayLabel) {
            return new TrackerReply.Refused<>(
                    403,
                    "the token's user may not set labels in " + name + "; grant triage or write access",
                    Fault.OPERATOR);
        }
        return new TrackerReply.Done<>("issues of " + name + " at " + settings.apiUrl());
    }

    /**
     * Asks once whose token it is. Tokens of apps and of workflows may not ask: then the account must be configured, or any
     * account's issues would pass for the sink's.
     */
    private TrackerReply<String> account() {
        if (knowsAccount) {
            return new TrackerReply.Done<>("known");
        }
        TrackerReply<String> reply = calls.send(
                "GET", URI.create(settings.apiUrl() + "/user"), null, OK, page -> text(page.content(), "login"));
        if (reply instanceof TrackerReply.Done<String> done) {
            authors.add(done.value());
        } else if (reply instanceof TrackerReply.Refused<String> refused
                && (refused.status() == 403 || refused.status() == 404)) {
            if (authors.isEmpty()) {
                return new TrackerReply.Refused<>(
                        refused.status(),
                        "the token may not ask for its account; name it in tracker.authors, such as github-actions[bot]",
                        Fault.OPERATOR);
            }
        } else {
            return reply;
        }
        knowsAccount = true;
        return new TrackerReply.Done<>("known");
    }

    @Override
    public TrackerReply<List<ListedIssue>> listMine() {
        TrackerReply<String> account = account();
        if (!(account instanceof TrackerReply.Done<String>)) {
            return failed(account);
        }
        String query =
                "/issues?state=all&labels=" + encode(IssueRenderer.LABEL) + "&per_page=100&sort=created&direction=asc";
        return pages(repository(query), node -> issue(node).map(GitHubTracker::withoutText), GitHubTracker::length);
    }

    @Override
    public TrackerReply<ListedIssue> create(IssueDraft draft) {
        TrackerReply<String> ensured = ensureLabels(draft.labels());
        if (!(ensured instanceof TrackerReply.Done<String>)) {
            return failed(ensured);
        }
        pacing.wrote(clock.instant(), true);
        var body = new LinkedHashMap<String, Object>();
        body.put("title", draft.title());
        body.put("body", draft.body());
        body.put("labels", draft.labels());
        return calls.send("POST", repository("/issues"), body, CREATED, page -> {
            text(page.content().path("user"), "login").ifPresent(authors::add);
            return issue(page.content());
        });
    }

    /** Makes the labels there are none of yet. Nothing was done to an issue, so a failure leaves none in doubt. */
    private TrackerReply<String> ensureLabels(List<String> wanted) {
        for (String label : wanted) {
            TrackerReply<String> ensured = ensureLabel(label);
            if (ensured instanceof TrackerReply.Unknown<String> unknown) {
                // A label that fails does not concern issues with other labels.
                return new TrackerReply.Refused<>(0, "label " + label + ": " + unknown.reason(), Fault.OTHER);
            }
            if (ensured instanceof TrackerReply.Refused<String> refused && refused.isNotThere()) {
                // What is not there is the permission to make labels, which triage has not; the issue may well be.
                return new TrackerReply.Refused<>(
                        0,
                        "label " + label + " cannot be made: " + refused.reason()
                                + "; make it by hand, or grant the token's user write access",
                        Fault.OPERATOR);
            }
            if (!(ensured instanceof TrackerReply.Done<String>)) {
                return ensured;
            }
        }
        return new TrackerReply.Done<>("labels");
    }

    /** Passes a reply that is not done on as the reply to another question. */
    private static <T> TrackerReply<T> failed(TrackerReply<?> reply) {
        return reply.match(
                done -> {
                    throw new IllegalArgumentException("a reply that is done is no failure");
                },
                unknown -> new TrackerReply.Unknown<>(unknown.reason()),
                notSent -> new TrackerReply.NotSent<>(notSent.reason()),
                limited -> new TrackerReply.RateLimited<>(limited.until(), limited.reason()),
                refused -> new TrackerReply.Refused<>(refused.status(), refused.reason(), refused.fault()));
    }

    private TrackerReply<String> ensureLabel(String label) {
        if (labels.contains(label)) {
            return new TrackerReply.Done<>(label);
        }
        TrackerReply<String> found = calls.send(
                "GET", repository("/labels/" + encode(label)), null, OK, page -> text(page.content(), "name"));
        TrackerReply<String> ensured = found instanceof TrackerReply.Refused<String> refused && refused.status() == 404
                ? createLabel(label)
                : found;
        if (ensured instanceof TrackerReply.Done<String>) {
            labels.add(label);
        }
        return ensured;
    }

    private TrackerReply<String> createLabel(String label) {
        pacing.wrote(clock.instant(), true);
        var body = new LinkedHashMap<String, Object>();
        body.put("name", label);
        body.put("color", COLOURS.getOrDefault(label, OTHER_COLOUR));
        body.put("description", "Set by Tripline");
        TrackerReply<String> created =
                calls.send("POST", repository("/labels"), body, CREATED, page -> text(page.content(), "name"));
        boolean isThereAlready = created instanceof TrackerReply.Refused<String> refused
                && refused.status() == 422
                && refused.reason().contains("already_exists");
        return isThereAlready ? new TrackerReply.Done<>(label) : created;
    }

    @Override
    public TrackerReply<ListedIssue> show(String number) {
        return calls.send("GET", repository("/issues/" + encode(number)), null, OK, page -> issue(page.content()));
    }

    @Override
    public TrackerReply<List<String>> relabel(String number, List<String> remove, List<String> add) {
        TrackerReply<String> ensured = ensureLabels(add);
        if (!(ensured instanceof TrackerReply.Done<String>)) {
            return failed(ensured);
        }
        URI ofIssue = repository("/issues/" + encode(number) + "/labels");
        pacing.wrote(clock.instant(), false);
        TrackerReply<List<String>> reply = add.isEmpty()
                ? calls.send("GET", ofIssue, null, OK, page -> names(page.content()))
                : calls.send("POST", ofIssue, Map.of("labels", add), OK, page -> names(page.content()));
        for (String label : remove) {
            if (!(reply instanceof TrackerReply.Done<List<String>> before)) {
                return reply;
            }
            reply = calls.send(
                    "DELETE", URI.create(ofIssue + "/" + encode(label)), null, OK, page -> names(page.content()));
            boolean isOffAlready =
                    reply instanceof TrackerReply.Refused<List<String>> refused && refused.status() == 404;
            if (isOffAlready) {
                reply = before;
            }
        }
        return reply;
    }

    private static Optional<List<String>> names(JsonNode labels) {
        if (!labels.isArray()) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        labels.forEach(label -> names.add(label.path("name").asText("")));
        return Optional.of(List.copyOf(names));
    }

    @Override
    public TrackerReply<ListedIssue> edit(String number, IssueDraft draft) {
        return patch(number, text(draft));
    }

    @Override
    public TrackerReply<List<String>> comments(String number) {
        return pages(
                repository("/issues/" + encode(number) + "/comments?per_page=100"),
                node -> text(node, "body").map(text -> text.length() <= Markers.LONGEST ? text : markerOf(text)),
                String::length);
    }

    @Override
    public TrackerReply<String> comment(String number, String body) {
        pacing.wrote(clock.instant(), true);
        return calls.send(
                "POST",
                repository("/issues/" + encode(number) + "/comments"),
                Map.of("body", body),
                CREATED,
                page -> text(page.content(), "html_url"));
    }

    @Override
    public TrackerReply<ListedIssue> close(String number, IssueDraft draft) {
        Map<String, Object> body = text(draft);
        body.put("state", "closed");
        body.put("state_reason", "completed");
        return patch(number, body);
    }

    @Override
    public TrackerReply<ListedIssue> closeDuplicate(String number) {
        return patch(number, Map.of("state", "closed", "state_reason", "not_planned"));
    }

    @Override
    public TrackerReply<ListedIssue> reopen(String number) {
        return patch(number, Map.of("state", "open", "state_reason", "reopened"));
    }

    private static Map<String, Object> text(IssueDraft draft) {
        var body = new LinkedHashMap<String, Object>();
        body.put("title", draft.title());
        body.put("body", draft.body());
        return body;
    }

    private TrackerReply<ListedIssue> patch(String number, Map<String, ?> body) {
        pacing.wrote(clock.instant(), false);
        return calls.send("PATCH", repository("/issues/" + encode(number)), body, OK, page -> issue(page.content()));
    }

    /** Reads all pages; a page that fails fails the list, because half a list would look clean. */
    private <T> TrackerReply<List<T>> pages(URI first, Function<JsonNode, Optional<T>> read, ToLongFunction<T> length) {
        var items = new ArrayList<T>();
        long kept = 0;
        URI next = first;
        Instant latest = clock.instant().plus(LONGEST_LIST);
        for (int page = 0; page < MOST_PAGES; page++) {
            if (clock.instant().isAfter(latest)) {
                return new TrackerReply.Unknown<>("a list was not whole after " + LONGEST_LIST);
            }
            TrackerReply<GitHubCalls.Page> reply = calls.send(
                    "GET",
                    next,
                    null,
                    OK,
                    answer -> answer.content().isArray() ? Optional.of(answer) : Optional.empty());
            if (!(reply instanceof TrackerReply.Done<GitHubCalls.Page> done)) {
                return failed(reply);
            }
            for (JsonNode node : done.value().content()) {
                Optional<T> item = read.apply(node);
                if (item.isEmpty()) {
                    return new TrackerReply.Unknown<>("a list holds what cannot be read");
                }
                items.add(item.get());
                kept += length.applyAsLong(item.get());
            }
            if (kept > MOST_KEPT) {
                return new TrackerReply.Unknown<>("a list has more than " + MOST_KEPT + " characters of what is kept");
            }
            String following = done.value().next();
            if (following == null) {
                return new TrackerReply.Done<>(List.copyOf(items));
            }
            try {
                next = new URI(following);
            } catch (URISyntaxException e) {
                return new TrackerReply.Unknown<>("the next page has no address: " + e.getMessage());
            }
            if (!isOurs(next)) {
                return new TrackerReply.Unknown<>("the next page is elsewhere: " + next.getHost());
            }
        }
        return new TrackerReply.Unknown<>("a list has more than " + MOST_PAGES + " pages");
    }

    /** The token goes nowhere but to the API it is for. */
    private boolean isOurs(URI uri) {
        URI api = settings.apiUrl();
        return api.getScheme().equals(uri.getScheme())
                && api.getHost().equals(uri.getHost())
                && api.getPort() == uri.getPort();
    }

    /** A list may hold 100,000 issues, and is looked through for their markers only: those stand at the end. */
    private static ListedIssue withoutText(ListedIssue issue) {
        return new ListedIssue(
                issue.number(), issue.url(), issue.open(), "", markerOf(issue.body()), issue.labels(), issue.byUs());
    }

    /** Returns what may be the last marker of a text; empty if there is none. */
    private static String markerOf(String text) {
        int last = text.lastIndexOf(Markers.OPENING);
        // A copy: a part of it would keep the whole text.
        return last < 0 ? "" : Cut.plain(text.substring(last), Markers.LONGEST);
    }

    /** Returns how much of a listed issue is kept, in characters. */
    private static long length(ListedIssue issue) {
        return issue.url().length()
                + issue.body().length()
                + issue.labels().stream().mapToLong(String::length).sum();
    }

    private Optional<ListedIssue> issue(JsonNode node) {
        JsonNode number = node.path("number");
        JsonNode url = node.path("html_url");
        JsonNode state = node.path("state");
        if (!number.canConvertToLong()
                || !number.isIntegralNumber()
                || !url.isTextual()
                || url.asText().length() > MOST_URL
                || !state.isTextual()) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        for (JsonNode label : node.path("labels")) {
            if (names.size() == MOST_LABELS) {
                break;
            }
            names.add(Cut.plain(
                    label.isTextual() ? label.asText() : label.path("name").asText(""), LONGEST_LABEL));
        }
        return Optional.of(new ListedIssue(
                number.asText(),
                url.asText(),
                state.asText().equals("open"),
                node.path("title").asText(""),
                node.path("body").isTextual() ? node.path("body").asText() : "",
                names,
                text(node.path("user"), "login").filter(authors::contains).isPresent()));
    }

    private static Optional<String> text(JsonNode node, String field) {
        @Nullable JsonNode value = node.get(field);
        return value != null && value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private URI repository(String rest) {
        return URI.create(
                settings.apiUrl() + "/repos/" + encode(settings.owner()) + "/" + encode(settings.repository()) + rest);
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
