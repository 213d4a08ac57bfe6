package dev.tripline.sink.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.reconcile.FakeTracker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedTrackerTest extends IssueTrackerContract {
    private static final Instant T0 = Instant.parse("2025-09-11T08:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    protected IssueTracker tracker() {
        return new CountedTracker(new FakeTracker("github:acme/shop", () -> T0), meters);
    }

    @Test
    void countsCallsByHowTheyAreAnswered() {
        // Given
        IssueTracker tracker = tracker();
        assertThat(calls("create", "done")).isZero();

        // When
        tracker.create(new IssueDraft("title", "body", List.of("tripline")));
        tracker.create(new IssueDraft("title", "body", List.of("tripline")));
        tracker.close("99", new IssueDraft("title", "body", List.of("tripline")));

        // Then
        assertThat(calls("create", "done")).isEqualTo(2);
        assertThat(calls("close", "done")).isZero();
        assertThat(calls("close", "refused")).isEqualTo(1);
        assertThat(meters.getMeters()).hasSize(55);
    }

    private double calls(String call, String result) {
        return meters.get(CountedTracker.COUNTER)
                .tags("tracker", "github", "call", call, "result", result)
                .counter()
                .count();
    }
}
