package dev.tripline.agent.publish;

import dev.tripline.events.Failure;
import dev.tripline.events.TestOutcome;
import dev.tripline.service.text.Cut;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an outcome smaller that does not fit into a record. Who it is of, what became of it and when is never touched, so that
 * it counts as it would have.
 */
final class Shortened {
    private static final int MESSAGE_CHARS = 1_000;

    private Shortened() {}

    /** Returns the outcome without the longest of what explains it; null if there is nothing left to be taken. */
    static @Nullable TestOutcome of(TestOutcome outcome) {
        Failure failure = outcome.getFailure();
        if (failure != null && failure.getDetails() != null) {
            return TestOutcome.newBuilder(outcome)
                    .setFailure(Failure.newBuilder(failure)
                            .setDetails(null)
                            .setTruncated(true)
                            .build())
                    .build();
        }
        boolean isLong = failure != null && failure.getMessage().length() > MESSAGE_CHARS;
        if (!isLong
                && outcome.getEarlierFailures().isEmpty()
                && outcome.getAttributes().isEmpty()
                && outcome.getTags().isEmpty()) {
            return null;
        }
        var shorter = TestOutcome.newBuilder(outcome)
                .setEarlierFailures(List.of())
                .setAttributes(Map.of())
                .setTags(List.of());
        if (isLong) {
            shorter.setFailure(Failure.newBuilder(failure)
                    .setMessage(Cut.marked(failure.getMessage(), MESSAGE_CHARS))
                    .setTruncated(true)
                    .build());
        }
        return shorter.build();
    }
}
