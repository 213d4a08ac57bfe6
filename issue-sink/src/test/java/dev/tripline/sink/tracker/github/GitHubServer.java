package dev.tripline.sink.tracker.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * As much of GitHub as the sink calls, in memory; answers can be replaced, and every exchange is kept, but for the one that asks
 * for the account.
 */
public final class GitHubServer implements AutoCloseable {
    /** One exchange, as it passed over the wire. */
    public record Exchange(
            String method, URI uri, Map<String, List<String>> headers, String body, int status, String answer) {}

    /**
     * An answer that replaces the server's own.
     *
     * @param status HTTP status; 0 closes the connection without an answer
     */
    record Answer(int status, Map<String, String> headers, String body) {}

    public final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final List<Answer> nextAnswers = new CopyOnWriteArrayList<>();
    int pageSize = 100;

    /** Account that creates issues. */
    String author = "tripline-bot";

    boolean mayAskForAccount = true;

    /** Answers in this server's place, if it is set; each request has a thread of its own. */
    public volatile @Nullable HttpHandler instead;

    private static final JsonMapper JSON = new JsonMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final TreeMap<Integer, ObjectNode> issues = new TreeMap<>();
    private final Map<Integer, List<ObjectNode>> comments = new HashMap<>();
    private final Map<String, ObjectNode> labels = new HashMap<>();

