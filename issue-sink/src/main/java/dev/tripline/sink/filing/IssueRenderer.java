package dev.tripline.sink.filing;

import dev.tripline.service.secrets.SecretMask;
import dev.tripline.service.text.Cut;
import dev.tripline.service.text.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes issues and comments about incidents: what fails and since when, with rates, patterns, tests, the deployment, an
 * example and how it was decided. Text of tests is written through {@link Markdown} only.
 */
public final class IssueRenderer {
    /** Longest body GitHub takes; it answers 422 to a longer one. */
    public static final int BODY_LIMIT = 65_536;

    /** Longest title GitHub takes. */
    public static final int TITLE_LIMIT = 256;

    /** Label by which issues of Tripline are listed. */
    public static final String LABEL = "tripline";

    private static final int NAME = 120;
    private static final int SENTENCE = 500;
    private static final int TEMPLATE = 2_000;
    private static final int EXAMPLE = 4_000;
    private static final int SUITES = 25;
    private static final int TESTS = 50;
    private static final int ROWS = 20;
    private static final int SHORT_LIST = 3;
    private static final int OPEN_LINES = 3;
    private static final int FOLDED_LINES = 20;
    private static final int TRACE_LINES = 25;

    private final Markers markers;
    private final String tracker;

    /** @param tracker name of the tracker the issues are for */
    public IssueRenderer(Markers markers, String tracker) {
        this.markers = markers;
        this.tracker = tracker;
    }

    /** Returns the issue an incident should have, if nothing is known of it, nor of one of the incident before. */
    public IssueDraft draft(IncidentView incident) {
        return draft(incident, null, null);
    }

    /**
     * Returns the issue an incident should have.
     *
     * @param number its number, which its marker is signed for; null before it is known
     * @param before issue of the incident of the same cause that was resolved earlier; null if none is known
     */
    public IssueDraft draft(IncidentView incident, @Nullable String number, @Nullable KnownIssue before) {
        return new IssueDraft(title(incident), body(incident, number, before), labels(incident));
    }

    /** Returns the comment that tells facts, with a marker by which it is known again. */
    public String comment(FilingAction.Comment comment) {
        Severity before = comment.risenFrom();
        Stream<String> rise = before == null
                ? Stream.of()
                : Stream.of("**Severity**: now " + comment.incident().severity() + ", was " + before + ".");
        Stream<String> facts = comment.facts().stream()
                .map(fact -> "**" + headline(fact.kind()) + "** (" + Figures.minute(fact.at()) + "): "
                        + Markdown.sentence(fact.text(), SENTENCE));
        Stream<String> gap = comment.untold() == 0
                ? Stream.of()
                : Stream.of(
                        comment.untold() == 1
                                ? "*1 earlier fact was not kept.*"
                                : "*" + comment.untold() + " earlier facts were not kept.*");
        String lines = Stream.of(gap, rise, facts).flatMap(Function.identity()).collect(Collectors.joining("\n\n"));
        String ending = "\n\n" + markers.ofComment(comment.incident().id(), comment.mark());
        return Cut.marked(lines, BODY_LIMIT - ending.length()) + ending;
    }

    /** Returns the comment with which a duplicate is closed. */
    public String duplicateComment(String incidentId, ListedIssue kept) {
        return "Duplicate of #" + kept.number() + ": both were filed for one incident; the lower number stays.\n\n"
                + markers.ofComment(incidentId, 0);
    }

    private static String headline(String kind) {
        return switch (kind) {
            case "escalated" -> "Escalated";
            case "deployment" -> "Deployment";
            case "recovering" -> "Recovering";
            case "resolved" -> "Resolved";
            case "re-opened" -> "Broken again";
            default -> "News";
        };
    }

    private static List<String> labels(IncidentView incident) {
        String priority = incident.priority().matches("P[0-9]") ? incident.priority() : "P?";
        return List.of(LABEL, "severity:" + Markdown.word(incident.severity()), "priority:" + priority);
    }

