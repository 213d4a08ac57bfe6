package dev.tripline.agent.report;

import dev.tripline.agent.report.BrokenReportException.Fault;
import dev.tripline.agent.report.PassedOver.Reason;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.service.text.Cut;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code go test -json} prints, one event a line.
 *
 * <ul>
 *   <li>A test that passed, failed or was skipped is an outcome, and so is each of its subtests. Class and suite are the
 *       package, the name is that of the test ({@code TestPay/by_card}).
 *   <li>A package that failed although none of its tests did is an outcome that stands for it, and an error: it did not build,
 *       {@code TestMain} failed, or it panicked. A test that was running then is an error, too.
 *   <li>The details of a failure are what the test printed, without the lines that frame it.
 *   <li>Lines that are no JSON objects are passed over: before Go 1.24 faults of the compiler are printed among the events.
 *   <li>A package without an end is a report that was cut short.
 * </ul>
 *
 * <p>What running tests print is kept until they end, at most {@link ReportedFailure#DETAILS_BYTES} of each and 32 Mi characters
 * of all, and at most 100,000 tests at once.
 *
 * @see <a href="https://pkg.go.dev/cmd/test2json">test2json</a>
 * @see <a href="https://go.dev/doc/go1.24#go-command">Go 1.24: build output</a>
 */
public final class GoTestReader implements ReportReader {
    private static final int MOST_OPEN = 100_000;
    private static final int MOST_CHARACTERS = 32 << 20;

    /** Characters of a line that is passed over which are shown. */
    private static final int MOST_SHOWN = 80;

    /** Lines by which {@code go test -v} says what runs. */
    private static final Pattern FRAME = Pattern.compile(
            "\\s*(=== (RUN|PAUSE|CONT|NAME)\\s.*|--- (FAIL|PASS|SKIP|BENCH): .*|FAIL|FAIL\\t.*|PASS|exit status \\d+)");

    private static final String TIMED_OUT = "panic: test timed out after ";

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        var lines = new TextLines(report, context.name(), listener::passedOver);
        var reading = new Reading(context, listener);
        for (String text = lines.next(); text != null; text = lines.next()) {
            if (text.stripLeading().startsWith("{")) {
                Event event = event(text, context.name(), lines, listener);
                if (event != null) {
                    reading.take(event);
                }
            }
        }
        reading.end(lines.number());
        return "go test, no tests";
    }

    /**
     * What a line tells.
     *
     * @param action what happened
     */
    private record Event(
            JsonLine json,
            String action,
            @Nullable String itsPackage,
            @Nullable String test,
            @Nullable String output,
            @Nullable String importPath,
            @Nullable String failedBuild) {}

    /** Returns what a line tells; null if it is no event, which tests may print, and costs no other line. */
    private static @Nullable Event event(String text, String name, TextLines lines, ReportListener listener)
            throws BrokenReportException {
        try {
            JsonLine json = JsonLine.parse(text, name, lines);
            String action = json.text("Action");
            return action == null
                    ? null
                    : new Event(
                            json,
                            action,
                            json.word("Package"),
                            json.word("Test"),
                            json.text("Output"),
                            json.word("ImportPath"),
                            json.text("FailedBuild"));
        } catch (BrokenReportException e) {
            if (e.fault() == Fault.BREAKS_OFF) {
                throw e;
            }
            listener.passedOver(
                    new PassedOver(lines.number(), "line", Reason.NO_EVENT, Cut.marked(text.strip(), MOST_SHOWN)));
            return null;
        }
    }

    /** What a test or a package has done so far. */
    private static final class Open {
        private final int line;
        private @Nullable Instant began;
        private final StringBuilder printed = new StringBuilder();
        private boolean cut;
        private boolean timedOut;

        Open(int line) {
            this.line = line;
        }
    }

    /** One report under way. */
    private static final class Reading {
        private final String name;
        private final ReportListener listener;
        private final ReportTimes times;
        private final Map<String, Open> packages = new LinkedHashMap<>();
        private final Map<String, Map<String, Open>> tests = new HashMap<>();
        private final Map<String, Open> builds = new HashMap<>();
        private final Map<String, Integer> failed = new HashMap<>();
        private int open;
        private int characters;

        Reading(ReportContext context, ReportListener listener) {
            this.name = context.name();
            this.listener = listener;
            this.times = new ReportTimes(context.zone(), context.written(), listener);
        }

        void take(Event event) throws BrokenReportException {
            JsonLine json = event.json();
            String action = event.action();
            String itsPackage = event.itsPackage();
            String test = event.test();
            String output = event.output();
            if (action.startsWith("build-")) {
                String path = event.importPath();
                if (path != null && output != null) {
                    print(opened(builds, path, json), output);
                }
                return;
            }
            Instant time = times.time("Time", json.scalar("Time"), json.line());
            String key = itsPackage == null ? "" : itsPackage;
            switch (action) {
                case "start", "run" -> {
                    Open started = opened(key, test, json);
                    started.began = started.began == null ? time : started.began;
                }
                case "output" -> print(opened(key, test, json), output == null ? "" : output);
                case "pass", "bench", "fail", "skip" -> {
                    Duration elapsed = times.duration("Elapsed", json.scalar("Elapsed"), json.line());
                    if (test == null) {
                        endPackage(key, action, opened(key, null, json), time, elapsed, event.failedBuild());
                    } else {
                        endTest(key, test, action, opened(key, test, json), time, elapsed);
                    }
                }
                default -> {}
            }
        }

        /** Says that nothing more comes. */
        void end(int line) throws BrokenReportException {
            if (!packages.isEmpty()) {
                throw new BrokenReportException(
                        name,
                        line,
                        0,
                        "cut short: package " + packages.keySet().iterator().next() + " did not end"
                                + (packages.size() == 1 ? "" : ", nor did " + (packages.size() - 1) + " others"),
                        Fault.BREAKS_OFF);
            }
        }

        private Open opened(String itsPackage, @Nullable String test, JsonLine json) throws BrokenReportException {
            Open around = opened(packages, itsPackage, json);
            return test == null
                    ? around
                    : opened(tests.computeIfAbsent(itsPackage, each -> new LinkedHashMap<>()), test, json);
        }

        private Open opened(Map<String, Open> within, String key, JsonLine json) throws BrokenReportException {
            Open known = within.get(key);
            if (known != null) {
                return known;
            }
            open++;
            characters += key.length();
            if (open > MOST_OPEN || characters > MOST_CHARACTERS) {
                throw json.broken("fewer than " + MOST_OPEN + " tests must run at once, with fewer than "
                        + MOST_CHARACTERS + " characters of names and output");
            }
            var fresh = new Open(json.line());
            within.put(key, fresh);
            return fresh;
        }

        private void print(Open by, String text) {
            by.timedOut |= text.startsWith(TIMED_OUT);
            int room = Math.min(ReportedFailure.DETAILS_BYTES - by.printed.length(), MOST_CHARACTERS - characters);
            if (FRAME.matcher(text.stripTrailing()).matches()) {
                return;
            }
            int taken = Math.max(0, Math.min(room, text.length()));
            by.printed.append(text, 0, taken);
            by.cut |= taken < text.length();
            characters += taken;
        }

        private void forget(String key, Open ended) {
            open--;
            characters -= key.length() + ended.printed.length();
        }

        private void endTest(
                String itsPackage,
                String test,
                String action,
                Open ended,
                @Nullable Instant time,
                @Nullable Duration elapsed) {
            OutcomeStatus status = switch (action) {
                case "fail" -> ended.timedOut ? OutcomeStatus.TIMED_OUT : OutcomeStatus.FAILED;
                case "skip" -> OutcomeStatus.SKIPPED;
                default -> OutcomeStatus.PASSED;
            };
            handOut(itsPackage, test, status, failure(status, ended, null), ended, time, elapsed);
            if (action.equals("fail")) {
                failed.merge(itsPackage, 1, Integer::sum);
            }
            Map<String, Open> others = tests.get(itsPackage);
            if (others != null) {
                others.remove(test);
            }
            forget(test, ended);
        }

        private void endPackage(
                String itsPackage,
                String action,
                Open ended,
                @Nullable Instant time,
                @Nullable Duration elapsed,
                @Nullable String failedBuild) {
            Map<String, Open> running = tests.remove(itsPackage);
            List<Map.Entry<String, Open>> unfinished =
                    running == null ? List.of() : new ArrayList<>(running.entrySet());
            boolean packageFailed = action.equals("fail");
            for (Map.Entry<String, Open> test : unfinished) {
                OutcomeStatus status = !packageFailed
                        ? OutcomeStatus.INCONCLUSIVE
                        : ended.timedOut || test.getValue().timedOut ? OutcomeStatus.TIMED_OUT : OutcomeStatus.ERRORED;
                handOut(
                        itsPackage,
                        test.getKey(),
                        status,
                        failure(status, test.getValue(), "did not end"),
                        test.getValue(),
                        time,
                        null);
                forget(test.getKey(), test.getValue());
            }
            Integer failures = failed.remove(itsPackage);
            if (packageFailed && failures == null && unfinished.isEmpty()) {
                Open build = failedBuild == null ? null : builds.get(failedBuild);
                OutcomeStatus status = ended.timedOut ? OutcomeStatus.TIMED_OUT : OutcomeStatus.ERRORED;
                String otherwise = failedBuild == null ? "the package failed without a failed test" : "build failed";
                handOut(
                        itsPackage,
                        null,
                        status,
                        failure(status, build == null ? ended : build, otherwise),
                        ended,
                        time,
                        elapsed);
            }
            packages.remove(itsPackage);
            forget(itsPackage, ended);
        }

        private static @Nullable ReportedFailure failure(OutcomeStatus status, Open ended, @Nullable String otherwise) {
            if (status == OutcomeStatus.PASSED || status == OutcomeStatus.SKIPPED) {
                return null;
            }
            String details = ended.printed
                    .toString()
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .collect(Collectors.joining("\n"));
            return details.isBlank()
                    ? otherwise == null ? null : ReportedFailure.of(null, otherwise, null, ended.cut)
                    : ReportedFailure.of(null, null, details, ended.cut);
        }

        private void handOut(
                String itsPackage,
                @Nullable String test,
                OutcomeStatus status,
                @Nullable ReportedFailure failure,
                Open ended,
                @Nullable Instant time,
                @Nullable Duration elapsed) {
            Instant began = ended.began != null
                    ? ended.began
                    : time == null ? null : elapsed == null ? time : time.minus(elapsed);
            String suite = itsPackage.isEmpty() ? null : itsPackage;
            listener.outcome(new OutcomeDraft(ended.line)
                    .in(suite, test == null ? null : suite)
                    .named(test == null ? suite : test)
                    .ended(status, failure)
                    .began(began, elapsed)
                    .endedAt(began == null || time == null || time.isBefore(began) ? null : time)
                    .ofSuite(test == null)
                    .outcome());
        }
    }
}
