package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.breach.Severity;
import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.pattern.FailureSample;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import dev.tripline.service.text.Cut;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One problem with a life. Immutable: each change is a new one. The tests and suites it hits are in {@link Hits}.
 *
 * @param origin what never changes
 * @param status what changes with its life
 * @param evidence its failures
 * @param reach how many tests and suites it hits, and how they are
 * @param standing suites that stand for all it hits
 * @param breachIds breaches attached to it, oldest first, at most the last {@value #BREACHES}
 * @param deployment deployment after which it began; null if none is suspected
 * @param facts what happened to it, oldest first, at most the last {@value #FACTS}
 * @param factCount facts it ever had, those no longer kept included
 * @param notes what people said, oldest first, at most the last {@value #NOTES}
 */
public record Incident(
        Origin origin,
        Status status,
        Evidence evidence,
        Reach reach,
        Standing standing,
        List<String> breachIds,
        @Nullable Suspicion deployment,
        List<Fact> facts,
        long factCount,
        List<Note> notes) {
    private static final int FACTS = 100;
    private static final int FACT_CHARS = 500;
    private static final int BREACHES = 100;
    private static final int SAMPLES = 50;
    private static final int SAMPLES_CHARS = 64 * 1024;
    private static final int NOTES = 50;
    private static final int NOTES_CHARS = 32 * 1024;
    private static final int NOTE_CHARS = 4_096;

    /** States of its life. */
    public enum State {
        OPEN,
        /** It became worse after it was opened. */
        ESCALATED,
        /** None of its tests fails this way now. */
        RECOVERING,
        RESOLVED
    }

    /**
     * What never changes.
     *
     * @param rule rule that opened it; null for a built-in one
     * @param ruleVersion rules in force; null if the built-in ones
     * @param previousIncident incident of the same cause that was resolved too long ago to be opened again; null if none
     * @param between span in which a deployment may explain it
     */
    public record Origin(
            String incidentId,
            String environment,
            Cause cause,
            Instant openedAt,
            @Nullable String rule,
            @Nullable String ruleVersion,
            @Nullable String previousIncident,
            @Nullable Between between,
            String reason) {}

    /**
     * What changes with its life.
     *
     * @param startedAt first failure that belongs to it
     * @param resolvedAt null unless resolved
     */
    public record Status(
            State state,
            Severity severity,
            Instant startedAt,
            Instant updatedAt,
            @Nullable Instant resolvedAt,
            int reopenings) {
        Status in(State next) {
            return new Status(next, severity, startedAt, updatedAt, resolvedAt, reopenings);
        }

        Status touchedAt(Instant at) {
            return at.isAfter(updatedAt) ? new Status(state, severity, startedAt, at, resolvedAt, reopenings) : this;
        }
    }

    /**
     * Its failures.
     *
     * @param samples the first by time, at most {@value #SAMPLES} and {@value #SAMPLES_CHARS} characters
     * @param digest the identities of all, summed: the same whatever order they came in; 64 hexadecimal digits
     */
    public record Evidence(long failures, List<FailureSample> samples, String digest) {
        private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

        Evidence with(FailureSample failure) {
            var more = new ArrayList<>(samples);
            more.add(failure);
            more.sort(Comparator.comparing(FailureSample::outcome));
            return new Evidence(
                    failures + 1,
                    Bounded.first(more, SAMPLES, SAMPLES_CHARS, FailureSample::chars),
                    sum(digest, digestOf(failure.outcome())));
        }

        private static String digestOf(OutcomeId id) {
            return Digest.full(
                    id.suite(),
                    id.className(),
                    id.test(),
                    id.location(),
                    id.source(),
                    Long.toString(id.run()),
                    Integer.toString(id.attempt()));
        }

        private static String sum(String digest, String other) {
            if (digest.isEmpty()) {
                return other;
            }
            String sum = new BigInteger(digest, 16)
                    .add(new BigInteger(other, 16))
                    .mod(MODULUS)
                    .toString(16);
            return "0".repeat(other.length() - sum.length()) + sum;
        }
    }

    /**
     * A deployment suspected as the cause.
     *
     * @param confidence how sure that is, 0 to 1
     */
    public record Suspicion(DeployedRevision deployment, double confidence, String reason) {}

    /** One thing that happened. */
    public record Fact(Instant at, String kind, String text) {
        public Fact {
            text = Cut.marked(text, FACT_CHARS);
        }
    }

    /** What a person said. */
    public record Note(
            String author,
            Instant writtenAt,
            String text,
            @Nullable String url) {
        public Note {
            text = Cut.marked(text, NOTE_CHARS);
        }

        private int chars() {
            return author.length() + text.length() + (url == null ? 0 : url.length());
        }
    }

    public Incident {
        breachIds = breachIds.subList(Math.max(0, breachIds.size() - BREACHES), breachIds.size());
        breachIds = List.copyOf(breachIds);
        // State of earlier versions has no count: what it kept is all that is known of.
        factCount = Math.max(factCount, facts.size());
        facts = facts.size() > FACTS
                ? List.copyOf(facts.subList(facts.size() - FACTS, facts.size()))
                : List.copyOf(facts);
        notes = Bounded.last(notes, NOTES, NOTES_CHARS, Note::chars);
    }

    /** Returns an incident that no failure was added to yet. */
    public static Incident open(Origin origin, Severity severity) {
        var status = new Status(State.OPEN, severity, origin.openedAt(), origin.openedAt(), null, 0);
        return new Incident(
                origin,
                status,
                new Evidence(0, List.of(), ""),
                Reach.NONE,
                Standing.NONE,
                List.of(),
                null,
                List.of(new Fact(origin.openedAt(), "opened", origin.reason())),
                1,
                List.of());
    }

    /** Id of the incident. */
    public String id() {
        return origin.incidentId();
    }

    /** Tells whether it is not resolved. */
    public boolean isOpen() {
        return status.state() != State.RESOLVED;
    }

    /** Returns the number of the first fact that is kept; 1 if all are. */
    public long firstFactNumber() {
        return factCount - facts.size() + 1;
    }

    /** Returns the incident after one more failure that belongs to it; what it hits is changed, too. */
    Incident with(FailureSample failure, Hits hits) {
        OutcomeId outcome = failure.outcome();
        @Nullable AffectedTest known = hits.at(outcome);
        AffectedTest test = known == null
                ? AffectedTest.first(outcome, failure.patternId())
                : known.failedAgain(outcome, failure.patternId());
        hits.keep(test);
        Reach next = reach.moved(known == null ? null : known.condition(), test.condition());
        if (known == null) {
            next = next.plus(hits.addTest(test) ? 1 : 0, hits.addSuite(outcome.suite()) ? 1 : 0);
        }
        Instant at = outcome.endedAt();
        var begun = new Status(
                status.state(),
                status.severity(),
                at.isBefore(status.startedAt()) ? at : status.startedAt(),
                status.updatedAt(),
                status.resolvedAt(),
                status.reopenings());
        return copy(begun.touchedAt(at), evidence.with(failure), next, breachIds, deployment, facts, notes);
    }

    Incident with(Reach next) {
        return copy(status, evidence, next, breachIds, deployment, facts, notes);
    }

    Incident with(Status next) {
        return copy(next, evidence, reach, breachIds, deployment, facts, notes);
    }

    /** Returns the incident after something happened to it. */
    public Incident with(Fact fact) {
        var more = new ArrayList<>(facts);
        more.add(fact);
        return copy(status, evidence, reach, breachIds, deployment, more, notes);
    }

    /** Returns the incident with the deployment it is said to come from; null for none. */
    public Incident with(@Nullable Suspicion suspicion) {
        return copy(status, evidence, reach, breachIds, suspicion, facts, notes);
    }

    /** Returns the incident after a person said something. */
    public Incident with(Note note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return copy(status, evidence, reach, breachIds, deployment, facts, more);
    }

    /** Returns the incident with other suites that stand for all. */
    public Incident with(Standing next) {
        return new Incident(origin, status, evidence, reach, next, breachIds, deployment, facts, factCount, notes);
    }

    /** Returns the incident with a breach attached. */
    public Incident withBreach(String breachId) {
        var more = new ArrayList<>(breachIds);
        more.add(breachId);
        return copy(status, evidence, reach, more, deployment, facts, notes);
    }

    private Incident copy(
            Status newStatus,
            Evidence newEvidence,
            Reach newReach,
            List<String> newBreaches,
            @Nullable Suspicion newDeployment,
            List<Fact> newFacts,
            List<Note> newNotes) {
        return new Incident(
                origin,
                newStatus,
                newEvidence,
                newReach,
                standing,
                newBreaches,
                newDeployment,
                newFacts,
                factCount + newFacts.size() - facts.size(),
                newNotes);
    }
}
