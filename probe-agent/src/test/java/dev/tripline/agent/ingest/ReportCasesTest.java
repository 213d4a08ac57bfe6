package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of reports of which something was once lost, confused or believed; each as small as it can be. */
final class ReportCasesTest {
    private static final Instant WRITTEN = Instant.parse("2025-09-11T09:00:00Z");
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2025-09-11T10:00:00Z"));

    @TempDir
    private Path folder;

    private final RecordingPublisher publisher = new RecordingPublisher();

    @Test
    void everyFailureAndErrorIsAnOutcomeWhereverItStands() throws Exception {
        // Given
        Path unnamed = report("unnamed.xml", """
                <testsuite name="api.OrderTest"><testcase name="" classname="api.OrderTest">
                <failure message="order service is away" type="java.net.ConnectException"/></testcase></testsuite>
                """);
        Path suite = report("suite.xml", """
                <testsuites><testsuite name="order.spec"><error type="SetupError" message="no browser"/></testsuite></testsuites>
                """);
        Path nested = report("nested.xml", """
                <testsuite name="n"><testcase name="outer" classname="c"><testcase name="inner"><failure message="m"/></testcase>
                </testcase></testsuite>
                """);

        // When
        ingest(unnamed, suite, nested);

        // Then
        assertThat(outcomes())
                .extracting(TestOutcome::getSuite, TestOutcome::getTest, TestOutcome::getStatus)
                .containsExactlyInAnyOrder(
                        tuple("api.OrderTest", "api.OrderTest", OutcomeStatus.FAILED),
                        tuple("order.spec", "order.spec", OutcomeStatus.ERRORED),
                        tuple("n", "inner", OutcomeStatus.FAILED),
                        tuple("n", "outer", OutcomeStatus.PASSED));
    }

    @Test
    void aTestIsMoreThanSuiteAndName() throws Exception {
        // Given
        Path classes = report("classes.xml", """
                <testsuite name="jupiter"><testcase name="opens()" classname="a.OrderTest"><failure message="m"/></testcase>
                <testcase name="opens()" classname="a.StockTest"/></testsuite>
                """);
        Path suites = report("suites.xml", """
                <testsuites><testsuite name="linux"><testsuite name="login"><testcase name="t"/></testsuite></testsuite>
                <testsuite name="mac"><testsuite name="login"><testcase name="t"><failure message="m"/></testcase></testsuite>
                </testsuite></testsuites>
                """);

        // When
        ingest(classes, suites);

        // Then
        assertThat(outcomes())
                .extracting(
                        TestOutcome::getSuite,
                        TestOutcome::getClassName,
                        TestOutcome::getTest,
                        TestOutcome::getStatus,
                        TestOutcome::getFlaky)
                .containsExactlyInAnyOrder(
                        tuple("jupiter", "a.OrderTest", "opens()", OutcomeStatus.FAILED, false),
                        tuple("jupiter", "a.StockTest", "opens()", OutcomeStatus.PASSED, false),
                        tuple("linux/login", "", "t", OutcomeStatus.PASSED, false),
                        tuple("mac/login", "", "t", OutcomeStatus.FAILED, false));
    }

