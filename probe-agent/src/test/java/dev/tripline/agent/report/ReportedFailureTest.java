package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "ConnectionError: timeout | false",
            })
    void knowsWhatRanOutOfTime(String message, boolean timeout) {
        assertThat(ReportedFailure.of(null, message, null, false).isTimeout()).isEqualTo(timeout);
    }
}
