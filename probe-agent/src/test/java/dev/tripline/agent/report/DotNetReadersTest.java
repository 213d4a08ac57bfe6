package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.agent.report.PassedOver.Reason;
import dev.tripline.events.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DotNetReadersTest {
    private final ReportReader nunit = new NunitReader();
    private final ReportReader xunit = new XunitReader();
    private final ReportReader trx = new TrxReader();

    @Test
    void readsNunit() throws Exception {
        // When
        Said said = Golden.read(nunit, Golden.bytes("nunit.xml"));

        // Then
        assertThat(Golden.shown(said))
                .containsExactly(
                        "PASSED Shop.CartTests | Shop.CartTests | Empties",
                        "PASSED Shop.CartTests | Shop.CartTests | Adds(1,2)",
                        "FAILED Shop.CartTests | Shop.CartTests | Adds(2,2) | Expected: 5",
                        "ERRORED Shop.CartTests | Shop.CartTests | Pays | System.InvalidOperationException: the till is closed",
                        "TIMED_OUT Shop.CartTests | Shop.CartTests | Hangs | Test exceeded Timeout value of 500ms",
                        "SKIPPED Shop.CartTests | Shop.CartTests | Later",
                        "INCONCLUSIVE Shop.CartTests | Shop.CartTests | Assumes",
                        "PASSED Shop.CartTests | Shop.CartTests | Warns",
                        "ERRORED Shop.DbTests | null | Shop.DbTests"
                                + " | OneTimeSetUp: System.Net.Sockets.SocketException : Connection refused",
                        "ERRORED Shop.DbTests | Shop.DbTests | Reads"
                                + " | OneTimeSetUp: System.Net.Sockets.SocketException : Connection refused",
                        "ERRORED null | null | Gone.dll | File not found: /builds/7/Gone.dll");
        ReportedOutcome adds = said.outcomes.get(2);
        assertThat(adds.startedAt()).isEqualTo(Instant.parse("2025-09-11T08:00:02Z"));
        assertThat(adds.duration()).isEqualTo(Duration.ofMillis(500));
        assertThat(adds.environment()).isEqualTo("staging");
        assertThat(adds.variant()).isEqualTo("net8.0/Shop.Tests.dll");
        assertThat(adds.failure().details()).startsWith("   at Shop.CartTests.Adds");
        assertThat(said.outcomes)
                .extracting(ReportedOutcome::ofSuite)
                .filteredOn(ofSuite -> ofSuite)
                .hasSize(2);
        assertThat(said.passedOver).isEmpty();
    }

    @Test
    void readsXunit() throws Exception {
        // When
        Said said = Golden.read(xunit, Golden.bytes("xunit.xml"));

        // Then
        assertThat(Golden.shown(said))
                .containsExactly(
                        "ERRORED Shop.DbTests | null | Shop.DbTests | System.IO.IOException: disk full",
                        "PASSED Shop.CartTests | Shop.CartTests | Empties",
                        "PASSED Shop.CartTests | Shop.CartTests | Adds(a: 1, b: 2)",
                        "FAILED Shop.CartTests | Shop.CartTests | Adds(a: 2, b: 2)"
                                + " | Xunit.Sdk.EqualException: Assert.Equal() Failure: Values differ",
                        "TIMED_OUT Shop.CartTests | Shop.CartTests | pays by card"
                                + " | Xunit.Sdk.TestTimeoutException: Test execution timed out after 1500 milliseconds",
                        "SKIPPED Shop.CartTests | Shop.CartTests | Later");
        assertThat(said.outcomes.get(3).startedAt()).isEqualTo(Instant.parse("2025-09-11T08:00:00.750Z"));
        assertThat(said.outcomes.get(3).duration()).isEqualTo(Duration.ofMillis(250));
        assertThat(said.outcomes.get(3).variant()).isEqualTo("net8.0/Shop.Tests.dll");
    }

    @Test
    void readsXunitOfVersion1() throws Exception {
        assertThat(Golden.shown(Golden.read(xunit, """
                        <assembly name="C:\\b\\T.dll" run-date="2025-09-11" run-time="08:00:00">
                          <class name="N.C">
                            <failure exception-type="System.Exception"><message>fixture</message></failure>
                            <test name="N.C.M" type="N.C" method="M" result="Pass" time="0.1"/>
                          </class>
                        </assembly>
                        """)))
                .containsExactly("ERRORED N.C | null | N.C | System.Exception: fixture", "PASSED N.C | N.C | M");
    }

    @Test
    void readsTrxWhoseDefinitionsStandBehindTheResults() throws Exception {
        // When
        Said said = Golden.read(trx, Golden.bytes("vstest.trx"));

        // Then
        assertThat(Golden.shown(said))
                .containsExactly(
                        "PASSED Shop.CartTests | Shop.CartTests | Empties",
                        "FAILED Shop.CartTests | Shop.CartTests | Pays"
                                + " | System.InvalidOperationException: the till is closed",
                        "PASSED Shop.CartTests | Shop.CartTests | Adds (1,2)",
                        "FAILED Shop.CartTests | Shop.CartTests | Adds (Data Row 1)"
                                + " | Assert.AreEqual failed. Expected:<5>. Actual:<4>.",
                        "SKIPPED Shop.DbTests | Shop.DbTests | Later",
                        "TIMED_OUT null | null | Stray",
                        "ERRORED null | null | null"
                                + " | The active test run was aborted. Reason: Test host process crashed");
        assertThat(said.outcomes.get(0).startedAt()).isEqualTo(Instant.parse("2025-09-11T08:00:01Z"));
        assertThat(said.outcomes.get(0).duration()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(said.outcomes.get(1).failure().message()).isEqualTo("the till is closed\ntry later");
        assertThat(said.outcomes.get(0).variant()).isEqualTo("net8.0/shop.tests.dll");
    }

    @Test
    void countsTheWholeOfADataDrivenTestIfNoRowSaysWhyItFailed() throws Exception {
        assertThat(Golden.shown(Golden.read(trx, """
                        <TestRun><TestDefinitions><UnitTest id="1"><TestMethod className="C"/></UnitTest></TestDefinitions><Results>
                          <UnitTestResult testId="1" testName="T" outcome="Failed"><InnerResults>
                            <UnitTestResult testName="T" outcome="Passed"/><UnitTestResult testName="T" outcome="Passed"/>
                          </InnerResults></UnitTestResult>
                        </Results></TestRun>
                        """)))
                .containsExactly("PASSED C | C | T (Data Row 0)", "PASSED C | C | T (Data Row 1)", "FAILED C | C | T");
    }

    /** Whatever a result is called, it is told, and a word that no format has is told as a warning. */
    @Test
    void givesEachWordForAResultItsStatus() throws Exception {
        // Given
        Map<String, OutcomeStatus> ofNunit = new LinkedHashMap<>();
        ofNunit.put("result='Passed'", OutcomeStatus.PASSED);
        ofNunit.put("result='Warning'", OutcomeStatus.PASSED);
        ofNunit.put("result='Failed'", OutcomeStatus.FAILED);
        ofNunit.put("result='Failed' label='Error'", OutcomeStatus.ERRORED);
        ofNunit.put("result='Failed' label='Cancelled'", OutcomeStatus.ERRORED);
        ofNunit.put("result='Failed' label='Invalid'", OutcomeStatus.ERRORED);
        ofNunit.put("result='Skipped' label='Explicit'", OutcomeStatus.SKIPPED);
        ofNunit.put("result='Inconclusive'", OutcomeStatus.INCONCLUSIVE);
        ofNunit.put("result='Odd'", OutcomeStatus.INCONCLUSIVE);
        ofNunit.put("", OutcomeStatus.INCONCLUSIVE);
        Map<String, OutcomeStatus> ofXunit = Map.of(
                "result='Pass'", OutcomeStatus.PASSED,
                "result='Fail'", OutcomeStatus.FAILED,
                "result='Skip'", OutcomeStatus.SKIPPED,
                "result='NotRun'", OutcomeStatus.SKIPPED,
                "result='Odd'", OutcomeStatus.INCONCLUSIVE,
                "", OutcomeStatus.INCONCLUSIVE);
        Map<String, OutcomeStatus> ofTrx = new LinkedHashMap<>();
        for (String word : List.of("Passed", "Warning", "Completed", "PassedButRunAborted")) {
            ofTrx.put("outcome='" + word + "'", OutcomeStatus.PASSED);
        }
        for (String word : List.of("Error", "Aborted", "NotRunnable", "Disconnected")) {
            ofTrx.put("outcome='" + word + "'", OutcomeStatus.ERRORED);
        }
        for (String word : List.of("Inconclusive", "InProgress", "Pending", "Odd")) {
            ofTrx.put("outcome='" + word + "'", OutcomeStatus.INCONCLUSIVE);
        }
        ofTrx.put("outcome='Failed'", OutcomeStatus.FAILED);
        ofTrx.put("outcome='Timeout'", OutcomeStatus.TIMED_OUT);
        ofTrx.put("outcome='NotExecuted'", OutcomeStatus.SKIPPED);
        ofTrx.put("", OutcomeStatus.ERRORED);

        // Then
        assertStatuses(nunit, "<test-run><test-case name='t' %s/></test-run>", ofNunit);
        assertStatuses(
                xunit,
                "<assemblies><assembly><collection><test name='t' %s/></collection></assembly></assemblies>",
                ofXunit);
        assertStatuses(trx, "<TestRun><Results><UnitTestResult testName='t' %s/></Results></TestRun>", ofTrx);
    }

    private static void assertStatuses(ReportReader reader, String document, Map<String, OutcomeStatus> expected)
            throws Exception {
        var found = new LinkedHashMap<String, OutcomeStatus>();
        var odd = new ArrayList<PassedOver>();
        for (String attributes : expected.keySet()) {
            Said said = Golden.read(reader, document.formatted(attributes));
            assertThat(said.outcomes).as(attributes).hasSize(1);
            found.put(attributes, said.outcomes.get(0).status());
            odd.addAll(said.passedOver);
        }
        assertThat(found).isEqualTo(expected);
        assertThat(odd).isNotEmpty().allMatch(detail -> detail.reason() == Reason.NO_RESULT);
    }

    @Test
    void oneBadDetailCostsNothingElse() throws Exception {
        // When
        Said said = Golden.read(
                nunit, "<test-run>\n<test-case name='t' result='Passed' start-time='tbd' duration='fast'/></test-run>");

        // Then
        assertThat(said.outcomes).hasSize(1);
        assertThat(said.passedOver)
                .containsExactly(
                        new PassedOver(2, "start-time", Reason.NO_TIME, "tbd"),
                        new PassedOver(2, "duration", Reason.NO_DURATION, "fast"));
    }

    @Test
    void leavesOutResultsWhoseDefinitionWasCutOff() throws Exception {
        // Given
        String document = new String(Golden.bytes("vstest.trx"), UTF_8);
        String cut = document.substring(0, document.indexOf("<UnitTest name=\"Adds\""));
        var said = new Said();

        // Then
        assertThatThrownBy(() -> Golden.readInto(said, trx, cut.getBytes(UTF_8)))
                .isInstanceOf(BrokenReportException.class)
                .hasMessageContaining("cut short: ");
        assertThat(said.outcomes).extracting(ReportedOutcome::test).containsExactly("Empties", "Pays");
    }

    @Test
    void refusesWhatIsNestedTooDeeplyAndPassesOverWhatItDoesNotKnow() throws Exception {
        for (Map.Entry<ReportReader, List<String>> hostile : Map.of(
                        nunit, List.of("<test-run>", "<test-suite>"),
                        trx, List.of("<TestRun><Results>", "<UnitTestResult><InnerResults>"))
                .entrySet()) {
            List<String> parts = hostile.getValue();
            assertThatThrownBy(() -> Golden.read(
                            hostile.getKey(), parts.get(0) + parts.get(1).repeat(5_000)))
                    .isInstanceOf(BrokenReportException.class)
                    .hasMessageMatching("report:1:\\d+: (suites|results) must not be nested deeper than 100");
        }
        for (String root : List.of("test-run", "assemblies", "TestRun")) {
            String deep = "<" + root + ">" + "<x>".repeat(50_000) + "</x>".repeat(50_000) + "</" + root + ">";
            ReportReader reader = root.equals("test-run") ? nunit : root.equals("TestRun") ? trx : xunit;
            assertThat(Golden.read(reader, deep).outcomes).isEmpty();
        }
    }

    @Test
    void keepsNoMoreDefinitionsThanItSays() {
        // Given
        var definitions = new TestDefinitions();
        String long1 = "x".repeat(TestDefinitions.MOST_CHARACTERS / 2);

        // Then
        assertThat(definitions.put(long1 + "1", new TestDefinitions.Definition("c", null)))
                .isTrue();
        assertThat(definitions.put(long1 + "2", new TestDefinitions.Definition("c", null)))
                .isFalse();
        assertThat(definitions.put("3", new TestDefinitions.Definition("c", null)))
                .isTrue();
    }

    @Test
    void expandsNoEntities() {
        for (ReportReader reader : List.of(nunit, xunit, trx)) {
            assertThatThrownBy(() -> Golden.read(reader, "<!DOCTYPE x [<!ENTITY a \"b\">]>\n<x>&a;</x>"))
                    .isInstanceOf(BrokenReportException.class)
                    .hasMessageStartingWith("report:");
        }
    }

    @Test
    void refusesAnAttributeThatWouldFillTheMemory() {
        String document = "<test-run name='" + "x".repeat(33 << 20);
        for (ReportReader reader : List.of(nunit, xunit, trx, new OpenTestReader())) {
            assertThatThrownBy(() -> Golden.read(reader, document))
                    .isInstanceOf(BrokenReportException.class)
                    .hasMessageContaining("a single tag, attribute or comment must be shorter than");
        }
    }
}
