package dev.tripline.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputLagTest {
    private static final Instant T0 = Instant.parse("2025-09-11T08:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = T0;
    private final InputLag lag = new InputLag(registry, "tripline.some", List.of("a", "b"), () -> now);

    @Test
    void sumsTheRecordsAndTakesTheSlowestPartition() {
        // Given
        lag.read("a", 0, T0.minusSeconds(60));
        lag.waiting("a", 0, 3);
        lag.read("a", 1, T0.minusSeconds(7));
        lag.waiting("a", 1, 4);

        // Then
        assertThat(gauge("tripline.some.lag.records", "a")).isEqualTo(7);
        assertThat(gauge("tripline.some.lag.seconds", "a")).isEqualTo(60);
        assertThat(gauge("tripline.some.newest.age.seconds", "a")).isEqualTo(7);
        assertThat(gauge("tripline.some.lag.records", "b")).isZero();
        assertThat(gauge("tripline.some.newest.age.seconds", "b")).isNaN();
    }

    @Test
    void isNotBehindWhereNothingWaitsHoweverOldTheLastRecordIs() {
        // Given
        lag.read("a", 0, T0);
        lag.waiting("a", 0, 0);

        // When
        now = T0.plus(Duration.ofHours(5));

        // Then
        assertThat(lag.lag("a")).isZero();
        assertThat(lag.newestAgeSeconds("a")).isEqualTo(5 * 3_600);

        // When
        lag.waiting("a", 0, 0);
        now = now.plusSeconds(2);
        lag.waiting("a", 0, 1); // came in these two seconds, not in the five hours

        // Then
        assertThat(lag.lag("a")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void growsWhileAPartitionStandsStillAndForgetsOneThatIsGivenUp() {
        // Given
        lag.read("a", 0, T0);
        lag.waiting("a", 0, 1);

        // When
        now = T0.plusSeconds(600);
        lag.waiting("a", 0, 1);

        // Then
        assertThat(lag.lag("a")).isEqualTo(Duration.ofMinutes(10));

        // When
        lag.forget("a", 0);

        // Then
        assertThat(lag.lag("a")).isZero();
        assertThat(lag.records("a")).isZero();
    }

    @Test
    void isNeverNegativeWhenTheBrokersClockIsAhead() {
        lag.read("a", 0, T0.plusSeconds(5));
        lag.waiting("a", 0, 1);

        assertThat(lag.lag("a")).isZero();
    }

    @Test
    void showsNothingOnceItIsClosed() {
        lag.close();

        assertThat(registry.getMeters()).isEmpty();
    }

    private double gauge(String name, String topic) {
        return registry.get(name).tag("topic", topic).gauge().value();
    }
}
