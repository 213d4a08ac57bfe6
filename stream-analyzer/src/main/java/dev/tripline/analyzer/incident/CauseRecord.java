package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.pattern.FailureSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an environment remembers of a cause between its incidents.
 *
 * @param isWatched whether enough new failures open an incident; false for patterns that were learned
 * @param episodes incidents it had
 * @param openIncident id of its incident that is not resolved; null if there is none
 * @param lastIncident id of its newest incident; null if it had none
 * @param resolvedAt when that one was resolved; null if it is open or there is none
 * @param candidates newest failures since, of one day, at most {@value #CANDIDATES}, that may open the next; beyond
 *     {@value #CANDIDATES_CHARS} characters without messages and links
 */
public record CauseRecord(
        boolean isWatched,
        int episodes,
        @Nullable String openIncident,
        @Nullable String lastIncident,
        @Nullable Instant resolvedAt,
        List<FailureSample> candidates) {
    private static final int CANDIDATES = 50;
    private static final int CANDIDATES_CHARS = 64 * 1024;

    /** Failures further apart do not set in together. */
    private static final Duration TOGETHER = Duration.ofHours(24);

    public CauseRecord {
        candidates = List.copyOf(candidates);
    }

    /** Returns the record of a cause that had no failure yet. */
    public static CauseRecord of(boolean isWatched) {
        return new CauseRecord(isWatched, 0, null, null, null, List.of());
    }

    /** Returns the record after a failure that belongs to no open incident. */
    public CauseRecord with(FailureSample failure) {
        var failures = new ArrayList<>(candidates);
        failures.add(failure);
        Instant newest = failures.stream()
                .map(candidate -> candidate.outcome().endedAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        failures.removeIf(candidate -> candidate.outcome().endedAt().isBefore(newest.minus(TOGETHER)));
        return new CauseRecord(isWatched, episodes, openIncident, lastIncident, resolvedAt, bounded(failures));
    }

    /** The policy counts them, so none of the newest goes for its length: the older ones lose what only explains. */
    private static List<FailureSample> bounded(List<FailureSample> failures) {
        List<FailureSample> newest = failures.subList(Math.max(0, failures.size() - CANDIDATES), failures.size());
        int whole = Bounded.last(newest, CANDIDATES, CANDIDATES_CHARS, FailureSample::chars)
                .size();
        List<FailureSample> bounded = new ArrayList<>();
        for (int i = 0; i < newest.size(); i++) {
            bounded.add(i < newest.size() - whole ? newest.get(i).bare() : newest.get(i));
        }
        return bounded;
    }

    /** Number of different tests among the candidates. */
    public long candidateTests() {
        return candidates.stream()
                .map(candidate -> AffectedTest.keyOf(candidate.outcome()))
                .distinct()
                .count();
    }

    /** Tells whether a failure may count for the next incident: somebody watches, and it is not from before the last end. */
    public boolean takes(FailureSample failure) {
        return isWatched && (resolvedAt == null || failure.outcome().endedAt().isAfter(resolvedAt));
    }

    /** Tells whether the last incident opens again at a moment instead of a new one. */
    public boolean reopensAt(Instant at) {
        return lastIncident != null && resolvedAt != null && at.isBefore(resolvedAt.plus(Life.REOPENS_WITHIN));
    }

    /** Returns the record after an incident was opened or opened again. */
    public CauseRecord opened(String incidentId, int newEpisodes) {
        return new CauseRecord(true, newEpisodes, incidentId, incidentId, null, List.of());
    }

    /** Returns the record after its incident was resolved. */
    public CauseRecord resolved(Instant at) {
        return new CauseRecord(true, episodes, null, lastIncident, at, List.of());
    }
}