    private static String title(IncidentView incident) {
        String before = "[" + incident.severity() + "] ";
        String after = " — " + extent(incident) + " (" + Markdown.title(incident.environment(), 40) + ")";
        return before + Markdown.title(cause(incident), TITLE_LIMIT - before.length() - after.length()) + after;
    }

    private static String cause(IncidentView incident) {
        IncidentView.Pattern pattern = incident.pattern();
        return pattern == null ? incident.title() : withType(pattern);
    }

    private static String withType(IncidentView.Pattern pattern) {
        String type = pattern.type();
        boolean isNamed = type == null || type.isEmpty() || pattern.template().startsWith(type);
        return isNamed ? pattern.template() : type + ": " + pattern.template();
    }

    /** Returns what it hits, such as "4 tests in 2 suites", or "4 tests in 2 suites failed; none fails now". */
    private static String extent(IncidentView incident) {
        return hits(incident)
                + Conditions.whenNoneFails(incident)
                        .map(now -> " failed; " + now)
                        .orElse("");
    }

    private static String hits(IncidentView incident) {
        return Figures.count(incident.testCount(), "test") + " in " + Figures.count(incident.suiteCount(), "suite");
    }

    /** Puts the parts together and, if they are too long, leaves out the least important ones first. */
    private String body(IncidentView incident, @Nullable String number, @Nullable KnownIssue before) {
        var parts = new ArrayList<Part>();
        add(parts, 0, summary(incident, before));
        add(parts, 1, severity(incident));
        add(parts, 1, FirstLook.at(incident));
        add(parts, 1, error(incident));
        add(parts, 3, suites(incident));
        add(parts, 4, tests(incident));
        add(parts, 2, journeys(incident));
        add(parts, 2, deployment(incident));
        add(parts, 5, impacts(incident));
        add(parts, 6, example(incident));
        add(parts, 7, notes(incident));
        add(parts, 8, decision(incident));
        String ending = footer(incident) + "\n\n" + markers.ofIssue(incident.id(), tracker, number) + "\n";
        String note = "*Parts of this issue were left out: it would be longer than the tracker takes.*";
        boolean isCut = false;
        while (length(parts) + note.length() + ending.length() + 4 > BODY_LIMIT) {
            parts.remove(parts.stream()
                    .max(Comparator.comparingInt(Part::rank))
                    .orElseThrow(() ->
                            new IllegalStateException("incident " + incident.id() + ": id too long for an issue")));
            isCut = true;
        }
        if (isCut) {
            parts.add(new Part(0, note));
        }
        return parts.stream().map(Part::text).collect(Collectors.joining("\n\n", "", "\n\n")) + ending;
    }

    /**
     * One part of a body, complete Markdown in itself.
     *
     * @param rank 0 for what must stay; the highest is left out first
     */
    private record Part(int rank, String text) {}

