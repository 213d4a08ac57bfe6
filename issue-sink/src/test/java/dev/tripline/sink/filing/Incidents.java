package dev.tripline.sink.filing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Incidents for tests: those of the golden path, and plain ones. */
public final class Incidents {
    private static final String SOCKET = "test_1_websocket_events_staging";
    private static final String PIPELINE = "test_3_agent_pipeline_staging";
    private static final String FLOW = "test_2_message_flow_staging";
    private static final String PRIORITY = "test_priority1_critical_REAL";
    private static final Instant FIRST = Instant.parse("2025-09-10T15:02:01Z");
    private static final Instant SECOND = Instant.parse("2025-09-11T15:02:01Z");
    private static final IncidentView.Pattern RACE = new IncidentView.Pattern(
            "1111111111111111",
            "websockets.exceptions.ConnectionClosedOK",
            "received 1000 (OK) main cleanup; then sent 1000 (OK) main cleanup",
            null,
            null);
    private static final IncidentView.Pattern SUBPROTOCOL = new IncidentView.Pattern(
            "2222222222222222", "websockets.exceptions.NegotiationError", "no subprotocols supported", null, """
            Traceback (most recent call last):
              File "tests/test_events.py", line 41, in connect
                async with websockets.connect(url, subprotocols=["jwt"]) as socket:
            websockets.exceptions.NegotiationError: no subprotocols supported""");
    private static final List<IncidentView.Journey> JOURNEYS =
            List.of(new IncidentView.Journey("golden-path", "$500K+ ARR at risk"));

    private Incidents() {}

    /** RACE after the second morning: five tests have not run since, three fail differently. */
    public static IncidentView race() {
        var tests = new ArrayList<IncidentView.Test>();
        Stream.of("test_concurrent_websocket", "test_websocket_connection", "test_websocket_event_flow")
                .forEach(name -> tests.add(test(SOCKET, name, FIRST, Condition.FAILING_DIFFERENTLY)));
        Stream.of("test_message_delivery_event", "test_message_stream")
                .forEach(name -> tests.add(test(FLOW, name, FIRST.plusSeconds(240), Condition.NOT_RUN_SINCE)));
        Stream.of("test_agent_execution_stream", "test_agent_lifecycle_events", "test_pipeline_completion_event")
                .forEach(name -> tests.add(test(PIPELINE, name, FIRST.plusSeconds(120), Condition.NOT_RUN_SINCE)));
        return incident(
                "race-1",
                Phase.OPEN,
                Severity.CRITICAL,
                "P0",
                FIRST,
                RACE,
                tests,
                List.of(
                        suite(SOCKET, 0.4, 2, 5, 0.4, 0.8, null),
                        suite(FLOW, 0.6, 3, 5, 0.6, 0.8, null),
                        suite(PIPELINE, 0.5, 3, 6, 0.5, 0.67, null)),
                null,
                List.of());
    }

    /** SUBPROTOCOL on the second morning, which replaced RACE at an unchanged rate. */
    public static IncidentView subprotocol() {
        var tests = new ArrayList<IncidentView.Test>();
        Stream.of("test_concurrent_websocket", "test_websocket_connection", "test_websocket_event_flow")
                .forEach(name -> tests.add(test(SOCKET, name, SECOND, Condition.FAILING)));
        tests.add(test(PRIORITY, "test_websocket_message_send", SECOND.plusSeconds(126), Condition.FAILING));
        return incident(
                "subprotocol-1",
                Phase.OPEN,
                Severity.CRITICAL,
                "P0",
                SECOND,
                SUBPROTOCOL,
                tests,
                List.of(suite(SOCKET, 0.4, 2, 5, 0.4, 0.8, RACE), suite(PRIORITY, 0.84, 21, 25, null, 0.95, null)),
                new IncidentView.Suspect(
                        "netra-backend-staging",
                        "00412-s5g",
                        Instant.parse("2025-09-11T13:48:00Z"),
                        "https://ci.example.com/deploys/412?env=staging#log",
                        0.8,
                        "the first run after it shows the new error"),
                List.of(
                        new IncidentView.Impact(new IncidentView.Scope("suite", SOCKET), 0.4, 1),
                        new IncidentView.Impact(
                                new IncidentView.Scope("environment", "staging"), 29 / 36.0, 33 / 36.0)));
    }

