package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.events.OutcomeStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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

    @Test
    void letsATimeThatCannotBeReadCountAsNotGiven() throws Exception {
        // When
        Said said = say("""
                {"suite":"s","test":"a","status":"PASSED","startedAt":"tbd","durationMillis":-1}
                {"suite":"s","test":"b","status":"PASSED","startedAt":1757577600000,"durationMillis":1.6}
                {"suite":"s","test":"c","status":"PASSED","startedAt":"2025-09-11T08:00:00+0200","endedAt":"2025-09-11T05:00:00Z"}
                {"suite":"s","test":"d","status":"PASSED","endedAt":"1970-01-01T00:00:00Z","durationMillis":"2m"}
                {"suite":"s","test":"e","status":"PASSED","startedAt":1E999,"durationMillis":12E1200}
                """);

        // Then
        assertThat(said.outcomes)
                .extracting(ReportedOutcome::startedAt, ReportedOutcome::endedAt, ReportedOutcome::duration)
                .containsExactly(
                        tuple(null, null, null),
                        tuple(Instant.parse("2025-09-11T08:00:00Z"), null, Duration.ofNanos(1_600_000)),
                        tuple(Instant.parse("2025-09-11T06:00:00Z"), null, null),
                        tuple(null, null, Duration.ofMinutes(2)),
                        tuple(null, null, null));
        assertThat(said.passedOver)
                .containsExactly(
                        new PassedOver(1, "durationMillis", PassedOver.Reason.NO_DURATION, "-1"),
                        new PassedOver(1, "startedAt", PassedOver.Reason.NO_TIME, "tbd"),
                        new PassedOver(3, "endedAt", PassedOver.Reason.ENDED_TOO_EARLY, "2025-09-11T05:00:00Z"),
                        new PassedOver(4, "endedAt", PassedOver.Reason.TOO_OLD, "1970-01-01T00:00:00Z"),
                        new PassedOver(5, "durationMillis", PassedOver.Reason.NO_DURATION, "Infinity"),
                        new PassedOver(5, "startedAt", PassedOver.Reason.NO_TIME, "Infinity"));
    }

    private static List<ReportedOutcome> read(String text) throws BrokenReportException, IOException {
        return say(text).outcomes;
    }

    private static Said say(String text) throws BrokenReportException, IOException {
        var said = new Said();
        var context = new ReportContext("o.jsonl", null, ZoneOffset.UTC, false);
        new OutcomeLinesReader().read(new ByteArrayInputStream(text.getBytes(UTF_8)), context, said);
        return said;
    }
}
