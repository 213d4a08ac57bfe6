package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.run.RunEnd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes totals of runs. */
public final class TestTotals {
    private TestTotals() {}

    /** Returns totals whose writer does not say how the run is over. */
    public static RunTotals of(
            String suite,
            String location,
            RunId run,
            Instant startedAt,
            Instant endedAt,
            StatusCounts totals,
            @Nullable String service,
            @Nullable String revision) {
        return new RunTotals(
                suite,
                location,
                run,
                startedAt,
                endedAt,
                totals,
                service,
                revision,
                "ingest",
                null,
                List.of(),
                RunEnd.OPEN);
    }
}
