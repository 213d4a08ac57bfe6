package dev.tripline.sink.reconcile;

import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.IssueTrackerContract;
import java.time.Instant;

class FakeTrackerTest extends IssueTrackerContract {
    @Override
    protected IssueTracker tracker() {
        return new FakeTracker(() -> Instant.EPOCH);
    }
}