    /** A cause that came back, after an incident that is named, with a long message and no deployment; given out of order. */
    public static IncidentView cameBack(String previous) {
        var pays = test("checkout", "test_pays", SECOND, Condition.FAILING);
        var ships = test("orders", "test_ships", SECOND.plusSeconds(90), Condition.FAILING);
        String type = "java.net.SocketTimeoutException";
        var message = new StringBuilder("Read timed out\n\nGET /v1/orders\n");
        IntStream.rangeClosed(1, 30)
                .forEach(line -> message.append("\tat shop.Orders.step(Orders.java:")
                        .append(line)
                        .append(")\n"));
        return incident(
                "orders-2",
                Phase.OPEN,
                Severity.HIGH,
                "P1",
                SECOND,
                new IncidentView.Pattern("3333333333333333", type, "Read timed out", null, null),
                null,
                List.of(pays, ships),
                List.of(suite("checkout", 0.9, 9, 10, null, 0.95, null), suite("orders", 0.5, 1, 2, null, null, null)),
                List.of(),
                null,
                List.of(),
                List.of(
                        failure(ships, "4f1c/8/1", SECOND.plusSeconds(90), type, "Read timed out", "00413"),
                        failure(pays, "4f1c/7/1", SECOND, type, message.toString(), "00413")),
                previous);
    }

    /** A suite below its target whose failures have nothing in common, 22 hours old. */
    public static IncidentView belowTarget() {
        var searches = test("search", "test_searches", FIRST, Condition.FAILING);
        var sorts = test("search", "test_sorts", SECOND.minusSeconds(7200), Condition.FAILING);
        return incident(
                "search-1",
                Phase.OPEN,
                Severity.MEDIUM,
                "P2",
                FIRST,
                null,
                new IncidentView.Scope("suite", "search"),
                List.of(searches, sorts),
                List.of(new IncidentView.Suite(
                        "search",
                        new IncidentView.Run(0.8, 8, 10, 1, 2L, SECOND.minusSeconds(7200)),
                        0.99,
                        0.95,
                        null)),
                List.of(),
                new IncidentView.Suspect(
                        "search-api", "7.1", FIRST.minusSeconds(180), "ftp://ci/7", 0.2, "one of four"),
                List.of(),
                List.of(
                        failure(searches, "4f1c/3/1", FIRST, null, "expected 3 hits, got 0", null),
                        failure(sorts, "4f1c/4/1", SECOND.minusSeconds(7200), null, "not sorted", null)),
                null);
    }

    /** Failures of two tests that both pass again. */
    public static IncidentView passingAgain() {
        return incident(
                "mail-1",
                Phase.RECOVERING,
                Severity.LOW,
                "P3",
                FIRST,
                new IncidentView.Pattern("4444444444444444", null, "no mail within <*>", null, null),
                null,
                List.of(
                        new IncidentView.Test("mail", "test_receives", "local", 1, FIRST, FIRST, Condition.PASSING, 2),
                        test("mail", "test_sends", FIRST, Condition.RECOVERED)),
                List.of(suite("mail", 1, 4, 4, null, null, null)),
                List.of(),
                null,
                List.of(),
                List.of(),
                null);
    }

    /** A plain incident; facts without a number (0) have that of their place. */
    public static IncidentView plain(String id, Phase phase, List<IncidentView.Fact> facts) {
        IncidentView base = incident(
                id,
                phase,
                Severity.HIGH,
                "P1",
                SECOND,
                SUBPROTOCOL,
                List.of(test(SOCKET, "test_websocket_connection", SECOND, Condition.FAILING)),
                List.of(),
                null,
                List.of());
        var numbered = new ArrayList<IncidentView.Fact>();
        for (IncidentView.Fact fact : facts) {
            long number = fact.number() > 0 ? fact.number() : numbered.size() + 1L;
            numbered.add(new IncidentView.Fact(number, fact.at(), fact.kind(), fact.text()));
        }
        return withFacts(base, numbered);
    }

    /** A plain incident as bad as is said. */
    public static IncidentView rated(String id, Severity severity, String priority) {
        return incident(
                id,
                Phase.OPEN,
                severity,
                priority,
                SECOND,
                SUBPROTOCOL,
                List.of(test(SOCKET, "test_websocket_connection", SECOND, Condition.FAILING)),
                List.of(),
                null,
                List.of());
    }

