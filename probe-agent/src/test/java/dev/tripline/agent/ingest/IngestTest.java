package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.agent.publish.PublishException;
import dev.tripline.events.Keys;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.TextBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"));
    private static final Path GOLDEN_PATH = Path.of("..", "examples", "golden-path");

    private final RecordingPublisher publisher = new RecordingPublisher();

    @TempDir
    private Path folder;

    /** The counts are those of the golden path's table of rates. */
    @Test
    void publishesTheGoldenPath() throws Exception {
        // When
        IngestSummary summary = ingest(IngestOptions.none(), GOLDEN_PATH);

        // Then
        assertThat(summary.sentence()).isEqualTo("published 58 outcomes of 7 suite runs from 7 files");
        assertThat(publisher.all(SuiteRun.class))
                .extracting(
                        SuiteRun::getSuite,
                        run -> run.getTotals().getPassed(),
                        run -> run.getTotals().getFailed()
                                + run.getTotals().getTimedOut()
                                + run.getTotals().getErrored(),
                        SuiteRun::getRevision)
                .containsExactly(
                        tuple("test_10_critical_path_staging", 6L, 0L, "00411-k2d"),
                        tuple("test_1_websocket_events_staging", 2L, 3L, "00411-k2d"),
                        tuple("test_2_message_flow_staging", 3L, 2L, "00411-k2d"),
                        tuple("test_3_agent_pipeline_staging", 3L, 3L, "00411-k2d"),
                        tuple("test_10_critical_path_staging", 6L, 0L, "00412-s5g"),
                        tuple("test_1_websocket_events_staging", 2L, 3L, "00412-s5g"),
                        tuple("test_priority1_critical_REAL", 21L, 4L, "00412-s5g"));
        assertThat(publisher.all(TestOutcome.class)).allSatisfy(outcome -> {
            assertThat(outcome.getEnvironment()).isEqualTo("staging");
            assertThat(outcome.getLocation()).isEqualTo("local");
            assertThat(outcome.getSource()).matches("report:[0-9a-f]{16}");
            assertThat(outcome.getRun()).isEqualTo(1);
            assertThat(outcome.getEndedAt()).isEqualTo(outcome.getStartedAt().plusMillis(outcome.getDurationMillis()));
        });
    }

    @Test
    void publishesTheSameRecordsAgain() throws Exception {
        // When
        ingest(IngestOptions.none(), GOLDEN_PATH);
        var again = new RecordingPublisher();
        new Ingest(IngestOptions.none(), null, again, NOW, progress -> {})
                .publish(ReportOutcomes.find(List.of(GOLDEN_PATH)).files());

        // Then
        assertThat(again.records).isEqualTo(publisher.records).isNotEmpty();
    }

    @Test
    void letsOptionsOverrideTheReport() throws Exception {
        ingest(
                new IngestOptions("prod", "eu", "s", "svc", "r9", null, null, "https://ci/7", null),
                GOLDEN_PATH.resolve("2025-09-10/test_1_websocket_events_staging.xml"));

        assertThat(publisher.all(SuiteRun.class))
                .extracting(
                        SuiteRun::getEnvironment,
                        SuiteRun::getLocation,
                        SuiteRun::getSuite,
                        SuiteRun::getService,
                        SuiteRun::getRevision)
                .containsExactly(tuple("prod", "eu", "s", "svc", "r9"));
        assertThat(publisher.all(TestOutcome.class))
                .allSatisfy(outcome -> assertThat(outcome.getAttributes())
                        .containsEntry("build.url", "https://ci/7")
                        .doesNotContainKey("report.url"));
    }

    @Test
    void cutsNamesThatAreTooLongAndKeepsTwoOfThemApart() throws Exception {
        // Given
        String huge = "n".repeat(60_000);
        Path lines = Files.writeString(folder.resolve("long.jsonl"), """
                        {"suite":"%1$s","test":"%1$sa","environment":"%1$s","status":"PASSED","startedAt":"2025-09-11T08:00:00Z"}
                        {"suite":"%1$s","test":"%1$sb","environment":"%1$s","status":"PASSED","startedAt":"2025-09-11T08:00:00Z"}
                        """.formatted(huge));

        // When
        ingest(IngestOptions.none(), lines);

        // Then
        String suite = TextBounds.name(huge, TextBounds.NAME);
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getSuite, TestOutcome::getTest)
                .containsExactly(
                        tuple(suite, TextBounds.name(huge + "a", TextBounds.NAME)),
                        tuple(suite, TextBounds.name(huge + "b", TextBounds.NAME)))
                .doesNotHaveDuplicates();
        assertThat(publisher.all(SuiteRun.class)).singleElement().satisfies(run -> {
            assertThat(run.getSuite()).isEqualTo(suite);
            assertThat(run.getEnvironment()).hasSize(TextBounds.WORD);
            assertThat(run.getTotals().getPassed()).isEqualTo(2);
        });
    }

    @Test
    void publishesNothingOfABrokenFileAndGoesOn() throws Exception {
        // Given
        Path broken = Files.writeString(folder.resolve("a.jsonl"), "{\"test\":\"t\"}\n");
        Path good = Files.writeString(folder.resolve("b.xml"), "<testsuite><testcase name='y'/></testsuite>");

        // When
        IngestSummary summary = ingest(IngestOptions.none(), folder);

        // Then
        assertThat(summary.broken()).singleElement().asString().startsWith(broken + ":1: suite: is required");
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getSuite)
                .containsExactly("b");
        assertThat(summary.sentence())
                .isEqualTo("published 1 outcome of 1 suite run from 1 file; could not read 1 file");
        assertThat(good).exists();
    }

    @Test
    void timesReportsWithoutTimestampsByTheFileAndCollapsesAttempts() throws Exception {
        // Given
        Path report = Files.writeString(
                folder.resolve("TEST-x.Y.xml"),
                "<testsuite><testcase name='t' time='1'><failure/></testcase><testcase name='t' time='2'/></testsuite>");
        Files.setLastModifiedTime(report, FileTime.from(Instant.parse("2025-01-01T00:00:10Z")));

        // When
        ingest(IngestOptions.none(), report);

        // Then
        assertThat(publisher.all(TestOutcome.class))
                .extracting(
                        TestOutcome::getSuite,
                        TestOutcome::getAttempt,
                        TestOutcome::getStartedAt,
                        TestOutcome::getStatus)
                .containsExactly(tuple("x.Y", 2, Instant.parse("2025-01-01T00:00:08Z"), OutcomeStatus.PASSED));
    }

    @Test
    void neverTakesATestOfAnotherClassOrSuiteForAnAttempt() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var classes = new ArrayList<String>();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                classes.add("tests.c" + i);
            }
            Collections.shuffle(classes, new Random(seed));
            var xml = new StringBuilder("<testsuites>");
            for (String platform : List.of("linux", "mac")) {
                xml.append("<testsuite name='").append(platform).append("'><testsuite name='web'>");
                classes.forEach(each -> xml.append("<testcase name='test_pay' classname='")
                        .append(each)
                        .append("'/>"));
                xml.append("</testsuite></testsuite>");
            }
            Path report = Files.writeString(
                    folder.resolve("many" + seed + ".xml"),
                    xml.append("</testsuites>").toString());
            String suite = random.nextBoolean() ? null : "web";

            // When
            var outcomes = new ArrayList<TestOutcome>();
            ReportOutcomes.read(
                    report,
                    new IngestOptions(null, null, suite, null, null, null, null, null, null),
                    outcomes::add,
                    totals -> {});

            // Then
            assertThat(outcomes)
                    .as("seed %d", seed)
                    .extracting(TestOutcome::getAttempt)
                    .containsOnly(1);
            assertThat(outcomes)
                    .as("seed %d", seed)
                    .extracting(Keys::ofSeries)
                    .doesNotHaveDuplicates()
                    .hasSize(2 * classes.size());
        }
    }

    @Test
    void makesOneOutcomeOfTheAttemptsOfATest() throws Exception {
        // Given
        Path xml = Files.writeString(folder.resolve("retried.xml"), """
                <testsuite name="shop" timestamp="2025-01-01T00:00:00Z">
                  <testcase name="pays" classname="c" time="1"><failure type="IOError" message="reset">trace</failure></testcase>
                  <testcase name="pays" classname="c" time="1"/>
                  <testcase name="ships" classname="c" time="1"><failure message="first"/></testcase>
                  <testcase name="ships" classname="c" time="1"><error message="second"/></testcase>
                  <testcase name="packs" classname="c" time="1"><failure message="broken"/></testcase>
                  <testcase name="packs" classname="c" time="1"><skipped/></testcase>
                  <testcase name="weighs" classname="c" time="1"><flakyError message="once"/><rerunFailure message="twice"/></testcase>
                  <testcase name="counts" classname="c" time="1"/>
                  <error message="set up"/>
                  <failure message="taken down"/>
                </testsuite>
                """);

        // When
        ingest(IngestOptions.none(), xml);

        // Then
        assertThat(publisher.all(TestOutcome.class))
                .extracting(
                        TestOutcome::getTest,
                        TestOutcome::getStatus,
                        TestOutcome::getFlaky,
                        TestOutcome::getAttempt,
                        TestOutcome::getEarlierFailures)
                .containsExactlyInAnyOrder(
                        tuple("pays", OutcomeStatus.PASSED, true, 2, List.of("IOError: reset\ntrace")),
                        tuple("ships", OutcomeStatus.ERRORED, false, 2, List.of("first")),
                        tuple("packs", OutcomeStatus.FAILED, false, 1, List.of()),
                        tuple("weighs", OutcomeStatus.PASSED, true, 1, List.of("once", "twice")),
                        tuple("counts", OutcomeStatus.PASSED, false, 1, List.of()),
                        tuple("shop", OutcomeStatus.ERRORED, false, 1, List.of("taken down")));
        assertThat(publisher.all(SuiteRun.class)).singleElement().satisfies(run -> {
            assertThat(run.getTotals()).isEqualTo(new StatusCounts(3L, 1L, 2L, 0L, 0L, 0L));
            assertThat(run.getStartedAt()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        });
    }

    @Test
    void goesByTheNumberOfAnAttemptWhereLinesGiveIt() throws Exception {
        // Given
        String line =
                "{\"suite\":\"s\",\"test\":\"t\",\"source\":\"ci\",\"run\":7,\"endedAt\":\"2025-01-01T00:00:00Z\",";
        Path lines = Files.writeString(
                folder.resolve("o.jsonl"),
                line + "\"status\":\"PASSED\",\"attempt\":2}\n" + line
                        + "\"status\":\"FAILED\",\"failureMessage\":\"m\",\"attempt\":1}\n");

        // When
        ingest(IngestOptions.none(), lines);

        // Then
        assertThat(publisher.all(TestOutcome.class)).singleElement().satisfies(outcome -> {
            assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.PASSED);
            assertThat(outcome.getFlaky()).isTrue();
            assertThat(outcome.getAttempt()).isEqualTo(2);
            assertThat(outcome.getEarlierFailures()).containsExactly("m");
        });
    }

    @Test
    void takesNoAttemptForWhatTheReportTellsApart() throws Exception {
        // Given
        Path xml = Files.writeString(folder.resolve("variants.xml"), """
                <testsuites>
                  <testsuite name="cart.spec.ts" hostname="chromium">
                    <testcase name="adds" classname="cart.spec.ts"/>
                    <testcase name="adds" classname="cart.spec.ts"><failure/></testcase>
                  </testsuite>
                  <testsuite name="cart.spec.ts" hostname="firefox">
                    <testcase name="adds" classname="cart.spec.ts"><failure/></testcase>
                  </testsuite>
                  <testsuite name="Sizes">
                    <testcase name="fits" value_param="1" classname="Sizes"/>
                    <testcase name="fits" value_param="2" classname="Sizes"><failure/></testcase>
                    <testcase name="fits" value_param="2" classname="Sizes"/>
                  </testsuite>
                </testsuites>
                """);

        // When
        ingest(IngestOptions.none(), xml);

        // Then
        assertThat(publisher.all(TestOutcome.class))
                .extracting(
                        TestOutcome::getClassName, TestOutcome::getTest, TestOutcome::getStatus, TestOutcome::getFlaky)
                .containsExactlyInAnyOrder(
                        tuple("cart.spec.ts", "adds", OutcomeStatus.FAILED, false),
                        tuple("firefox/cart.spec.ts", "adds", OutcomeStatus.FAILED, false),
                        tuple("Sizes", "fits", OutcomeStatus.PASSED, false),
                        tuple("Sizes/2/Sizes", "fits", OutcomeStatus.PASSED, true));
    }

    @Test
    void readsWhatADryRunPrints() throws Exception {
        // Given
        ingest(IngestOptions.none(), GOLDEN_PATH);
        List<TestOutcome> before = publisher.all(TestOutcome.class);
        Path lines = Files.write(
                folder.resolve("o.jsonl"),
                before.stream().map(OutcomeJson::line).toList());
        publisher.records.clear();

        // When
        ingest(IngestOptions.none(), lines);

        // Then
        assertThat(publisher.all(TestOutcome.class)).isEqualTo(before);
        assertThat(publisher.all(SuiteRun.class)).hasSize(7);
        assertThat(OutcomeJson.line(before.get(0)))
                .startsWith("{\"suite\":\"test_10_critical_path_staging\",\"test\":")
                .contains("\"status\":\"PASSED\",\"startedAt\":\"2025-09-10T")
                .contains("\"failureType\":null,\"failureMessage\":null,\"environment\":\"staging\"");
    }

    @Test
    void wantsTimesInLines() throws Exception {
        Path lines =
                Files.writeString(folder.resolve("o.jsonl"), "{\"suite\":\"s\",\"test\":\"t\",\"status\":\"PASSED\"}");

        assertThat(ingest(IngestOptions.none(), lines).broken())
                .singleElement()
                .asString()
                .startsWith(lines + ":1: startedAt: is required");
        Instant begin = Instant.parse("2025-01-01T00:00:00Z");
        ingest(new IngestOptions(null, null, null, null, null, begin, null, null, null), lines);
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getStartedAt)
                .containsExactly(begin);
    }

    @Test
    void stopsBeforeTheTotalsWhenAnOutcomeIsNotSafe() {
        publisher.failNext(1);

        assertThatThrownBy(() -> ingest(IngestOptions.none(), GOLDEN_PATH))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("no leader");
        assertThat(publisher.all(SuiteRun.class)).isEmpty();
    }

    @Test
    void publishesWhatAReportHoldsBeforeItIsCutShort() throws Exception {
        // Given
        Path xml = Files.writeString(
                folder.resolve("a.xml"),
                "<testsuite name='s'><testcase name='x'/>\n<testcase name='y'><failure/></testcase><testcase name='z'");
        Path lines = Files.writeString(folder.resolve("b.jsonl"), """
                {"suite":"s","test":"t","status":"PASSED","startedAt":"2025-01-01T00:00:00Z"}
                {"suite":"s","test":"u","sta""");

        // When
        IngestSummary summary = ingest(IngestOptions.none(), folder);

        // Then
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getTest)
                .as("the older day first")
                .containsExactly("t", "x", "y");
        assertThat(publisher.all(SuiteRun.class)).hasSize(2);
        assertThat(summary.cutShort())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(lines + ":2: cut short: not JSON: ")
                                .endsWith("; read up to there: 1 outcome"),
                        line -> assertThat(line)
                                .startsWith(xml + ":2:")
                                .contains("cut short: ")
                                .endsWith("; read up to there: 2 outcomes"));
        assertThat(summary.sentence())
                .isEqualTo("published 3 outcomes of 2 suite runs from 2 files; 2 files cut short");
    }

    @Test
    void countsWhatItPassedOverAndFallsBackToTheFilesTime() throws Exception {
        // Given
        Path report = Files.writeString(folder.resolve("a.xml"), """
                <testsuites>
                  <testsuite name="one" timestamp="1970-01-01T00:00:00"><testcase name="a" time="2"/></testsuite>
                  <testsuite name="two" timestamp="2035-01-01T00:00:00Z"><testcase name="b" time="NaN"/></testsuite>
                  <testsuite name="three" timestamp="tbd"><testcase name="c" time="-1"/><testcase name="d" time="soon"/></testsuite>
                  <testsuite name="four" timestamp="2025-01-01T00:00:00Z"><testcase name="e"/></testsuite>
                </testsuites>
                """);
        Files.setLastModifiedTime(report, FileTime.from(Instant.parse("2025-01-02T00:00:00Z")));

        // When
        IngestSummary summary = ingest(IngestOptions.none(), report);

        // Then
        assertThat(summary.warnings())
                .containsExactly(
                        report + ":2: timestamp '1970-01-01T00:00:00' is before 2000 and counts as not given",
                        report + ":3: timestamp '2035-01-01T00:00:00Z' is later than the file was written and counts as"
                                + " not given",
                        report + ":3: time 'NaN' is no duration and counts as not given; 3 such, this is the first",
                        report + ":4: timestamp 'tbd' is no time and counts as not given");
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getTest, TestOutcome::getStartedAt, TestOutcome::getDurationMillis)
                .containsExactly(
                        tuple("a", Instant.parse("2025-01-01T23:59:58Z"), 2_000L),
                        tuple("b", Instant.parse("2025-01-02T00:00:00Z"), null),
                        tuple("c", Instant.parse("2025-01-02T00:00:00Z"), null),
                        tuple("d", Instant.parse("2025-01-02T00:00:00Z"), null),
                        tuple("e", Instant.parse("2025-01-01T00:00:00Z"), null));
    }

    @Test
    void readsPropertiesBehindTheCasesAsIfBefore() throws Exception {
        // Given
        Path report = Files.writeString(folder.resolve("a.xml"), """
                <testsuites>
                  <testsuite name="outer">
                    <testsuite name="inner"><testcase name="a"/></testsuite>
                    <properties><property name="environment" value="staging"/></properties>
                  </testsuite>
                  <testsuite name="next">
                    <properties><property name="environment" value="early"/></properties>
                    <testcase name="b"/>
                    <properties><property name="environment" value="late"/><property name="suite" value="s"/></properties>
                  </testsuite>
                </testsuites>
                """);

        // When
        ingest(IngestOptions.none(), report);

        // Then
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getTest, TestOutcome::getSuite, TestOutcome::getEnvironment)
                .containsExactly(tuple("a", "outer/inner", "staging"), tuple("b", "s", "late"));
    }

    @Test
    void readsLocalTimesInTheZoneItIsTold() throws Exception {
        // Given
        Path report = Files.writeString(
                folder.resolve("a.xml"),
                "<testsuite name='s' timestamp='2025-07-01T12:00:00'><testcase name='a'/></testsuite>");

        // When
        ingest(new IngestOptions(null, null, null, null, null, null, ZoneId.of("Europe/Berlin"), null, null), report);
        ingest(IngestOptions.none(), report);

        // Then
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getStartedAt)
                .containsExactly(
                        Instant.parse("2025-07-01T10:00:00Z"),
                        LocalDateTime.parse("2025-07-01T12:00:00")
                                .atZone(ZoneId.systemDefault())
                                .toInstant());
    }

    /** An unset clock of a file system or an archive made reproducible says nothing about a run. */
    @Test
    void asksForATimeWhereNeitherReportNorFileHasOne() throws Exception {
        // Given
        Path timed = Files.writeString(
                folder.resolve("a.xml"),
                "<testsuite name='s' timestamp='2025-07-01T12:00:00Z'><testcase name='a'/></testsuite>");
        Path untimed =
                Files.writeString(folder.resolve("b.xml"), "<testsuite name='s'><testcase name='b'/></testsuite>");
        for (Path file : List.of(timed, untimed)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        }

        // When
        IngestSummary summary = ingest(IngestOptions.none(), folder);

        // Then
        assertThat(summary.outcomes()).isEqualTo(1);
        assertThat(summary.broken())
                .containsExactly(
                        untimed + ":1: gives no time, and the file's own is 1970-01-01T00:00:00Z: say when tests"
                                + " began with --started-at");
    }

    @Test
    void takesOfJsonFilesInFoldersThoseThatAreReports() throws Exception {
        // Given
        Files.writeString(folder.resolve("package.json"), "{\n  \"name\": \"shop\"\n}\n");
        Path go = Files.writeString(folder.resolve("go.json"), """
                {"Time":"2025-09-11T08:00:00Z","Action":"pass","Package":"p","Test":"TestA"}
                {"Action":"pass","Package":"p"}
                """);
        Path tap = Files.writeString(folder.resolve("t.tap"), "1..1\nok 1 - works\n");

        // When
        IngestSummary summary = ingest(IngestOptions.none(), folder);

        // Then
        assertThat(ReportOutcomes.find(List.of(folder)).files()).containsExactly(go, tap);
        assertThat(summary.broken()).isEmpty();
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getSuite, TestOutcome::getClassName, TestOutcome::getTest)
                .containsExactly(tuple("p", "p", "TestA"), tuple("t", "", "works"));
    }

    @Test
    void saysWhatAFileIsFromWhichNothingWasRead() throws Exception {
        // Given
        Path empty = Files.writeString(folder.resolve("a.xml"), "");
        Path nunit = Files.writeString(folder.resolve("b.xml"), "<test-run/>");
        Files.writeString(folder.resolve("c.xml"), "<testsuite><failure message='m'/></testsuite>");
        Path lines = Files.writeString(folder.resolve("d.jsonl"), "\n");
        Files.writeString(folder.resolve("failsafe-summary.xml"), "<failsafe-summary/>");

        // When
        IngestSummary summary = ingest(IngestOptions.none(), folder);

        // Then
        assertThat(summary.empty())
                .containsExactly(
                        empty + ": not XML: the file is empty",
                        nunit + ": NUnit 3, root <test-run>, no test cases",
                        lines + ": no outcomes");
        assertThat(summary.broken()).isEmpty();
        assertThat(summary.sentence())
                .isEqualTo("published 1 outcome of 1 suite run from 1 file; nothing to read in 3 files");
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getSuite, TestOutcome::getTest)
                .containsExactly(tuple("c", "c"));
    }

    @Test
    void findsWhatPatternsMatchAndNamesThoseThatMatchNothing() throws Exception {
        // Given
        Path within = Files.createDirectories(folder.resolve("one/two"));
        Path top = Files.writeString(folder.resolve("top.xml"), "");
        Path deep = Files.writeString(within.resolve("deep.xml"), "");
        Files.writeString(within.resolve("deep.txt"), "");
        Path empty = Files.createDirectories(folder.resolve("empty"));

        // Then
        assertThat(ReportOutcomes.find(List.of(folder.resolve("**/*.xml"))).files())
                .containsExactlyInAnyOrder(top, deep);
        assertThat(ReportOutcomes.find(List.of(folder.resolve("*.xml"))).files())
                .containsExactly(top);
        assertThat(ReportOutcomes.find(List.of(folder.resolve("o*/two/*"))).files())
                .containsExactly(deep);
        assertThat(ReportOutcomes.find(List.of(empty, folder.resolve("none/*.xml"), folder.resolve("*.jsonl"), top)))
                .isEqualTo(new FoundReports(
                        List.of(top),
                        List.of(empty, folder.resolve("none/*.xml"), folder.resolve("*.jsonl")),
                        List.of()));
    }

    /** Who writes a test may lay a link into the folder of the reports, and learn from complaints what it leads to. */
    @Test
    void followsNoLinkOutOfAFolder() throws Exception {
        // Given
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Path secret = Files.writeString(folder.resolve("secret.xml"), "password: hunter2");
        Path report = Files.writeString(reports.resolve("a.xml"), "<testsuite/>");
        Path out = Files.createSymbolicLink(reports.resolve("out.xml"), secret);
        Path nowhere = Files.createSymbolicLink(reports.resolve("z.xml"), folder.resolve("absent"));
        Path within = Files.createSymbolicLink(reports.resolve("b.xml"), report);

        // Then
        assertThat(ReportOutcomes.find(List.of(reports)))
                .isEqualTo(new FoundReports(List.of(report, within), List.of(), List.of(out, nowhere)));
        assertThat(ReportOutcomes.find(List.of(folder.resolve("reports/*.xml"))).leadingOut())
                .containsExactly(out, nowhere);
        assertThat(ReportOutcomes.find(List.of(out)).files()).containsExactly(out);
    }

    @Test
    void namesAPathThatDoesNotExist() {
        assertThatThrownBy(() -> ReportOutcomes.find(List.of(folder.resolve("nothing"))))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("nothing: no such file or folder");
    }

    private IngestSummary ingest(IngestOptions options, Path path) throws Exception {
        return new Ingest(options, null, publisher, NOW, progress -> {})
                .publish(ReportOutcomes.find(List.of(path)).files());
    }
}
