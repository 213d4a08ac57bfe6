package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportTimesTest {
    @Test
    void readsADurationAsIfNoneCameBefore() {
        // Given
        var random = new SplittableRandom(16);
        var told = new ArrayList<PassedOver>();
        var times = new ReportTimes(ZoneOffset.UTC, null, new ReportListener() {
            @Override
            public void outcome(ReportedOutcome outcome) {}

            @Override
            public void passedOver(PassedOver detail) {
                told.add(detail);
            }
        });
        int unreadable = 0;

        for (int i = 0; i < 20_000; i++) {
            // When
            String text = text(random);
            var read = times.duration("time", text, i + 1);

            // Then
            var expected = ReportText.duration(text);
            assertThat(read).as("'%s'", text).isEqualTo(expected.orElse(null));
            unreadable += expected.isEmpty() ? 1 : 0;
        }
        assertThat(told).hasSize(unreadable);
        assertThat(unreadable).isPositive();
    }

    private static String text(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> "-1";
            case 1 -> "0." + "0".repeat(random.nextInt(20)) + random.nextInt(10);
            case 2 -> random.nextInt(50) + "s";
            default -> "0." + random.nextInt(1_000);
        };
    }
}
