package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadFailuresTest {
    private static final Instant START = Instant.parse("2025-09-11T16:00:00Z");

    private Instant now = START;
    private final ThreadFailures failures = new ThreadFailures(() -> now);

    @Test
    void pausesGrowToAMinuteAndNeverEnd() {
        // When
        for (int i = 0; i < 1_000; i++) {
            assertThat(fail()).contains("another takes its place in " + (i < 6 ? (1 << i) + "s" : "1m"));
            pass(i < 6 ? Duration.ofSeconds(1L << i) : Duration.ofMinutes(1));
        }

        // Then
        assertThat(failures.describe())
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("stream threads fail since 2025-09-11T16:00:00Z, 1000 so far, tried again")
                        .endsWith(": task 0_1 (too large)"));
    }

    @Test
    void tellsWhenItIsTriedAgain() {
        fail();
        fail();

        assertThat(failures.describe())
                .hasValueSatisfying(text -> assertThat(text).contains("2 so far, tried again in 3 s"));
        pass(Duration.ofSeconds(3));
        assertThat(failures.describe())
                .hasValueSatisfying(text -> assertThat(text).contains("2 so far, tried again now"));
    }

    @Test
    void isOverWhenNothingFailedForAWhile() {
        // Given
        assertThat(failures.describe()).isEmpty();
        fail();

        // When
        pass(ThreadFailures.FIRST_PAUSE.plus(ThreadFailures.CALM));
        assertThat(failures.describe()).isPresent();
        pass(Duration.ofMillis(1));

        // Then
        assertThat(failures.describe()).isEmpty();
        assertThat(fail()).contains("the first").contains("in 1s");
    }

    @Test
    void afterLongPausesItTakesAsLongUntilItIsOver() {
        for (int i = 0; i < 10; i++) {
            fail();
        }

        pass(Duration.ofMinutes(2));
        assertThat(failures.describe()).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(failures.describe()).isEmpty();
    }

    @Test
    @Timeout(10)
    void nobodyWaitsIfNothingFailedOrTheTimeHasCome() {
        failures.awaitTurn();
        fail();
        pass(ThreadFailures.FIRST_PAUSE);
        failures.awaitTurn();
    }

    @Test
    @Timeout(30)
    void stoppingLetsGoWhoWaits() {
        // Given
        for (int i = 0; i < 10; i++) {
            fail();
        }
        var waiting = CompletableFuture.runAsync(failures::awaitTurn);
        assertThat(waiting).isNotDone();

        // When
        failures.end();

        // Then
        waiting.join();
        failures.awaitTurn();
    }

    @Test
    void onlyErrorsOfTheWholeProcessAreFatal() {
        assertThat(StreamAnalyzer.isFatal(new OutOfMemoryError())).isTrue();
        assertThat(StreamAnalyzer.isFatal(new StackOverflowError())).isTrue();
        assertThat(StreamAnalyzer.isFatal(new NoClassDefFoundError())).isFalse();
        assertThat(StreamAnalyzer.isFatal(new AssertionError())).isFalse();
        assertThat(StreamAnalyzer.isFatal(new StreamsException("any"))).isFalse();
    }

    private String fail() {
        return failures.add(new StreamsException("task 0_1", new IllegalStateException("too large")));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
