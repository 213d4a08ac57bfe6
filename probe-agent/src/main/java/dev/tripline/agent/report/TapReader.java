package dev.tripline.agent.report;

import dev.tripline.agent.report.BrokenReportException.Fault;
import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Test Anything Protocol, versions 12 to 14.
 *
 * <ul>
 *   <li>A test point is an outcome. Its name is the description, else {@code test} and its number; its suite is made of the names of the
 *       subtests around it, joined by {@code /}, and in none of them the file decides. Points of one name are told apart by
 *       their numbers.
 *   <li>{@code # SKIP} is skipped, and so is {@code not ok} with {@code # TODO}: it was expected to fail.
 *   <li>The point of a subtest says what it is called, and is an outcome only if the subtest had none, or none that failed
 *       although it did. Subtests are indented by four blanks each.
 *   <li>{@code Bail out!}, and a plan that more tests were to come of, are errors that stand for the subtest or the report; a plan
 *       of none with a reason is skipped.
 *   <li>A failure is described by the YAML block behind it, else by the comments.
 *   <li>Without a plan, or with a last line that does not end, a report is cut short.
 * </ul>
 *
 * <p>Outcomes of a subtest that is named only behind it are kept until then: at most 10,000, with 16 Mi characters.
 *
 * @see <a href="https://testanything.org/tap-version-14-specification.html">TAP 14</a>
 * @see <a href="https://testanything.org/tap-version-13-specification.html">TAP 13</a>
 */
public final class TapReader implements ReportReader {
    private static final int INDENT = 4;
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_CHARACTERS = 16 << 20;

    private static final Pattern POINT =
            Pattern.compile("(not )?ok\\b(?:\\s+(\\d{1,9})\\b)?(?:\\s+-(?=\\s|$))?\\s*(.*)", Pattern.DOTALL);
    private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,9})(?:\\s*#\\s*(.*))?\\s*");
    private static final Pattern DIRECTIVE =
            Pattern.compile("(?<!\\\\)#\\s*(todo|skip)\\S*(?:\\s.*)?$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("(?<!\\\\)#\\s*time=(\\S{1,40})\\s*$");
    private static final Pattern SUBTEST = Pattern.compile("#\\s*Subtest(?::\\s*(.*))?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\#])");
    private static final Pattern YAML_KEY = Pattern.compile("([A-Za-z_]{1,40}):(?:\\s+(.*))?");

    /** What Test::More says first, and which every failure has. */
    private static final Pattern SAYS_NOTHING = Pattern.compile("Failed (\\(TODO\\) )?test.*|at .* line \\d+\\.?|\\s*");

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        var lines = new TextLines(report, context.name(), listener::passedOver);
        var reading = new Reading(lines, context, listener);
        for (String text = lines.next(); text != null && !reading.bailedOut; text = lines.next()) {
            reading.take(text.stripTrailing());
        }
        reading.end();
        return "TAP, no tests";
    }

    /** A test point, or what stands for a subtest; its path is that within the level that keeps it. */
    private record Point(
            int line,
            List<String> path,
            @Nullable String name,
            int number,
            OutcomeStatus status,
            @Nullable ReportedFailure failure,
            @Nullable Duration duration) {
        Point within(String outer) {
            var longer = new ArrayList<String>();
            longer.add(outer);
            longer.addAll(path);
            return new Point(line, longer, name, number, status, failure, duration);
        }

        int characters() {
            return (name == null ? 0 : name.length())
                    + (failure == null
                            ? 0
                            : failure.message().length()
                                    + (failure.details() == null
                                            ? 0
                                            : failure.details().length()));
        }
    }

    /** A report, or a subtest in it. */
    private static final class Level {
        private final @Nullable String name;
        private final int line;
        private final List<Point> waiting = new ArrayList<>();
        private int points;
        private int planned = -1;
        private boolean handedOut;
        private boolean failed;

        Level(@Nullable String name, int line) {
            this.name = name;
            this.line = line;
        }
    }

    /** A point whose description may follow. */
    private static final class Pending {
        private final Level level;
        private final int line;
        private final int depth;
        private final String name;
        private final int number;
        private final OutcomeStatus status;
        private final @Nullable String time;
        private final @Nullable Level subtest;
        private final StringBuilder comments = new StringBuilder();
        private final StringBuilder yaml = new StringBuilder();
        private boolean cut;

        Pending(
                Level level,
                int line,
                int depth,
                String name,
                int number,
                OutcomeStatus status,
                @Nullable String time,
                @Nullable Level subtest) {
            this.level = level;
            this.line = line;
            this.depth = depth;
            this.name = name;
            this.number = number;
            this.status = status;
            this.time = time;
            this.subtest = subtest;
        }

        void add(StringBuilder text, String line) {
            int room = ReportedFailure.DETAILS_BYTES - text.length();
            int taken = Math.max(0, Math.min(room, line.length()));
            text.append(line, 0, taken).append(taken < line.length() || room <= 0 ? "" : "\n");
            cut |= taken < line.length();
        }
    }

    /** One report under way. */
    private static final class Reading {
        private final TextLines lines;
        private final String reportName;
        private final ReportListener listener;
        private final ReportTimes times;
        private final Deque<Level> levels = new ArrayDeque<>();
        private @Nullable Pending pending;
        private @Nullable String nextName;
        private int yamlIndent = -1;
        private int waiting;
        private int characters;
        private boolean bailedOut;

        Reading(TextLines lines, ReportContext context, ReportListener listener) {
            this.lines = lines;
            this.reportName = context.name();
            this.listener = listener;
            this.times = new ReportTimes(context.zone(), context.written(), listener);
            levels.push(new Level(null, 1));
        }

        void take(String text) throws BrokenReportException {
            String line = text.stripLeading();
            int indent = text.length() - line.length();
            if (yamlIndent >= 0 && takeYaml(text, line, indent)) {
                return;
            }
            if (pending != null && line.equals("---") && indent > pending.depth * INDENT) {
                yamlIndent = indent;
                return;
            }
            int depth = indent / INDENT;
            if (line.startsWith("#")) {
                takeComment(line, depth);
                return;
            }
            Matcher plan = PLAN.matcher(line);
            Matcher point = POINT.matcher(line);
            boolean isPlan = plan.matches();
            boolean isPoint = !isPlan && point.matches();
            boolean isBailOut = line.startsWith("Bail out!");
            if (indent % INDENT != 0 || !(isPlan || isPoint || isBailOut)) {
                return;
            }
            settle();
            if (waiting > MOST_WAITING || characters > MOST_CHARACTERS) {
                throw broken("subtests without '# Subtest: NAME' must have fewer than " + MOST_WAITING + " tests and "
                        + MOST_CHARACTERS + " characters");
            }
            if (lines.endedWithTheFile()) {
                throw cutShort("the last line does not end");
            }
            if (isBailOut) {
                bailOut(line.substring("Bail out!".length()).strip());
                return;
            }
            Level subtest = goTo(depth);
            Level level = levels.element();
            if (isPlan) {
                if (subtest != null) {
                    leave(subtest, subtest.name == null ? "subtest" : subtest.name);
                }
                takePlan(level, Integer.parseInt(plan.group(1)), plan.group(2));
            } else {
                takePoint(level, depth, point, subtest);
            }
        }

        /** Takes a line of a YAML block; false if the block had ended without saying so. */
        private boolean takeYaml(String text, String line, int indent) {
            Pending of = pending;
            if (line.equals("...") || of == null || indent < yamlIndent) {
                int began = yamlIndent;
                yamlIndent = -1;
                return line.equals("...") && indent >= began;
            }
            of.add(of.yaml, text.substring(yamlIndent));
            return true;
        }

        private void takeComment(String line, int depth) {
            Matcher subtest = SUBTEST.matcher(line);
            if (subtest.matches()) {
                settle();
                String name = subtest.group(1);
                nextName = name == null || name.isBlank() ? null : name.strip();
            } else if (pending != null && depth <= pending.depth) {
                String said = line.substring(1);
                pending.add(pending.comments, said.startsWith(" ") ? said.substring(1) : said);
            }
        }

        /**
         * Goes to a depth; returns the subtest that a point at this depth ends, or null.
         *
         * @throws BrokenReportException if it is too deep
         */
        private @Nullable Level goTo(int depth) throws BrokenReportException {
            if (depth > XmlReading.MOST_NESTED) {
                throw broken("subtests must not be nested deeper than " + XmlReading.MOST_NESTED);
            }
            while (levels.size() - 1 < depth) {
                levels.push(new Level(nextName, lines.number()));
                nextName = null;
            }
            Level ended = null;
            while (levels.size() - 1 > depth) {
                if (ended != null) {
                    leave(ended, ended.name);
                }
                ended = levels.pop();
                missing(ended);
            }
            return ended;
        }

        private void takePlan(Level level, int planned, @Nullable String reason) {
            level.planned = planned;
            boolean isSkipped = planned == 0 && reason != null && reason.regionMatches(true, 0, "skip", 0, 4);
            if (isSkipped && levels.size() == 1) {
                handOut(new Point(lines.number(), List.of(), null, 0, OutcomeStatus.SKIPPED, null, null));
            }
        }

        private void takePoint(Level level, int depth, Matcher point, @Nullable Level subtest) {
            level.points++;
            int number = point.group(2) == null ? level.points : Integer.parseInt(point.group(2));
            String said = point.group(3);
            if (said.endsWith("{") && subtest == null) {
                said = said.substring(0, said.length() - 1).strip();
            }
            Matcher directive = DIRECTIVE.matcher(said);
            boolean isDirected = directive.find();
            boolean isTodo = isDirected && directive.group(1).equalsIgnoreCase("todo");
            String described = isDirected ? said.substring(0, directive.start()) : said;
            Matcher time = TIME.matcher(described);
            boolean isTimed = time.find();
            String name = ESCAPED.matcher((isTimed ? described.substring(0, time.start()) : described).strip())
                    .replaceAll("$1");
            boolean ok = point.group(1) == null;
            OutcomeStatus status = isDirected && !(isTodo && ok)
                    ? OutcomeStatus.SKIPPED
                    : ok ? OutcomeStatus.PASSED : OutcomeStatus.FAILED;
            String shown =
                    name.isEmpty() ? subtest != null && subtest.name != null ? subtest.name : "test " + number : name;
            if (subtest != null) {
                leave(subtest, subtest.name == null ? shown : subtest.name);
            }
            pending = new Pending(
                    level, lines.number(), depth, shown, number, status, isTimed ? time.group(1) : null, subtest);
        }

        /** Hands out the point whose description has ended. */
        private void settle() {
            Pending point = pending;
            pending = null;
            yamlIndent = -1;
            if (point == null) {
                return;
            }
            var yaml = Yaml.of(point.yaml.toString());
            boolean failed = point.status == OutcomeStatus.FAILED;
            boolean timedOut = failed && "testTimeoutFailure".equals(yaml.failureType());
            point.level.failed |= failed;
            if (point.subtest != null && point.subtest.handedOut && (!failed || point.subtest.failed)) {
                return;
            }
            ReportedFailure failure = failed ? failure(point, yaml) : null;
            Duration duration = point.time != null
                    ? times.duration("time", point.time, point.line)
                    : times.duration(
                            "duration_ms",
                            yaml.durationMillis() == null ? null : yaml.durationMillis() + "ms",
                            point.line);
            give(
                    point.level,
                    new Point(
                            point.line,
                            List.of(),
                            point.name,
                            point.number,
                            timedOut ? OutcomeStatus.TIMED_OUT : point.status,
                            failure,
                            duration));
        }

        private static @Nullable ReportedFailure failure(Pending point, Yaml yaml) {
            String details = point.yaml.isEmpty() ? point.comments.toString() : point.yaml.toString();
            if (details.isBlank()) {
                return null;
            }
            String message = yaml.message() != null
                    ? yaml.message()
                    : details.lines()
                            .map(String::strip)
                            .filter(line -> !SAYS_NOTHING.matcher(line).matches())
                            .findFirst()
                            .orElse(null);
            return ReportedFailure.of(yaml.type(), message, yaml.stack() == null ? details : yaml.stack(), point.cut);
        }

        /** Says of a subtest, or of the report, that tests of its plan did not come. */
        private void missing(Level level) {
            if (level.planned > level.points) {
                String message = "planned " + level.planned + " tests, " + level.points + " came";
                give(
                        level,
                        new Point(
                                level.line,
                                List.of(),
                                null,
                                0,
                                OutcomeStatus.ERRORED,
                                ReportedFailure.of(null, message, null, false),
                                null));
                level.failed = true;
            }
        }

        /** Gives a level what belongs to it: out of the report at once, or when its name is known. */
        private void give(Level level, Point point) {
            level.handedOut = true;
            if (levels.size() == 1 && levels.element() == level) {
                handOut(point);
                return;
            }
            level.waiting.add(point);
            waiting++;
            characters += point.characters();
            if (level.name != null) {
                flush();
            }
        }

        /** Hands out what waits in levels that have a name, up to the outermost that has none. */
        private void flush() {
            var inwards = new ArrayList<>(levels);
            List<String> path = new ArrayList<>();
            for (int i = inwards.size() - 2; i >= 0; i--) {
                Level level = inwards.get(i);
                if (level.name == null) {
                    return;
                }
                path.add(level.name);
                for (Point point : level.waiting) {
                    handOut(new Point(
                            point.line(),
                            joined(path, point.path()),
                            point.name(),
                            point.number(),
                            point.status(),
                            point.failure(),
                            point.duration()));
                    forget(point);
                }
                level.waiting.clear();
            }
        }

        private static List<String> joined(List<String> outer, List<String> inner) {
            var all = new ArrayList<>(outer);
            all.addAll(inner);
            return all;
        }

        private void forget(Point point) {
            waiting--;
            characters -= point.characters();
        }

        /** Takes what still waits in a subtest to the level around it, now that its name is known; it has been left. */
        private void leave(Level ended, @Nullable String name) {
            Level outer = levels.element();
            outer.handedOut |= ended.handedOut;
            outer.failed |= ended.failed;
            List<Point> points = List.copyOf(ended.waiting);
            ended.waiting.clear();
            points.forEach(this::forget);
            for (Point point : points) {
                give(outer, name == null ? point : point.within(name));
            }
        }

        private void bailOut(String reason) {
            bailedOut = true;
            String message = reason.isEmpty() ? "Bail out!" : "Bail out! " + reason;
            unwind();
            handOut(new Point(
                    lines.number(),
                    List.of(),
                    null,
                    0,
                    OutcomeStatus.ERRORED,
                    ReportedFailure.of(null, message, null, false),
                    null));
        }

        /** Leaves all subtests that no point has ended. */
        private void unwind() {
            while (levels.size() > 1) {
                Level ended = levels.pop();
                leave(ended, ended.name == null ? "subtest" : ended.name);
            }
        }

        void end() throws BrokenReportException {
            if (bailedOut) {
                return;
            }
            settle();
            if (levels.size() > 1) {
                throw cutShort("a subtest does not end");
            }
            Level report = levels.element();
            if (report.planned < 0 && report.points > 0) {
                throw cutShort("no plan");
            }
            missing(report);
        }

        private void handOut(Point point) {
            String suite = point.path().isEmpty() ? null : String.join("/", point.path());
            boolean isTest = point.name() != null;
            listener.outcome(new OutcomeDraft(point.line())
                    .inNested(point.path(), suite)
                    .named(isTest ? point.name() : suite)
                    .ended(point.status(), point.failure())
                    .began(null, point.duration())
                    .ofSuite(!isTest)
                    .variant(isTest ? "#" + point.number() : null)
                    .outcome());
        }

        private BrokenReportException broken(String reason) {
            return new BrokenReportException(reportName, lines.number(), 0, reason);
        }

        private BrokenReportException cutShort(String reason) {
            return new BrokenReportException(reportName, lines.number(), 0, "cut short: " + reason, Fault.BREAKS_OFF);
        }
    }

    /**
     * What is of use in a YAML block: scalars at its first level, plain, quoted or as a block. Other YAML stays text: an
     * alias in a stranger's report is nothing to follow.
     */
    private record Yaml(
            @Nullable String message,
            @Nullable String type,
            @Nullable String stack,
            @Nullable String durationMillis,
            @Nullable String failureType) {
        static Yaml of(String text) {
            String message = null;
            String error = null;
            String type = null;
            String stack = null;
            String durationMillis = null;
            String failureType = null;
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher key = YAML_KEY.matcher(lines.get(i));
                if (!key.matches()) {
                    continue;
                }
                String value = key.group(2) == null ? "" : key.group(2).strip();
                if (value.startsWith("|") || value.startsWith(">")) {
                    var block = new StringBuilder();
                    while (i + 1 < lines.size()
                            && (lines.get(i + 1).isBlank() || lines.get(i + 1).startsWith(" "))) {
                        i++;
                        block.append(
                                        lines.get(i).startsWith("  ")
                                                ? lines.get(i).substring(2)
                                                : lines.get(i))
                                .append('\n');
                    }
                    value = block.toString().stripTrailing();
                }
                String plain = unquoted(value);
                if (plain.isBlank()) {
                    continue;
                }
                switch (key.group(1)) {
                    case "message" -> message = plain;
                    case "error" -> error = plain;
                    case "name", "type" -> type = plain;
                    case "stack" -> stack = plain;
                    case "duration_ms" -> durationMillis = plain;
                    case "failureType" -> failureType = plain;
                    default -> {}
                }
            }
            return new Yaml(message == null ? error : message, type, stack, durationMillis, failureType);
        }

        private static String unquoted(String value) {
            if (value.length() < 2) {
                return value;
            }
            char first = value.charAt(0);
            boolean isQuoted = (first == '\'' || first == '"') && value.charAt(value.length() - 1) == first;
            String inner = isQuoted ? value.substring(1, value.length() - 1) : value;
            return isQuoted && first == '\'' ? inner.replace("''", "'") : inner;
        }
    }
}
