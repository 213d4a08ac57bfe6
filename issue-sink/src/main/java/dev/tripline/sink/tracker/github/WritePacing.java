package dev.tripline.sink.tracker.github;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Says when the next write may be sent: some time after the one before, and no more creations an hour than GitHub allows.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits">GitHub:
 *     about secondary rate limits</a>
 */
final class WritePacing {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Duration between;
    private final int createsPerHour;
    private final Deque<Instant> creates = new ArrayDeque<>();
    private Instant next = Instant.MIN;

    WritePacing(Duration between, int createsPerHour) {
        this.between = between;
        this.createsPerHour = createsPerHour;
    }

    void wrote(Instant now, boolean isCreate) {
        next = now.plus(between);
        if (isCreate) {
            creates.addLast(now);
            if (creates.size() > createsPerHour) {
                creates.removeFirst();
            }
        }
    }

    Instant next() {
        Instant oldest = creates.size() < createsPerHour ? null : creates.peekFirst();
        Instant byHour = oldest == null ? Instant.MIN : oldest.plus(HOUR);
        return byHour.isAfter(next) ? byHour : next;
    }
}