    private static void add(List<Part> parts, int rank, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(rank, text));
        }
    }

    private static int length(List<Part> parts) {
        return parts.stream().mapToInt(part -> part.text().length() + 2).sum();
    }

    private static String summary(IncidentView incident, @Nullable KnownIssue before) {
        var text = new StringBuilder("**" + incident.severity() + " · " + Markdown.sentence(incident.priority(), 10)
                + "** in " + Markdown.code(incident.environment(), NAME) + ", "
                + Markdown.word(incident.phase()) + ": " + sinceWhen(incident) + " ("
                + Figures.count(incident.failures(), "failure") + ").");
        Conditions.sentence(incident)
                .ifPresent(sentence -> text.append("\n\n> ").append(sentence));
        if (incident.heldBack() > 0) {
            text.append("\n\n")
                    .append(Figures.count(incident.heldBack(), "failure"))
                    .append(" explained by it got no issue of ")
                    .append(incident.heldBack() == 1 ? "its" : "their")
                    .append(" own.");
        }
        String previous = incident.previousIncidentId();
        if (previous != null) {
            text.append("\n\nThe same cause was resolved before: ")
                    .append(issue(before))
                    .append("incident ")
                    .append(Markdown.code(previous, NAME))
                    .append('.');
        }
        if (incident.reopenings() > 0) {
            text.append("\n\nIt has come back ")
                    .append(Figures.count(incident.reopenings(), "time"))
                    .append('.');
        }
        return text.toString();
    }

    /** Event time only, so that the text changes with what happened and never with the clock. */
    private static String sinceWhen(IncidentView incident) {
        String start = Figures.minute(incident.startedAt())
                + Figures.span(Duration.between(incident.startedAt(), incident.newestOutcomeAt()))
                        .map(span -> ", " + span + " before the newest outcome")
                        .orElse("");
        String now = Conditions.whenNoneFails(incident).orElse("");
        if (now.isEmpty()) {
            return hits(incident) + " failing since " + start;
        }
        // What they do instead of failing is said in a sentence of its own.
        String none = now.equals(Conditions.NONE_FAILS) ? "; " + now : "";
        return hits(incident) + " failed, the first at " + start + none;
    }

    private static String issue(@Nullable KnownIssue before) {
        String number = before == null ? null : before.number();
        if (before == null || number == null || !number.matches("[0-9]{1,18}")) {
            return "";
        }
        String url = before.url();
        boolean isPage = url != null && url.startsWith("http");
        return (url != null && isPage ? Markdown.link("issue " + number, url) : "issue " + number) + ", ";
    }

    private static String severity(IncidentView incident) {
        var lines = new ArrayList<String>();
        String reason = incident.severityReason();
        if (reason != null) {
            lines.add("**Why " + Markdown.word(incident.severity()) + "**: " + Markdown.sentence(reason, SENTENCE));
        }
        List<IncidentView.Suite> missing =
                incident.suites().stream().filter(IssueRenderer::missesTarget).toList();
        String missed = first(missing, SHORT_LIST).stream()
                .map(suite -> Markdown.code(suite.suite(), NAME) + " (" + lastRun(suite) + "; target "
                        + ratio(suite.target()) + ")")
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            int more = Math.max(0, missing.size() - SHORT_LIST);
            lines.add("**" + (missing.size() == 1 ? "Target" : "Targets") + " missed in the newest run**: " + missed
                    + (more == 0 ? "" : " and " + more + " more"));
        }
        return String.join("\n\n", lines);
    }

    private static boolean missesTarget(IncidentView.Suite suite) {
        IncidentView.Run run = suite.lastRun();
        Double rate = run == null ? null : run.rate();
        Double target = suite.target();
        return rate != null && target != null && rate < target;
    }

    private static String error(IncidentView incident) {
        IncidentView.Pattern pattern = incident.pattern();
        var text = new StringBuilder();
        if (pattern != null) {
            text.append("### Error\n\n").append(Markdown.fence(withType(pattern), TEMPLATE));
        } else if (incident.scope() != null) {
            text.append("### No common error\n\nThe failures of ")
                    .append(scope(incident.scope()))
                    .append(" share no error pattern.");
        }
        for (IncidentView.Suite suite : first(incident.suites(), SUITES)) {
            IncidentView.Pattern old = suite.shiftedFrom();
            if (old != null) {
                IncidentView.Run run = suite.lastRun();
                text.append("\n\nIn ")
                        .append(Markdown.code(suite.suite(), NAME))
                        .append(" it **replaced** another error")
                        .append(hasSameRate(suite, run) ? "; the rate did not change" : "")
                        .append(". Before:\n\n")
                        .append(Markdown.fence(withType(old), TEMPLATE / 4));
            }
        }
        return text.toString();
    }

    private static boolean hasSameRate(IncidentView.Suite suite, IncidentView.@Nullable Run run) {
        Double baseline = suite.baseline();
        Double rate = run == null ? null : run.rate();
        return baseline != null && rate != null && Percent.of(baseline).equals(Percent.of(rate));
    }

    private static String suites(IncidentView incident) {
        return table(
                "### Suites\n\n| Suite | Last run | Was | Target |\n|---|---|---|---|",
                incident.suites(),
                SUITES,
                incident.suiteCount(),
                suite -> "| " + Markdown.cell(suite.suite(), NAME) + " | " + lastRun(suite) + " | "
                        + ratio(suite.baseline()) + " | " + ratio(suite.target()) + " |");
    }

    private static String lastRun(IncidentView.Suite suite) {
        IncidentView.Run run = suite.lastRun();
        return run == null
                ? "—"
                : ratio(run.rate()) + ", " + run.passed() + " of " + run.conclusive()
                        + (run.flaky() == 0 ? "" : ", " + run.flaky() + " flaky")
                        + lost(run.lost());
    }

    /** What a reader should know of a run that is not whole, or may not be. */
    private static String lost(@Nullable Long lost) {
        if (lost == null) {
            return ", totals unknown";
        }
        return lost == 0 ? "" : ", " + lost + " lost";
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? "—" : Percent.of(ratio);
    }

    private static String tests(IncidentView incident) {
        return table(
                (Conditions.whenNoneFails(incident).isEmpty() ? "### Failing tests" : "### Tests that failed")
                        + "\n\n| Test | Suite | Now |\n|---|---|---|",
                incident.tests(),
                TESTS,
                incident.testCount(),
                test -> "| " + Markdown.cell(test.test(), NAME) + " | " + Markdown.cell(test.suite(), NAME) + " | "
                        + Conditions.of(test) + " |");
    }

    private static String journeys(IncidentView incident) {
        return list("### Business impact", incident.journeys(), ROWS, journey -> {
            String impact = journey.impact();
            return Markdown.code(journey.name(), NAME)
                    + (impact == null ? "" : ": " + Markdown.sentence(impact, SENTENCE));
        });
    }

    private static String deployment(IncidentView incident) {
        IncidentView.Suspect suspect = incident.deployment();
        if (suspect == null) {
            return "";
        }
        String confidence = Figures.confidence(suspect.confidence());
        String url = suspect.url();
        return "### Suspected deployment\n\n" + Markdown.code(suspect.service(), NAME) + " revision "
                + Markdown.code(suspect.revision(), NAME) + ", live since " + Figures.minute(suspect.deployedAt())
                + Figures.span(Duration.between(suspect.deployedAt(), incident.startedAt()))
                        .map(span -> ", " + span + " before the first failure")
                        .orElse("")
                + (url == null ? "" : ", " + Markdown.link("its page", url))
                + " — **" + confidence + "** (" + Percent.of(suspect.confidence()) + "): "
                + Markdown.sentence(suspect.reason(), SENTENCE);
    }

    private static String impacts(IncidentView incident) {
        return table(
                "### What a fix would bring\n\n| Of | Now | After |\n|---|---|---|",
                incident.impacts(),
                ROWS,
                incident.impacts().size(),
                impact -> "| " + impact.scope().kind().toLowerCase(Locale.ROOT) + " "
                        + Markdown.cell(impact.scope().name(), NAME) + " | " + Percent.of(impact.rateNow())
                        + " | " + Percent.of(impact.rateAfter()) + " |");
    }

    private static String example(IncidentView incident) {
        return incident.evidenceInOrder().stream()
                .findFirst()
                .map(sample -> "### Example\n\n" + Markdown.code(sample.test(), NAME) + ", "
                        + Figures.minute(sample.endedAt()) + build(sample) + pages(sample) + ":\n\n"
                        // Before it is parted: a key must not lose its head to another part.
                        + message(SecretMask.standard().mask(withType(sample)))
                        + details(incident.pattern()))
                .orElse("");
    }

    /** The trace of the first failure with the pattern, which need not be that of the example. */
    private static String details(IncidentView.@Nullable Pattern pattern) {
        String details = pattern == null ? null : pattern.details();
        return details == null
                ? ""
                : "\n\n" + Markdown.fold("Trace of the first failure with this pattern", details, TRACE_LINES, EXAMPLE);
    }

    private static String pages(IncidentView.Evidence sample) {
        return sample.links().entrySet().stream()
                .map(page -> ", " + Markdown.link("its " + Markdown.sentence(page.getKey(), NAME), page.getValue()))
                .collect(Collectors.joining());
    }

    private static String build(IncidentView.Evidence sample) {
        String revision = sample.revision();
        return revision == null || revision.isEmpty() ? "" : ", build " + Markdown.code(revision, NAME);
    }

    /** A long message shows its first lines; what follows, such as frames, is folded. */
    private static String message(String text) {
        List<String> lines = text.strip().lines().toList();
        if (lines.size() <= OPEN_LINES) {
            return Markdown.fence(text, EXAMPLE);
        }
        String rest = String.join("\n", lines.subList(OPEN_LINES, lines.size()));
        return Markdown.fence(String.join("\n", lines.subList(0, OPEN_LINES)), EXAMPLE) + "\n\n"
                + Markdown.fold("Details", rest, FOLDED_LINES, EXAMPLE);
    }

    private static String withType(IncidentView.Evidence sample) {
        String type = sample.type();
        return withType(new IncidentView.Pattern("", type, sample.message(), null, null));
    }

    private static String notes(IncidentView incident) {
        return list("### Notes", incident.notes(), ROWS, note -> {
            String url = note.url();
            return Markdown.code(note.author(), NAME) + ", " + Figures.minute(note.writtenAt()) + ": "
                    + Markdown.sentence(note.text(), SENTENCE)
                    + (url == null ? "" : " (" + Markdown.link("page", url) + ")");
        });
    }

    private static String decision(IncidentView incident) {
        String rule = incident.rule();
        String version = incident.ruleVersion();
        IncidentView.Pattern pattern = incident.pattern();
        String outcomes = first(incident.evidenceInOrder(), ROWS).stream()
                .map(sample -> "- " + Markdown.code(sample.suite() + " / " + sample.test(), 2 * NAME) + " "
                        + Markdown.sentence(sample.status(), NAME) + " at " + Figures.minute(sample.endedAt())
                        + build(sample)
                        + ", outcome "
                        + Markdown.code(sample.identity(), NAME))
                .collect(Collectors.joining("\n"));
        return "<details>\n<summary>How this was decided</summary>\n\n" + Markdown.sentence(incident.reason(), SENTENCE)
                + "\n\nRule " + (rule == null ? "built in" : Markdown.code(rule, NAME)) + ", rules version "
                + (version == null ? "built in" : Markdown.code(version, NAME)) + ", opened at "
                + Figures.minute(incident.openedAt()) + ".\n\n"
                + (pattern == null
                        ? ""
                        : "Error pattern " + Markdown.code(pattern.patternId(), NAME) + ", as in the keys of the topic "
                                + "`error-patterns`.\n\n")
                + (outcomes.isEmpty()
                        ? ""
                        : "Outcomes behind it, by source, run and attempt as in the topic `test-outcomes`:\n\n"
                                + outcomes + "\n\n")
                + "</details>";
    }

    private static String footer(IncidentView incident) {
        return "<sub>Tripline keeps this text current: incident " + Markdown.code(incident.id(), 200)
                + ", its key in the topic `incidents`. Write in comments; close it, and it stays closed until the problem is over and comes back.</sub>";
    }

    private static String scope(IncidentView.Scope scope) {
        return scope.kind().toLowerCase(Locale.ROOT) + " " + Markdown.code(scope.name(), NAME);
    }

    private static <T> List<T> first(List<T> items, int limit) {
        return items.subList(0, Math.min(limit, items.size()));
    }

    private static <T> String table(String head, List<T> items, int limit, long total, Function<T, String> row) {
        if (items.isEmpty()) {
            return "";
        }
        List<T> shown = first(items, limit);
        long more = Math.max(total, items.size()) - shown.size();
        return shown.stream().map(row).collect(Collectors.joining("\n", head + "\n", ""))
                + (more > 0 ? "\n\n… and " + more + " more." : "");
    }

    private static <T> String list(String head, List<T> items, int limit, Function<T, String> line) {
        if (items.isEmpty()) {
            return "";
        }
        int more = items.size() - Math.min(limit, items.size());
        return first(items, limit).stream()
                        .map(item -> "- " + line.apply(item))
                        .collect(Collectors.joining("\n", head + "\n\n", ""))
                + (more > 0 ? "\n- … and " + more + " more" : "");
    }
}
