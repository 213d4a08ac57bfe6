package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TapReaderTest {
    private final TapReader reader = new TapReader();

    @Test
    void readsVersion14WithSubtests() throws Exception {
        // When
        Said said = Golden.read(reader, Golden.bytes("tap14.tap"));

        // Then
        assertThat(Golden.shown(said))
                .containsExactly(
                        "PASSED null | null | opens the door",
                        "FAILED null | null | pays by card | Error: the till is closed",
                        "SKIPPED null | null | pays by cheque",
                        "SKIPPED null | null | pays in shells",
                        "PASSED basket | null | adds # 1",
                        "FAILED basket | null | removes | AssertionError: expected 1, got 2",
                        "PASSED basket/inner | null | deep",
                        "PASSED named behind | null | unnamed child",
                        "FAILED null | null | test 7");
        assertThat(said.outcomes.get(0).duration()).isEqualTo(Duration.ofNanos(12_500_000));
        assertThat(said.outcomes.get(1).duration()).isEqualTo(Duration.ofNanos(1_500_000));
        assertThat(said.outcomes.get(1).failure().details()).isEqualTo("Till.open (till.js:3:1)\npay (till.js:9:1)");
        assertThat(said.outcomes.get(6).suitesAround()).containsExactly("basket", "inner");
        assertThat(said.outcomes).extracting(ReportedOutcome::startedAt).containsOnlyNulls();
    }

    @Test
    void readsWhatPerlWritesAndTellsPointsOfOneNameApart() throws Exception {
        // When
        Said said = Golden.read(reader, Golden.bytes("perl.tap"));

        // Then
        assertThat(Golden.shown(said))
                .containsExactly(
                        "PASSED null | null | loads",
                        "FAILED null | null | same name | got: '1'",
                        "PASSED null | null | same name",
                        "PASSED basket | null | adds",
                        "ERRORED basket | null | basket | planned 2 tests, 1 came");
        assertThat(said.outcomes).extracting(ReportedOutcome::variant).containsExactly("#1", "#2", "#3", "#1", null);
    }

    @Test
    void givesEachKindOfLineItsStatus() throws Exception {
        // Given
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("ok 1 - a", List.of("PASSED null | null | a"));
        table.put("ok", List.of("PASSED null | null | test 1"));
        table.put("not ok 1 a", List.of("FAILED null | null | a"));
        table.put("ok 1 - a # SKIP why", List.of("SKIPPED null | null | a"));
        table.put("ok 1 - a # skipped", List.of("SKIPPED null | null | a"));
        table.put("not ok 1 - a # Skip why", List.of("SKIPPED null | null | a"));
        table.put("not ok 1 - a # todo", List.of("SKIPPED null | null | a"));
        table.put("ok 1 - a # TODO", List.of("PASSED null | null | a"));
        table.put("not ok 1 - a \\# todo", List.of("FAILED null | null | a # todo"));
        table.put("not ok 1 - a # not a directive", List.of("FAILED null | null | a # not a directive"));

        // Then
        for (Map.Entry<String, List<String>> each : table.entrySet()) {
            assertThat(Golden.shown(Golden.read(reader, "1..1\n" + each.getKey() + "\n")))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        assertThat(Golden.shown(Golden.read(reader, "1..0 # SKIP no network\n")))
                .containsExactly("SKIPPED null | null | null");
        assertThat(Golden.shown(Golden.read(reader, "1..0\n"))).isEmpty();
        assertThat(Golden.shown(Golden.read(reader, "1..3\nok 1 - a\nBail out! no disk\nok 2 - b\n")))
                .containsExactly("PASSED null | null | a", "ERRORED null | null | null | Bail out! no disk");
        assertThat(Golden.shown(Golden.read(reader, "1..3\nok 1 - a\n")))
                .containsExactly("PASSED null | null | a", "ERRORED null | null | null | planned 3 tests, 1 came");
    }

    @Test
    void saysWhereAReportIsCutShort() throws Exception {
        for (Map.Entry<String, String> each : Map.of(
                        "ok 1 - a\nok 2 - b\n", "report:2: cut short: no plan",
                        "1..2\nok 1 - a\nok 2 - b", "report:3: cut short: the last line does not end",
                        "1..1\n    ok 1 - a\n", "report:2: cut short: a subtest does not end")
                .entrySet()) {
            assertThatThrownBy(() -> Golden.read(reader, each.getKey()))
                    .as(each.getKey())
                    .isInstanceOfSatisfying(
                            BrokenReportException.class,
                            e -> assertThat(e.fault()).isEqualTo(BrokenReportException.Fault.BREAKS_OFF))
                    .hasMessage(each.getValue());
        }
    }

    @Test
    void refusesWhatIsNestedTooDeeplyOrWaitsTooLong() {
        assertThatThrownBy(() -> Golden.read(reader, " ".repeat(404) + "ok 1 - a\n"))
                .isInstanceOf(BrokenReportException.class)
                .hasMessage("report:1: subtests must not be nested deeper than 100");
        assertThatThrownBy(() -> Golden.read(reader, "    ok - a\n".repeat(10_001) + "ok 1 - s\n1..1\n"))
                .isInstanceOf(BrokenReportException.class)
                .hasMessageContaining("must have fewer than 10000 tests");
    }

    @Test
    void cutsLongDescriptionsOfFailures() throws Exception {
        String document = "1..1\nnot ok 1 - a\n  ---\n" + "  x: yyyyyyyyyyyyyyyyyyyy\n".repeat(10_000) + "  ...\n";
        Said said = Golden.read(reader, document.getBytes(UTF_8));
        assertThat(said.outcomes.get(0).failure().truncated()).isTrue();
    }
}