    /** A line says which test it is; a number of an attempt says that it is the same one. */
    @Test
    void linesOfFourClassesAreFourTestsIfTheySayWhichTheyAre() throws Exception {
        // Given
        var withClasses = new StringBuilder();
        var without = new StringBuilder();
        for (int i = 1; i <= 4; i++) {
            String line =
                    "{\"suite\":\"jupiter\",\"test\":\"opens()\",\"status\":\"%s\",\"startedAt\":\"2025-09-11T08:00:0%dZ\","
                            .formatted(i == 1 ? "FAILED" : "PASSED", i);
            withClasses.append(line).append("\"source\":\"a\",\"run\":1,\"className\":\"C%d\"}\n".formatted(i));
            without.append(line).append("\"source\":\"b\",\"run\":1,\"attempt\":%d}\n".formatted(i));
        }

        // When
        ingest(report("classes.jsonl", withClasses.toString()));
        Path doubtful = report("attempts.jsonl", without.toString());
        IngestSummary summary = ingest(doubtful);

        // Then
        assertThat(outcomes())
                .extracting(TestOutcome::getClassName, TestOutcome::getStatus, TestOutcome::getFlaky)
                .containsExactlyInAnyOrder(
                        tuple("C1", OutcomeStatus.FAILED, false),
                        tuple("C2", OutcomeStatus.PASSED, false),
                        tuple("C3", OutcomeStatus.PASSED, false),
                        tuple("C4", OutcomeStatus.PASSED, false),
                        tuple("", OutcomeStatus.PASSED, true));
        assertThat(summary.warnings())
                .containsExactly(doubtful + ": lines with 'attempt' count as attempts of one test, but go on after it"
                        + " passed 2 times; if they are tests of several classes, give each its 'className'");
    }

