package dev.tripline.sink.tracker.local;

import dev.tripline.sink.filing.IssueDraft;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of one issue: a head of {@code name: value} lines between two lines of three hyphens, the body, and comments
 * below lines that no body can hold, because text of tests holds no HTML comment.
 *
 * @param reason why it was closed; empty while it is open
 */
record IssueFile(
        String number,
        boolean open,
        String reason,
        String title,
        List<String> labels,
        Instant created,
        Instant updated,
        String body,
        List<String> comments) {
    private static final String RULE = "---\n";
    private static final String COMMENT = "\n<!-- tripline-comment -->\n";

    IssueFile {
        labels = List.copyOf(labels);
        comments = List.copyOf(comments);
    }

    /** Reads a file that a person may have edited: what is missing in its head has a default. */
    static IssueFile parse(String number, String text) {
        String unix = text.replace("\r\n", "\n");
        int end = unix.startsWith(RULE) ? unix.indexOf("\n" + RULE, RULE.length() - 1) : -1;
        Map<String, String> head = end < 0 ? Map.of() : head(unix.substring(RULE.length(), end));
        String rest = end < 0 ? unix : unix.substring(end + 1 + RULE.length());
        List<String> parts = new ArrayList<>(List.of(rest.split(COMMENT, -1)));
        String body = parts.remove(0);
        return new IssueFile(
                number,
                !"closed".equals(head.getOrDefault("state", "open").strip()),
                head.getOrDefault("reason", ""),
                head.getOrDefault("title", ""),
                Stream.of(head.getOrDefault("labels", "").split(","))
                        .map(String::strip)
                        .filter(label -> !label.isEmpty())
                        .toList(),
                instant(head.getOrDefault("created", "")),
                instant(head.getOrDefault("updated", "")),
                body,
                parts);
    }

    private static Map<String, String> head(String text) {
        var head = new LinkedHashMap<String, String>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                head.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return head;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Returns the whole file. */
    String text() {
        return RULE
                + "number: " + number + "\n"
                + "state: " + (open ? "open" : "closed") + "\n"
                + (reason.isEmpty() ? "" : "reason: " + reason + "\n")
                + "title: " + title.replace('\n', ' ') + "\n"
                + "labels: " + String.join(", ", labels) + "\n"
                + "created: " + created + "\n"
                + "updated: " + updated + "\n"
                + RULE
                + body
                + comments.stream().map(comment -> COMMENT + comment).collect(Collectors.joining());
    }

    IssueFile edited(IssueDraft draft, Instant now) {
        return new IssueFile(number, open, reason, draft.title(), labels, created, now, draft.body(), comments);
    }

    IssueFile relabelled(List<String> remove, List<String> add, Instant now) {
        List<String> changed = Stream.concat(labels.stream().filter(label -> !remove.contains(label)), add.stream())
                .distinct()
                .toList();
        return new IssueFile(number, open, reason, title, changed, created, now, body, comments);
    }

    IssueFile commented(String comment, Instant now) {
        List<String> more = Stream.concat(comments.stream(), Stream.of(comment)).toList();
        return new IssueFile(number, open, reason, title, labels, created, now, body, more);
    }

    IssueFile closed(String why, Instant now) {
        return new IssueFile(number, false, why, title, labels, created, now, body, comments);
    }

    IssueFile reopened(Instant now) {
        return new IssueFile(number, true, "", title, labels, created, now, body, comments);
    }
}
