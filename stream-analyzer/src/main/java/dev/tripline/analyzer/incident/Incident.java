package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.breach.Severity;
import dev.tripline.analyzer.outcome.ClassNames;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import dev.tripline.analyzer.pattern.PatternedFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One problem with a life. Immutable: each change is a new one.
 *
 * @param origin what never changes
 * @param status what changes with its life
 * @param evidence its failures
 * @param tests tests it hits by {@link AffectedTest#keyOf}
 * @param shiftedFrom id of the pattern that was dominant before, by suite
 * @param breachIds breaches attached to it
 * @param deployment deployment after which it began; null if none is suspected
 * @param facts what happened to it, oldest first, at most the last {@value #FACTS}
 * @param factCount facts it ever had, those no longer kept included
 * @param notes what people said
 */
public record Incident(
        Origin origin,
        Status status,
        Evidence evidence,
        SortedMap<String, AffectedTest> tests,
        SortedMap<String, String> shiftedFrom,
        SortedSet<String> breachIds,
        @Nullable Suspicion deployment,
        List<Fact> facts,
        long factCount,
        List<Note> notes) {
    private static final int FACTS = 100;
    private static final int SAMPLES = 50;

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
     * @param samples the first, at most {@value #SAMPLES}
     * @param digest chained over the identities of all
     */
    public record Evidence(long failures, List<PatternedFailure> samples, String digest) {
        Evidence with(PatternedFailure failure) {
            var more = samples;
            if (samples.size() < SAMPLES) {
                more = new ArrayList<>(samples);
                more.add(failure.withoutDetails());
            }
            OutcomeId id = failure.outcome();
            String chained = Digest.full(
                    digest,
                    id.suite(),
                    id.className(),
                    id.test(),
                    id.location(),
                    id.source(),
                    Long.toString(id.run()),
                    Integer.toString(id.attempt()));
            return new Evidence(failures + 1, List.copyOf(more), chained);
        }
    }

    /**
     * A deployment suspected as the cause.
     *
     * @param confidence how sure that is, 0 to 1
     */
    public record Suspicion(DeployedRevision deployment, double confidence, String reason) {}

    /** One thing that happened. */
    public record Fact(Instant at, String kind, String text) {}

    /** What a person said. */
    public record Note(
            String author,
            Instant writtenAt,
            String text,
            @Nullable String url) {}

    public Incident {
        tests = Collections.unmodifiableSortedMap(new TreeMap<>(tests));
        shiftedFrom = Collections.unmodifiableSortedMap(new TreeMap<>(shiftedFrom));
        breachIds = Collections.unmodifiableSortedSet(new TreeSet<>(breachIds));
        // State of earlier versions has no count: what it kept is all that is known of.
        factCount = Math.max(factCount, facts.size());
        facts = facts.size() > FACTS
                ? List.copyOf(facts.subList(facts.size() - FACTS, facts.size()))
                : List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** Returns an incident that no failure was added to yet. */
    public static Incident open(Origin origin, Severity severity) {
        var status = new Status(State.OPEN, severity, origin.openedAt(), origin.openedAt(), null, 0);
        return new Incident(
                origin,
                status,
                new Evidence(0, List.of(), ""),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeSet<>(),
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

    /** Suites it hits. */
    public SortedSet<String> suites() {
        var suites = new TreeSet<String>();
        tests.values().forEach(test -> suites.add(test.suite()));
        return suites;
    }

    /** Returns the number of the first fact that is kept; 1 if all are. */
    public long firstFactNumber() {
        return factCount - facts.size() + 1;
    }

    /** Tests it hits, each once however many locations see it fail. */
    public long testCount() {
        return tests.values().stream()
                .map(test -> ClassNames.key('\u0000', test.suite(), test.className(), test.test()))
                .distinct()
                .count();
    }

    /** Returns the incident after one more failure that belongs to it. */
    public Incident with(PatternedFailure failure) {
        OutcomeId outcome = failure.outcome();
        String pattern = failure.pattern().id();
        var hit = new TreeMap<>(tests);
        hit.compute(
                AffectedTest.keyOf(outcome),
                (key, known) ->
                        known == null ? AffectedTest.first(outcome, pattern) : known.failedAgain(outcome, pattern));
        Instant at = outcome.endedAt();
        var begun = new Status(
                status.state(),
                status.severity(),
                at.isBefore(status.startedAt()) ? at : status.startedAt(),
                status.updatedAt(),
                status.resolvedAt(),
                status.reopenings());
        return copy(begun.touchedAt(at), evidence.with(failure), hit, shiftedFrom, breachIds, deployment, facts, notes);
    }

    Incident with(AffectedTest test, String key) {
        var hit = new TreeMap<>(tests);
        hit.put(key, test);
        return copy(status, evidence, hit, shiftedFrom, breachIds, deployment, facts, notes);
    }

    Incident with(Status next) {
        return copy(next, evidence, tests, shiftedFrom, breachIds, deployment, facts, notes);
    }

    /** Returns the incident after something happened to it. */
    public Incident with(Fact fact) {
        var more = new ArrayList<>(facts);
        more.add(fact);
        return copy(status, evidence, tests, shiftedFrom, breachIds, deployment, more, notes);
    }

    /** Returns the incident with the deployment it is said to come from; null for none. */
    public Incident with(@Nullable Suspicion suspicion) {
        return copy(status, evidence, tests, shiftedFrom, breachIds, suspicion, facts, notes);
    }

    /** Returns the incident after a person said something. */
    public Incident with(Note note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return copy(status, evidence, tests, shiftedFrom, breachIds, deployment, facts, more);
    }

    /** Returns the incident with a breach attached. */
    public Incident withBreach(String breachId) {
        var more = new TreeSet<>(breachIds);
        more.add(breachId);
        return copy(status, evidence, tests, shiftedFrom, more, deployment, facts, notes);
    }

    /** Returns the incident as what replaced a suite's dominant pattern. */
    public Incident withShift(String suite, String patternBefore) {
        var more = new TreeMap<>(shiftedFrom);
        more.put(suite, patternBefore);
        return copy(status, evidence, tests, more, breachIds, deployment, facts, notes);
    }

    private Incident copy(
            Status newStatus,
            Evidence newEvidence,
            SortedMap<String, AffectedTest> newTests,
            SortedMap<String, String> newShifts,
            SortedSet<String> newBreaches,
            @Nullable Suspicion newDeployment,
            List<Fact> newFacts,
            List<Note> newNotes) {
        return new Incident(
                origin,
                newStatus,
                newEvidence,
                newTests,
                newShifts,
                newBreaches,
                newDeployment,
                newFacts,
                factCount + newFacts.size() - facts.size(),
                newNotes);
    }
}