    @Test
    void aRetryIsNoSecondTest() throws Exception {
        // Given
        Path cases = report("retry.xml", """
                <testsuite name="x" timestamp="2025-09-11T08:00:00Z"><testcase name="t" classname="c"><failure message="reset"/>
                </testcase><testcase name="t" classname="c"/></testsuite>
                """);
        Path lines = report("retry.jsonl", """
                {"suite":"l","test":"t","status":"FAILED","startedAt":"2025-09-11T08:00:00Z","failureMessage":"reset","run":1,"attempt":1}
                {"suite":"l","test":"t","status":"PASSED","startedAt":"2025-09-11T08:00:01Z","run":1,"attempt":2}
                """);

        // When
        ingest(cases, lines);

        // Then
        assertThat(outcomes()).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.PASSED);
            assertThat(outcome.getFlaky()).isTrue();
            assertThat(outcome.getEarlierFailures()).containsExactly("reset");
        });
        assertThat(publisher.all(SuiteRun.class))
                .extracting(
                        run -> run.getTotals().getPassed(),
                        run -> run.getTotals().getFailed())
                .containsExactly(tuple(1L, 0L), tuple(1L, 0L));
    }

    @Test
    void whatADryRunPrintsReadsBackToTheSameRecords() throws Exception {
        // Given
        ingest(report("flaky.xml", """
                <testsuite name="f" timestamp="2025-09-11T08:00:00Z">
                <testcase name="a" classname="k.A" time="1.5"><flakyFailure message="reset" type="IOError"/></testcase>
                <testcase name="b" classname="k.A"><failure message="m" type="T">text</failure></testcase></testsuite>
                """));
        List<TestOutcome> first = outcomes();
        var lines = new StringBuilder();
        first.forEach(outcome -> lines.append(OutcomeJson.line(outcome)).append('\n'));

        // When
        publisher.records.clear();
        ingest(report("again.jsonl", lines.toString()));

        // Then
        assertThat(first).extracting(TestOutcome::getFlaky).containsExactly(true, false);
        assertThat(outcomes()).isEqualTo(first);
    }

    @Test
    void oneUnreadableDetailDoesNotCostTheRest() throws Exception {
        for (String stamp : List.of("tbd", "2025-09-11T08:00:00 UTC", "2025-09-11T08:00:00+0200", "")) {
            for (String time : List.of("71.5us", "1.2ms", "NaN", "00:00:01.5", "1,234.5", "-1", "soon")) {
                // When
                publisher.records.clear();
                IngestSummary summary = ingest(report("detail.xml", """
                        <testsuite name="d" timestamp="%s"><testcase name="a" time="%s"/><testcase name="b"><failure message="m"/>
                        </testcase><properties><property name="environment" value="late"/></properties></testsuite>
                        """.formatted(stamp, time)));

                // Then
                assertThat(outcomes())
                        .as(stamp + " " + time)
                        .extracting(TestOutcome::getEnvironment)
                        .containsExactly("late", "late");
                assertThat(summary.broken()).isEmpty();
                assertThat(summary.warnings())
                        .hasSize((stamp.equals("tbd") ? 1 : 0)
                                + (List.of("NaN", "-1", "soon").contains(time) ? 1 : 0));
            }
        }
    }

    @Test
    void aTimeThatCannotBeTrueIsThatOfTheFile() throws Exception {
        // Given
        Path epoch = report("epoch.xml", """
                <testsuite name="e" timestamp="1970-01-01T00:00:00" time="0"><testcase name="loads"><error>no module</error>
                </testcase></testsuite>
                """);

        // When
        IngestSummary summary = ingest(epoch);

        // Then
        assertThat(outcomes()).extracting(TestOutcome::getStartedAt).containsExactly(WRITTEN);
        assertThat(summary.warnings()).singleElement().asString().contains("is before 2000");
    }

    /** A writer east of here gives its own clock's time, without saying so. */
    @Test
    void aLocalTimeIsNoLaterThanTheFile() throws Exception {
        // Given
        Path local = report("local.xml", """
                <testsuite name="l" timestamp="2025-09-11T10:30:00"><testcase name="t"/></testsuite>
                """);

        // When
        IngestSummary unknown = ingest(in("UTC"), local);
        IngestSummary told = ingest(in("Europe/Berlin"), local);

        // Then
        assertThat(outcomes())
                .extracting(TestOutcome::getStartedAt)
                .containsExactly(WRITTEN, Instant.parse("2025-09-11T08:30:00Z"));
        assertThat(unknown.warnings()).singleElement().asString().contains("is later than the file was written");
        assertThat(told.warnings()).isEmpty();
    }

    @Test
    void whatTheAnalysisWillPutAsideIsSaid() throws Exception {
        IngestSummary summary = ingest(report("late.jsonl", """
                {"suite":"s","test":"t","status":"FAILED","startedAt":"2025-09-11T11:00:00Z"}
                """));

        assertThat(summary.putAside()).singleElement().asString().contains("late.jsonl", "in the future");
    }

    /** What says when it ended and not when it began, began so long before as it took. */
    @Test
    void nothingBeginsAfterItsEnd() throws Exception {
        ingest(report("events.xml", """
                <events xmlns="https://schemas.opentest4j.org/reporting/events/0.2.0" xmlns:core="https://schemas.opentest4j.org/reporting/core/0.2.0"><started id="3" name="loads()" time="tbd"/><finished id="3" time="2025-09-11T08:00:01Z"><core:result status="FAILED"/></finished></events>
                """));

        assertThat(outcomes())
                .extracting(TestOutcome::getStartedAt, TestOutcome::getEndedAt)
                .containsExactly(tuple(Instant.parse("2025-09-11T08:00:01Z"), Instant.parse("2025-09-11T08:00:01Z")));
    }

    @Test
    void casesThatRanSideBySideLieWithinTheirSuite() throws Exception {
        // Given
        Path parallel = report("parallel.xml", """
                <testsuite name="p" timestamp="2025-09-11T08:00:00Z" time="62"><testcase name="a" time="60"/>
                <testcase name="b" time="61"/></testsuite>
                """);

        // When
        ingest(parallel);

        // Then
        assertThat(outcomes())
                .allSatisfy(outcome ->
                        assertThat(outcome.getEndedAt()).isBeforeOrEqualTo(Instant.parse("2025-09-11T08:01:02Z")));
    }

    @Test
    void theTimeOfACaseWinsAndThatOfTheRootIsInherited() throws Exception {
        // Given
        Path times = report("times.xml", """
                <testsuites timestamp="2025-09-11T08:00:00Z"><testsuite name="s"><testcase name="a"/>
                <testcase name="b" timestamp="2025-09-11T08:20:00Z"/></testsuite></testsuites>
                """);

        // When
        ingest(times);

        // Then
        assertThat(outcomes())
                .extracting(TestOutcome::getTest, TestOutcome::getStartedAt)
                .containsExactly(
                        tuple("a", Instant.parse("2025-09-11T08:00:00Z")),
                        tuple("b", Instant.parse("2025-09-11T08:20:00Z")));
    }

    @Test
    void shardsAreOneRun() throws Exception {
        ingest(shard(1, 4), shard(2, 0));

        assertThat(publisher.all(SuiteRun.class)).singleElement().satisfies(run -> {
            assertThat(run.getTotals().getPassed()).isEqualTo(16);
            assertThat(run.getTotals().getFailed()).isEqualTo(4);
        });
    }

    @Test
    void shardsOfTwoCallsAreOneRunWithTheTotalsOfAll() throws Exception {
        for (List<Path> order : List.of(List.of(shard(1, 4), shard(2, 0)), List.of(shard(2, 0), shard(1, 4)))) {
            // When
            publisher.records.clear();
            for (Path each : order) {
                assertThat(ingest(WholeRun.of(20), each).broken()).isEmpty();
            }

            // Then
            assertThat(outcomes())
                    .hasSize(20)
                    .extracting(TestOutcome::getSource)
                    .containsOnly("run:7");
            assertThat(publisher.all(SuiteRun.class)).hasSize(2).allSatisfy(run -> {
                assertThat(run.getSource()).isEqualTo("run:7");
                assertThat(total(run)).isEqualTo(20);
            });
        }
    }

    @Test
    void totalsWaitForTheLastCall() throws Exception {
        // When
        ingest(WholeRun.inALaterCall(), shard(1, 4));
        List<SuiteRun> early = publisher.all(SuiteRun.class);
        ingest(WholeRun.inThisCall(), shard(2, 0));

        // Then
        assertThat(early).isEmpty();
        assertThat(outcomes()).hasSize(20);
        assertThat(publisher.all(SuiteRun.class)).hasSize(1);
    }

    @Test
    void totalsThatContradictTheReportsAreNotPublished() throws Exception {
        // When
        IngestSummary fewer = ingest(WholeRun.of(8), shard(1, 4));
        IngestSummary two = ingest(WholeRun.of(8), report("two.xml", """
                <testsuites><testsuite name="a"><testcase name="t"/></testsuite><testsuite name="b"><testcase name="t"/>
                </testsuite></testsuites>
                """));

        // Then
        assertThat(fewer.broken())
                .containsExactly(
                        "--expect 8: the reports of this call alone hold 10 tests of checkout; its totals are not"
                                + " published");
        assertThat(two.broken())
                .containsExactly("--expect 8: is the number of tests of one suite, got 2 suites: a, b; their totals are"
                        + " not published");
        assertThat(publisher.all(SuiteRun.class)).isEmpty();
    }

    @Test
    void totalsCountWhatIsDistinct() throws Exception {
        // Given
        String line =
                "{\"suite\":\"s\",\"test\":\"%s\",\"status\":\"%s\",\"startedAt\":\"2025-09-11T08:00:00Z\",\"source\":\"ci\","
                        + "\"run\":3,\"attempt\":%d}\n";
        Path one = report("1.jsonl", line.formatted("a", "FAILED", 1) + line.formatted("a", "PASSED", 2));
        Path two = report("2.jsonl", line.formatted("a", "PASSED", 2) + line.formatted("b", "FAILED", 1));

        // When
        ingest(one, two);

        // Then
        assertThat(outcomes())
                .extracting(TestOutcome::getTest, TestOutcome::getStatus)
                .containsExactlyInAnyOrder(tuple("a", OutcomeStatus.PASSED), tuple("b", OutcomeStatus.FAILED));
        assertThat(publisher.all(SuiteRun.class))
                .singleElement()
                .satisfies(run -> assertThat(total(run)).isEqualTo(2));
    }

    @Test
    void theMessageIsMoreThanOneAttribute() throws Exception {
        // Given
        Path go = report("go.xml", """
                <testsuite name="g"><testcase name="TestSum"><failure message="Failed" type="">=== RUN   TestSum
                    order_test.go:12: sum is 3, want 4
                --- FAIL: TestSum (0.10s)</failure></testcase><testcase name="TestOpen"><failure message="Failed" type="">=== RUN   TestOpen
                    open_test.go:40: dial tcp 10.0.0.3:5432: connection refused
                --- FAIL: TestOpen (0.10s)</failure></testcase></testsuite>
                """);
        Path jest = report("jest.xml", """
                <testsuite name="j"><testcase name="sums"><failure>Error: expect(received).toBe(expected) // Object.is equality

                Expected: 200
                Received: 500
                    at Object.toBe (src/sum.spec.ts:2:11)</failure></testcase></testsuite>
                """);

        // When
        ingest(go, jest);

        // Then
        assertThat(outcomes())
                .extracting(outcome -> outcome.getFailure().getMessage())
                .satisfiesExactly(
                        sum -> assertThat(sum).contains("sum is 3, want 4"),
                        open -> assertThat(open).contains("connection refused"),
                        toBe -> assertThat(toBe).contains("Expected: 200", "Received: 500"));
    }

    @Test
    void nothingReadIsNoSuccess() throws Exception {
        // Given
        Path nunit = report("n.xml", "<test-run id='2'/>");
        Path none = report("c.xml", "<testsuite name='s'/>");

        // When
        IngestSummary summary = ingest(nunit, none);

        // Then
        assertThat(summary.empty())
                .containsExactly(nunit + ": NUnit 3, root <test-run>, no test cases", none + ": no test cases");
        assertThat(ReportOutcomes.find(List.of(folder.resolve("none-*.xml"))).without())
                .hasSize(1);
    }

    @Test
    void aControlCharacterDoesNotEndAReport() throws Exception {
        // When
        IngestSummary summary = ingest(report("control.xml", """
                <testsuite name="c"><testcase name="a"><failure message="&#x1b;[31mred">\u001b[31mred\u0007</failure></testcase>
                <testcase name="b"/></testsuite>
                """));

        // Then
        assertThat(outcomes()).extracting(TestOutcome::getTest).containsExactly("a", "b");
        assertThat(outcomes().get(0).getFailure().getMessage()).isEqualTo("red");
        assertThat(summary.cutShort()).isEmpty();
        assertThat(summary.warnings())
                .containsExactly(folder.resolve("control.xml")
                        + ":1: character '&#x1b;' is no character of a report and is read as U+FFFD; 3 such, this is the"
                        + " first");
    }

    private Path shard(int number, int failed) throws IOException {
        var cases = new StringBuilder(
                "<testsuite name='checkout' timestamp='2025-09-11T08:00:%d0Z' time='2'>".formatted(number));
        for (int i = 0; i < 10; i++) {
            cases.append("<testcase name='case %d.%d'>".formatted(number, i))
                    .append(i < failed ? "<failure message='no total'/>" : "")
                    .append("</testcase>");
        }
        return report("shard-" + number + ".xml", cases.append("</testsuite>").toString());
    }

    private Path report(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
        return file;
    }

    private static IngestOptions in(String zone) {
        return new IngestOptions(null, null, null, null, null, null, ZoneId.of(zone), null, null);
    }

    private IngestSummary ingest(Path... files) throws Exception {
        return ingest(in("UTC"), files);
    }

    private IngestSummary ingest(IngestOptions options, Path... files) throws Exception {
        return ingest(options, null, WholeRun.inThisCall(), files);
    }

    private IngestSummary ingest(WholeRun whole, Path... files) throws Exception {
        return ingest(in("UTC"), "7", whole, files);
    }

    private IngestSummary ingest(IngestOptions options, @Nullable String run, WholeRun whole, Path... files)
            throws Exception {
        return new Ingest(options, run, whole, publisher, NOW, progress -> {}).publish(List.of(files));
    }

    private List<TestOutcome> outcomes() {
        return publisher.all(TestOutcome.class);
    }

    private static long total(SuiteRun run) {
        return run.getTotals().getPassed()
                + run.getTotals().getFailed()
                + run.getTotals().getErrored()
                + run.getTotals().getTimedOut()
                + run.getTotals().getSkipped()
                + run.getTotals().getInconclusive();
    }
}