    /** A plain incident whose text all comes from somebody else. */
    public static IncidentView hostile(String text) {
        return new IncidentView(
                "hostile-1",
                text,
                Phase.OPEN,
                Severity.HIGH,
                text,
                text,
                text,
                SECOND,
                SECOND,
                null,
                new IncidentView.Pattern(text, text, text, text, text),
                null,
                1,
                1,
                1,
                List.of(new IncidentView.Test(text, text, text, 1, SECOND, SECOND, Condition.FAILING, 0)),
                List.of(new IncidentView.Suite(
                        text, null, null, null, new IncidentView.Pattern(text, text, text, text, text))),
                List.of(new IncidentView.Journey(text, text)),
                new IncidentView.Suspect(text, text, SECOND, text, 0.5, text),
                List.of(new IncidentView.Impact(new IncidentView.Scope("suite", text), 0, 1)),
                List.of(new IncidentView.Evidence(
                        text, text, text, text, text, SECOND, text, text, text, new TreeMap<>(Map.of(text, text)))),
                List.of(new IncidentView.Fact(1, SECOND, "escalated", text)),
                List.of(new IncidentView.Note(text, SECOND, text, text)),
                text,
                text,
                1,
                text,
                1,
                text);
    }

    private static IncidentView withFacts(IncidentView base, List<IncidentView.Fact> facts) {
        return new IncidentView(
                base.id(),
                base.environment(),
                base.phase(),
                base.severity(),
                base.severityReason(),
                base.priority(),
                base.title(),
                base.startedAt(),
                base.openedAt(),
                base.resolvedAt(),
                base.pattern(),
                base.scope(),
                base.failures(),
                base.testCount(),
                base.suiteCount(),
                base.tests(),
                base.suites(),
                base.journeys(),
                base.deployment(),
                base.impacts(),
                base.evidence(),
                facts,
                base.notes(),
                base.rule(),
                base.ruleVersion(),
                base.reopenings(),
                base.previousIncidentId(),
                base.heldBack(),
                base.reason());
    }

    private static IncidentView.Test test(String suite, String name, Instant at, Condition condition) {
        return new IncidentView.Test(suite, name, "local", 1, at, at, condition, 0);
    }

    private static IncidentView.Suite suite(
            String name,
            double rate,
            int passed,
            int conclusive,
            Double baseline,
            Double target,
            IncidentView.Pattern old) {
        return new IncidentView.Suite(
                name, new IncidentView.Run(rate, passed, conclusive, 0, 0L, SECOND), baseline, target, old);
    }

    private static IncidentView incident(
            String id,
            Phase phase,
            Severity severity,
            String priority,
            Instant startedAt,
            IncidentView.Pattern pattern,
            List<IncidentView.Test> tests,
            List<IncidentView.Suite> suites,
            IncidentView.Suspect suspect,
            List<IncidentView.Impact> impacts) {
        IncidentView.Test first = tests.get(0);
        return incident(
                id,
                phase,
                severity,
                priority,
                startedAt,
                pattern,
                null,
                tests,
                suites,
                JOURNEYS,
                suspect,
                impacts,
                List.of(failure(first, "4f1c/0/1", first.firstFailedAt(), pattern.type(), pattern.template(), null)),
                null);
    }

    private static SortedMap<String, String> pages(String type) {
        return type != null && type.endsWith("NegotiationError")
                ? new TreeMap<>(Map.of(
                        "build",
                        "https://ci.example.com/runs/9917",
                        "report",
                        "https://ci.example.com/runs/9917/junit"))
                : new TreeMap<>();
    }

    private static IncidentView.Evidence failure(
            IncidentView.Test test, String identity, Instant at, String type, String message, String revision) {
        return new IncidentView.Evidence(
                test.suite(),
                test.test(),
                test.location(),
                identity,
                "failed",
                at,
                type,
                message,
                revision,
                pages(type));
    }

    private static IncidentView incident(
            String id,
            Phase phase,
            Severity severity,
            String priority,
            Instant startedAt,
            IncidentView.Pattern pattern,
            IncidentView.Scope scope,
            List<IncidentView.Test> tests,
            List<IncidentView.Suite> suites,
            List<IncidentView.Journey> journeys,
            IncidentView.Suspect suspect,
            List<IncidentView.Impact> impacts,
            List<IncidentView.Evidence> evidence,
            String previous) {
        long suiteCount =
                tests.stream().map(IncidentView.Test::suite).distinct().count();
        String hits = Figures.count(tests.size(), "test") + " in " + Figures.count(suiteCount, "suite");
        return new IncidentView(
                id,
                "staging",
                phase,
                severity,
                hits + ": " + Markdown.word(severity) + " from " + Figures.count(suiteCount, "suite"),
                priority,
                "title",
                startedAt,
                startedAt.plusSeconds(5),
                null,
                pattern,
                scope,
                tests.size(),
                tests.size(),
                suiteCount,
                tests,
                suites,
                journeys,
                suspect,
                impacts,
                evidence,
                List.of(new IncidentView.Fact(1, startedAt, "opened", "opened")),
                List.of(),
                "golden-path",
                "v1",
                0,
                previous,
                0,
                "new pattern, first seen in " + Figures.count(suiteCount, "suite"));
    }
}
