package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.breach.Severity;
import dev.tripline.analyzer.incident.Incident.Fact;
import dev.tripline.analyzer.incident.Incident.State;
import dev.tripline.analyzer.incident.Incident.Status;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.pattern.FailureSample;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an incident goes from open to resolved and back. */
public final class Life {
    /** Span after the opening within which the severity only settles: what sets in together is one onset. */
    static final Duration ONSET = Duration.ofMinutes(10);

    /** Span after the end within which the same incident opens again; later it is a new one. */
    static final Duration REOPENS_WITHIN = Duration.ofDays(5);

    private static final String RECOVERING = "recovering";
    private static final String REOPENED = "re-opened";

    private Life() {}

    /** Takes in one more failure that belongs to the incident. */
    public static Incident failed(Incident incident, FailureSample failure, Hits hits) {
        Incident next = incident.with(failure, hits);
        if (next.status().state() == State.RECOVERING && next.reach().failing() > 0) {
            return next.with(next.status().in(State.OPEN));
        }
        return next;
    }

    /**
     * Takes in that a pattern stays away from one of the incident's tests; unchanged if the test is not among them, or failed
     * last with another of the incident's patterns.
     */
    public static Incident absent(
            Incident incident,
            OutcomeId outcome,
            String patternId,
            OutcomeStatus status,
            int outcomes,
            boolean recovered,
            Hits hits) {
        @Nullable AffectedTest test = hits.at(outcome);
        Instant at = outcome.endedAt();
        if (test == null
                || at.isBefore(test.lastFailedAt())
                || !test.lastPatternId().equals(patternId)) {
            return incident;
        }
        AffectedTest without = test.without(status, outcomes, recovered, at);
        hits.keep(without);
        Incident next = incident.with(incident.reach().moved(test.condition(), without.condition()))
                .with(incident.status().touchedAt(at));
        if (next.reach().isOver()) {
            return next.isOpen() ? resolved(next, at) : next;
        }
        if (next.reach().failing() == 0 && next.status().state() != State.RECOVERING) {
            Incident recovering = next.with(next.status().in(State.RECOVERING));
            return hasBeenRecovering(recovering)
                    ? recovering
                    : recovering.with(
                            new Fact(at, RECOVERING, "the last outcome of each of its tests is without this failure"));
        }
        return next;
    }

    private static Incident resolved(Incident incident, Instant at) {
        Status status = incident.status();
        var resolved = new Status(
                State.RESOLVED, status.severity(), status.startedAt(), status.updatedAt(), at, status.reopenings());
        return incident.with(resolved)
                .with(new Fact(
                        at, "resolved", "none of its " + incident.reach().tests() + " tests fails this way any more"));
    }

    /** Sets the severity. It rises at once; within the onset it only settles, later a rise is an escalation. */
    public static Incident withSeverity(Incident incident, Severity severity, Instant at) {
        Status status = incident.status();
        if (!severity.isWorseThan(status.severity())) {
            return incident;
        }
        boolean settles = at.isBefore(incident.origin().openedAt().plus(ONSET));
        State state = settles || status.state() == State.RECOVERING ? status.state() : State.ESCALATED;
        Incident next = incident.with(new Status(
                state, severity, status.startedAt(), status.updatedAt(), status.resolvedAt(), status.reopenings()));
        return settles
                ? next
                : next.with(new Fact(
                        at,
                        "escalated",
                        "now " + severity + ": " + next.reach().tests() + " tests in "
                                + next.reach().suites() + " suites"));
    }

    /** Opens a resolved incident again. */
    public static Incident reopened(Incident incident, Instant at, String reason) {
        Status status = incident.status();
        var open = new Status(State.OPEN, status.severity(), status.startedAt(), at, null, status.reopenings() + 1);
        return incident.with(open).with(new Fact(at, REOPENED, reason));
    }

    /** A test that comes and goes is told to recover once: each pass in between is no news. */
    private static boolean hasBeenRecovering(Incident incident) {
        for (int i = incident.facts().size() - 1; i >= 0; i--) {
            String kind = incident.facts().get(i).kind();
            if (kind.equals(RECOVERING)) {
                return true;
            }
            if (kind.equals(REOPENED)) {
                return false;
            }
        }
        return false;
    }
}
