package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "websockets.exceptions.NegotiationError: no subprotocols | websockets.exceptions.NegotiationError | no subprotocols",
                "AssertionError: assert 1 == 2 | AssertionError | assert 1 == 2",
                "assert 1 == 2 | - | assert 1 == 2",
                "HTTP: 500 | - | HTTP: 500",
                "status code: 400 | - | status code: 400",
                "see https://example.org: gone | - | see https://example.org: gone",
                "asyncio.exceptions.TimeoutError | asyncio.exceptions.TimeoutError | ''",
                "Failed | - | Failed",
                "KeyboardInterrupt | KeyboardInterrupt | ''",
            })
    void findsTheTypeBeforeTheMessage(String given, String type, String message) {
        ReportedFailure failure = ReportedFailure.of(null, given, null, false);
        assertThat(failure.type()).isEqualTo(type);
        assertThat(failure.message()).isEqualTo(message);
    }

    /** What passes for the type of an error may be the name of a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"Password", "Secret", "ApiKey", "config.Secret"})
    void masksAMessageThatIsTheValueOfItsType(String type) {
        ReportedFailure found = ReportedFailure.of(null, type + ": hunter2x9", null, false);
        assertThat(found.type()).isEqualTo(type);
        assertThat(found.message()).isEqualTo("<masked:password>");
        assertThat(ReportedFailure.of(type, type + ": hunter2x9", null, false)).isEqualTo(found);
        assertThat(ReportedFailure.of(type, "hunter2x9", null, false)).isEqualTo(found);
        assertThat(ReportedFailure.asRecorded(type, "hunter2x9", null, false)).isEqualTo(found);
    }

    @Test
    void leavesTheMessageOfATypeThatSpeaksOfASecret() {
        String message = "the token given to us at 10:00 has expired";
        assertThat(ReportedFailure.of("InvalidToken", message, null, false).message())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TimeoutError: x | true",
                "java.util.concurrent.TimeoutException: x | true",
                "org.junit.runners.model.TestTimedOutException: x | true",
                "Failed: Timeout >10.0s | true",
                "Failed: Timeout (>10.0s) from pytest-timeout. | true",
                "Failed: Timeout of the door | false",
                "Timeout::Error: execution expired | true",
                "panic: test timed out after 10m0s | true",
                "Error: Test timeout of 300ms exceeded. | true",
                "Error: Timeout of 200ms exceeded. For async tests | true",
                "Error: thrown: \"Exceeded timeout of 200 ms for a test. | true",
                "Error: no answer, Timeout of 200ms | false",
                "ConnectionError: timeout | false",
            })
    void knowsWhatRanOutOfTime(String message, boolean timeout) {
        assertThat(ReportedFailure.of(null, message, null, false).isTimeout()).isEqualTo(timeout);
    }
}
