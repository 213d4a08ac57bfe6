package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.agent.report.PassedOver.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GoTestReaderTest {
    private final GoTestReader reader = new GoTestReader();

    @Test
    void readsTestsSubtestsAndPackagesThatFailWithoutAFailedTest() throws Exception {
        // When
        Said said = Golden.read(reader, Golden.bytes("go-test.json"));

        // Then
        String shop = "example.com/shop";
        assertThat(Golden.shown(said))
                .containsExactly(
                        "PASSED " + shop + " | " + shop + " | TestOpen",
                        "FAILED " + shop + " | " + shop + " | TestPay/by_card | got 1, want 2",
                        "FAILED " + shop + " | " + shop + " | TestPay",
                        "SKIPPED " + shop + " | " + shop + " | TestLater",
                        "ERRORED " + shop + "/new | null | " + shop + "/new | undefined: pay",
                        "ERRORED " + shop + "/main | null | " + shop + "/main | no database",
                        "TIMED_OUT " + shop + "/slow | " + shop + "/slow | TestSlow | panic: test timed out after 10s");
        ReportedOutcome card = said.outcomes.get(1);
        assertThat(card.startedAt()).isEqualTo(Instant.parse("2025-09-11T08:00:00.200Z"));
        assertThat(card.endedAt()).isEqualTo(Instant.parse("2025-09-11T08:00:00.300Z"));
        assertThat(card.duration()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aTestThatRunsWhenItsPackageEndsIsNotLost() throws Exception {
        assertThat(Golden.shown(Golden.read(reader, """
                        {"Action":"run","Package":"p","Test":"TestA"}
                        {"Action":"output","Package":"p","Test":"TestA","Output":"panic: boom\\n"}
                        {"Action":"fail","Package":"p"}
                        {"Action":"run","Package":"q","Test":"TestB"}
                        {"Action":"pass","Package":"q"}
                        """)))
                .containsExactly("ERRORED p | p | TestA | panic: boom", "INCONCLUSIVE q | q | TestB | did not end");
    }

    @Test
    void whatATestPrintsCostsNoOtherLine() throws Exception {
        Said said = Golden.read(reader, """
                {"Action":"run","Package":"p","Test":"TestA"}
                {partial debug print
                {"Action":7}
                {"Action":"pass","Package":"p","Test":"TestA"}
                {"Action":"pass","Package":"p"}
                {"level":"info"}
                """);

        assertThat(Golden.shown(said)).containsExactly("PASSED p | p | TestA");
        assertThat(said.passedOver)
                .containsExactly(
                        new PassedOver(2, "line", Reason.NO_EVENT, "{partial debug print"),
                        new PassedOver(3, "line", Reason.NO_EVENT, "{\"Action\":7}"));
    }

    @Test
    void anEventThatIsCutCostsNoOther() {
        assertThatThrownBy(() -> Golden.read(reader, """
                        {"Action":"pass","Package":"p","Test":"TestA"}
                        {"Action":"pass","Pack
                        """)).hasMessage("report:2: cut short: package p did not end");
    }

    @Test
    void saysWhereItIsCutShortOrBroken() {
        assertThatThrownBy(() -> Golden.read(reader, "{\"Action\":\"start\",\"Package\":\"p\"}\n"))
                .isInstanceOfSatisfying(
                        BrokenReportException.class,
                        e -> assertThat(e.fault()).isEqualTo(BrokenReportException.Fault.BREAKS_OFF))
                .hasMessage("report:1: cut short: package p did not end");
        assertThatThrownBy(() -> Golden.read(reader, "{\"Action\":\"start\",\"Package\":\"p\"}\n{\"Action\":\"pa"))
                .hasMessageStartingWith("report:2: cut short: ");
        assertThatThrownBy(() -> Golden.read(reader, "{\"Action\":" + "[".repeat(100_000)))
                .isInstanceOf(BrokenReportException.class);
    }

    @Test
    void keepsBoundedOutput() throws Exception {
        var document = new StringBuilder("{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"T\"}\n");
        String line = "x".repeat(1_000);
        for (int i = 0; i < 200; i++) {
            document.append(
                    "{\"Action\":\"output\",\"Package\":\"p\",\"Test\":\"T\",\"Output\":\"" + line + "\\n\"}\n");
        }
        document.append(
                "{\"Action\":\"fail\",\"Package\":\"p\",\"Test\":\"T\"}\n{\"Action\":\"fail\",\"Package\":\"p\"}\n");
        Said said = Golden.read(reader, document.toString());
        assertThat(said.outcomes).hasSize(1);
        assertThat(said.outcomes.get(0).failure().truncated()).isTrue();
    }
}