    /** Starts on a free port of this machine. */
    public GitHubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", http -> {
            HttpHandler other = instead;
            if (other == null) {
                handle(http);
            } else {
                other.handle(http);
            }
        });
        server.start();
    }

    /** Returns the address of its API. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void handle(HttpExchange http) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isAboutAccount = http.getRequestURI().getPath().equals("/user");
        Answer answer = nextAnswers.isEmpty() || isAboutAccount ? answer(http, body) : nextAnswers.remove(0);
        if (!isAboutAccount) {
            exchanges.add(new Exchange(
                    http.getRequestMethod(),
                    http.getRequestURI(),
                    Map.copyOf(http.getRequestHeaders()),
                    body,
                    answer.status(),
                    answer.body()));
        }
        if (answer.status() == 0) {
            http.close();
            return;
        }
        answer.headers().forEach(http.getResponseHeaders()::set);
        http.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private Answer answer(HttpExchange http, String text) throws IOException {
        String call =
                http.getRequestMethod() + " " + http.getRequestURI().getPath().replace("/repos/acme/shop", "");
        JsonNode body = text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        String[] path = call.split("/");
        if (call.equals("GET ")) {
            return new Answer(
                    200, Map.of(), "{\"has_issues\":true,\"archived\":false,\"permissions\":{\"push\":true}}");
        }
        if (call.equals("GET /user")) {
            return mayAskForAccount
                    ? new Answer(200, Map.of(), "{\"login\":\"tripline-bot\"}")
                    : new Answer(403, Map.of(), "{\"message\":\"Resource not accessible by integration\"}");
        }
        if (call.equals("GET /issues")) {
            return page(http, new ArrayList<>(issues.values()));
        }
        if (call.equals("POST /issues")) {
            return json(201, add(body));
        }
        if (call.equals("POST /labels")) {
            ObjectNode label =
                    label(body.get("name").asText(), body.get("color").asText());
            labels.put(label.get("name").asText(), label);
            return json(201, label);
        }
        if (call.startsWith("GET /labels/")) {
            ObjectNode label = labels.get(path[2]);
            return label == null ? new Answer(404, Map.of(), "{\"message\":\"Not Found\"}") : json(200, label);
        }
        int number = Integer.parseInt(path[2]);
        if (!issues.containsKey(number)) {
            return new Answer(404, Map.of(), "{\"message\":\"Not Found\"}");
        }
        if (call.endsWith("/comments")) {
            List<ObjectNode> told = comments.computeIfAbsent(number, any -> new ArrayList<>());
            if (call.startsWith("GET")) {
                return page(http, new ArrayList<>(told));
            }
            told.add(comment(number, told.size() + 1, body.get("body").asText()));
            return json(201, told.get(told.size() - 1));
        }
        ObjectNode issue = issues.get(number);
        if (path.length > 3 && path[3].equals("labels")) {
            return labelled(issue, path, body);
        }
        body.properties().forEach(field -> issue.set(field.getKey(), field.getValue()));
        return json(200, issue);
    }

    private static Answer labelled(ObjectNode issue, String[] path, JsonNode body) {
        ArrayNode names = (ArrayNode) issue.get("labels");
        var held = new ArrayList<String>();
        names.forEach(label -> held.add(label.get("name").asText()));
        if (path.length > 4) {
            int at = held.indexOf(path[4]);
            if (at < 0) {
                return new Answer(404, Map.of(), "{\"message\":\"Label does not exist\"}");
            }
            names.remove(at);
        } else if (body.has("labels")) {
            body.get("labels").forEach(name -> {
                if (!held.contains(name.asText())) {
                    names.add(label(name.asText(), "ededed"));
                }
            });
        }
        return json(200, names);
    }

    private Answer page(HttpExchange http, List<ObjectNode> all) {
        String query = http.getRequestURI().getQuery();
        int page = query.contains("&page=") ? Integer.parseInt(query.replaceAll(".*&page=", "")) : 1;
        ArrayNode array = JSON.createArrayNode();
        all.stream().skip((page - 1L) * pageSize).limit(pageSize).forEach(array::add);
        String next = uri() + http.getRequestURI().getRawPath() + "?"
                + http.getRequestURI().getRawQuery().replaceAll("&page=.*", "") + "&page=" + (page + 1);
        return new Answer(
                200,
                all.size() > page * pageSize ? Map.of("Link", "<" + next + ">; rel=\"next\"") : Map.of(),
                array.toString());
    }

    private static Answer json(int status, JsonNode node) {
        return new Answer(status, Map.of(), node.toString());
    }

    private ObjectNode add(JsonNode body) {
        int number = issues.size() + 1;
        String url = "https://api.github.com/repos/acme/shop/issues/" + number;
        ObjectNode issue = JSON.createObjectNode();
        issue.put("id", number)
                .put("node_id", "I_" + number)
                .put("number", number)
                .put("url", url);
        issue.put("repository_url", "https://api.github.com/repos/acme/shop").put("labels_url", url + "/labels{/name}");
        issue.put("comments_url", url + "/comments").put("events_url", url + "/events");
        issue.put("html_url", "https://github.com/acme/shop/issues/" + number).put("state", "open");
        issue.put("title", body.get("title").asText())
                .put("body", body.get("body").asText());
        issue.set("user", account());
        issue.putNull("assignee").putNull("milestone").putNull("closed_at").putNull("state_reason");
        issue.put("locked", false).put("comments", 0).put("author_association", "NONE");
        issue.put("created_at", "2025-09-11T15:00:00Z").put("updated_at", "2025-09-11T15:00:00Z");
        ArrayNode names = issue.putArray("labels");
        body.get("labels").forEach(name -> names.add(label(name.asText(), "ededed")));
        issues.put(number, issue);
        return issue;
    }

    private ObjectNode account() {
        ObjectNode account = JSON.createObjectNode();
        account.put("login", author).put("id", 1).put("node_id", "U_1").put("gravatar_id", "");
        account.put("type", "User").put("site_admin", false);
        for (String field : List.of(
                "avatar_url",
                "url",
                "html_url",
                "followers_url",
                "following_url",
                "gists_url",
                "starred_url",
                "subscriptions_url",
                "organizations_url",
                "repos_url",
                "events_url",
                "received_events_url")) {
            account.put(field, "https://api.github.com/users/x");
        }
        return account;
    }

    private static ObjectNode label(String name, String colour) {
        ObjectNode label = JSON.createObjectNode();
        label.put("id", 1).put("node_id", "L_1").put("url", "https://api.github.com/repos/acme/shop/labels/x");
        return label.put("name", name)
                .put("color", colour)
                .put("default", false)
                .put("description", "Set by Tripline");
    }

    private static ObjectNode comment(int number, int id, String body) {
        String url = "https://api.github.com/repos/acme/shop/issues/comments/" + id;
        ObjectNode comment = JSON.createObjectNode();
        comment.put("id", id)
                .put("node_id", "C_" + id)
                .put("url", url)
                .put("body", body)
                .putNull("user");
        comment.put("html_url", "https://github.com/acme/shop/issues/" + number + "#issuecomment-" + id);
        comment.put("issue_url", "https://api.github.com/repos/acme/shop/issues/" + number);
        comment.put("created_at", "2025-09-11T15:00:00Z").put("updated_at", "2025-09-11T15:00:00Z");
        return comment.put("author_association", "NONE");
    }
}
