package dev.tripline.agent.ingest;

import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Totals of one suite in one run, while its outcomes pass by. */
final class SuiteTotals {
    private final TestOutcome first;
    private final Map<OutcomeStatus, Long> counts = new EnumMap<>(OutcomeStatus.class);
    private Instant startedAt;
    private Instant endedAt;
    private boolean oneService = true;
    private boolean oneRevision = true;

    SuiteTotals(TestOutcome first) {
        this.first = first;
        this.startedAt = first.getStartedAt();
        this.endedAt = first.getEndedAt();
    }

    /** Counts an outcome that is handed out. */
    void add(TestOutcome outcome) {
        counts.merge(outcome.getStatus(), 1L, Long::sum);
    }

    /** Takes the time of an attempt, counted or not. */
    void cover(TestOutcome outcome) {
        startedAt = outcome.getStartedAt().isBefore(startedAt) ? outcome.getStartedAt() : startedAt;
        endedAt = outcome.getEndedAt().isAfter(endedAt) ? outcome.getEndedAt() : endedAt;
        oneService &= Objects.equals(outcome.getService(), first.getService());
        oneRevision &= Objects.equals(outcome.getRevision(), first.getRevision());
    }

    /** Makes the record; service and revision are unknown where outcomes differ in them. */
    SuiteRun toRecord(RunOrigin origin) {
        return SuiteRun.newBuilder()
                .setEnvironment(first.getEnvironment())
                .setSuite(first.getSuite())
                .setLocation(first.getLocation())
                .setSource(first.getSource())
                .setRun(first.getRun())
                .setStartedAt(startedAt)
                .setEndedAt(endedAt)
                .setTotals(StatusCounts.newBuilder()
                        .setPassed(count(OutcomeStatus.PASSED))
                        .setFailed(count(OutcomeStatus.FAILED))
                        .setErrored(count(OutcomeStatus.ERRORED))
                        .setTimedOut(count(OutcomeStatus.TIMED_OUT))
                        .setSkipped(count(OutcomeStatus.SKIPPED))
                        .setInconclusive(count(OutcomeStatus.INCONCLUSIVE))
                        .build())
                .setService(oneService ? first.getService() : null)
                .setRevision(oneRevision ? first.getRevision() : null)
                .setProbeKind(first.getProbeKind())
                .setAgent(first.getAgent())
                .setTags(origin.tags())
                .build();
    }

    private long count(OutcomeStatus status) {
        return counts.getOrDefault(status, 0L);
    }
}
