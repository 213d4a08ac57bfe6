package dev.tripline.analyzer.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    websockets.exceptions.NegotiationError: no subprotocols | websockets.exceptions.NegotiationError | no subprotocols
                    AuthenticationError: refused: twice | AuthenticationError | refused: twice
                    java.lang.IllegalStateException: closed | java.lang.IllegalStateException | closed
                    TypeError: x is not a function | TypeError | x is not a function
                    Error: boom | Error | boom
                    com.example.Outer$InnerException: lost | com.example.Outer$InnerException | lost
                    """)
    void takesTheTypeFromTheMessage(String text, String type, String message) {
        assertThat(FailureText.split(null, text)).isEqualTo(new TypedMessage(type, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status code: 400",
                "Expected: 200",
                "see https://example.com: down",
                "assert False",
                "name: value",
                "HTTP: 500",
                "no type here",
                "Received: 5",
                "com.example.lower: x",
                "1.Type: x",
                "a..Type: x",
                ": x",
                "Type:x",
                ""
            })
    void findsNoTypeWhereNoneStands(String text) {
        assertThat(FailureText.split(null, text)).isEqualTo(new TypedMessage(null, text));
    }

    @Test
    void takesATypeThatStandsAlone() {
        assertThat(FailureText.split(null, "TimeoutError")).isEqualTo(new TypedMessage("TimeoutError", ""));
    }

    @Test
    void prefersTheTypeInTheMessageToABareError() {
        assertThat(FailureText.split("Error", "TypeError: lost")).isEqualTo(new TypedMessage("TypeError", "lost"));
        assertThat(FailureText.split("Error", "lost")).isEqualTo(FailureText.split(null, "Error: lost"));
    }

    @Test
    void trustsTheReportWhereTheMessageNamesAnotherType() {
        assertThat(FailureText.split("OuterError", "InnerError: lost"))
                .isEqualTo(new TypedMessage("OuterError", "InnerError: lost"));
    }
}
