package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.events.OutcomeStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeLinesReaderTest {
    @Test
    void readsEveryField() throws Exception {
        // When
        ReportedOutcome outcome = read("""

                        {"environment":"staging","suite":"login","test":"jwt","location":"eu","status":"FAILED",\
                        "startedAt":"2025-09-10T08:02:00-07:00","durationMillis":604,"failureType":"KeyError",\
                        "failureMessage":"KeyError: 'x'","failureDetails":"trace","service":"s","revision":"r",\
                        "tags":["a"],"source":"agent-1","run":7,"attempt":2,"flaky":false}
                        """).get(0);

        // Then
        assertThat(outcome.line()).isEqualTo(2);
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(outcome.startedAt()).isEqualTo(Instant.parse("2025-09-10T15:02:00Z"));
        assertThat(outcome.failure()).isEqualTo(new ReportedFailure("KeyError", "'x'", "trace", false));
        assertThat(outcome.run()).isEqualTo(7);
        assertThat(outcome.attempt()).isEqualTo(2);
        assertThat(outcome.tags()).containsExactly("a");
    }

    @Test
    void derivesTheBeginFromTheEnd() throws Exception {
        assertThat(read("{\"suite\":\"s\",\"test\":\"t\",\"status\":\"PASSED\",\"endedAt\":\"2025-01-01T00:00:01Z\","
                                + "\"durationMillis\":400}")
                        .get(0)
                        .startedAt())
                .isEqualTo(Instant.parse("2025-01-01T00:00:00.600Z"));
    }

    @Test
    void namesLineAndFieldOfWhatIsWrong() {
        String good = "{\"suite\":\"s\",\"test\":\"t\",\"status\":\"PASSED\"}\n";
        assertThatThrownBy(() -> read(good + "{\"suite\":\"s\",\"test\":\"t\",\"status\":\"PASSED\",\"stauts\":1}"))
                .isInstanceOf(BrokenReportException.class)
                .hasMessage("o.jsonl:2: stauts: unknown field");
        assertThatThrownBy(() -> read(good + "{\"suite\":\"s\",\"test\":\"t\",\"status\":\"GREEN\"}"))
                .hasMessageStartingWith("o.jsonl:2: status: must be one of [PASSED")
                .hasMessageEndingWith("got 'GREEN'");
        assertThatThrownBy(() -> read("{\"suite\":\"s\",\"status\":\"PASSED\"}"))
                .hasMessage("o.jsonl:1: test: is required");
        assertThatThrownBy(() -> read("{\"suite\":\"s\",\"suite\":\"t\"}")).hasMessageContaining("not JSON: Duplicate");
        assertThatThrownBy(() -> read(good + "\n[1]")).hasMessage("o.jsonl:3: must be a JSON object, got ARRAY");
        assertThatThrownBy(() -> read(good + "nonsense"))
                .hasMessageStartingWith("o.jsonl:2:")
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> read(good.strip() + " {}")).isInstanceOf(BrokenReportException.class);
        assertThatThrownBy(() -> read("{\"suite\":\"s\",\"test\":\"t\",\"status\":\"PASSED\",\"durationMillis\":-1}"))
                .hasMessageContaining("durationMillis: must be a whole number from 0");
    }

    @Test
    void readsDeploymentsAndNamesWhatIsWrongInThem() throws Exception {
        String line =
                "{\"environment\":\"e\",\"service\":\"s\",\"revision\":\"r\",\"deployedAt\":\"2025-09-09T21:10:00-07:00\"}";
        assertThat(DeploymentsReader.read(new ByteArrayInputStream(line.getBytes(UTF_8)), "d.jsonl"))
                .singleElement()
                .satisfies(deployment ->
                        assertThat(deployment.getDeployedAt()).isEqualTo(Instant.parse("2025-09-10T04:10:00Z")));
        byte[] wrong = (line + "\n" + line.replace("\"r\"", "7")).getBytes(UTF_8);
        assertThatThrownBy(() -> DeploymentsReader.read(new ByteArrayInputStream(wrong), "d.jsonl"))
                .hasMessage("d.jsonl:2: revision: must be a string, got 7");
    }

    private static List<ReportedOutcome> read(String text) throws BrokenReportException, IOException {
        var outcomes = new ArrayList<ReportedOutcome>();
        new OutcomeLinesReader().read(new ByteArrayInputStream(text.getBytes(UTF_8)), "o.jsonl", outcomes::add);
        return outcomes;
    }
}
