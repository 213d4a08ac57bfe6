package dev.tripline.sink.filing;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident as far as an issue about it is concerned. All instants are UTC, all ratios 0 to 1; every text may come from
 * a failing test and is hostile until rendered.
 *
 * @param id the incident's derived id; not empty
 * @param environment where the target runs
 * @param phase where it is in its life
 * @param severity how bad it is
 * @param severityReason why it is that bad, such as "4 tests in 2 suites: critical from 2 suites"; null if not said
 * @param priority P0 to P3
 * @param title one line a person recognises it by
 * @param startedAt first failure that belongs to it
 * @param openedAt when it was decided to open it
 * @param resolvedAt when it was resolved; null before
 * @param pattern what its failures share; null for an incident of a scope
 * @param scope the scope of an incident without a common pattern; null otherwise
 * @param failures failures that belong to it
 * @param testCount tests it hit, which may be more than are listed
 * @param suiteCount suites it hit
 * @param tests tests it hit
 * @param suites suites it hit, with their owner's numbers
 * @param journeys journeys it hits
 * @param deployment deployment after which it began; null if none is suspected
 * @param impacts what its fix would bring
 * @param evidence its first failures
 * @param facts what happened to it, oldest first, with rising numbers; the oldest may not be kept
 * @param notes what people said, oldest first
 * @param rule rule that opened it; null if none has a name
 * @param ruleVersion rules in force when it opened; null if the built-in ones
 * @param reopenings how often it was re-opened
 * @param previousIncidentId incident of the same cause that was resolved earlier; null if there is none
 * @param heldBack failures explained by it and held back from incidents of their own
 * @param reason why it was opened, one sentence
 */
public record IncidentView(
        String id,
        String environment,
        Phase phase,
        Severity severity,
        @Nullable String severityReason,
        String priority,
        String title,
        Instant startedAt,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        @Nullable Pattern pattern,
        @Nullable Scope scope,
        long failures,
        long testCount,
        long suiteCount,
        List<Test> tests,
        List<Suite> suites,
        List<Journey> journeys,
        @Nullable Suspect deployment,
        List<Impact> impacts,
        List<Evidence> evidence,
        List<Fact> facts,
        List<Note> notes,
        @Nullable String rule,
        @Nullable String ruleVersion,
        int reopenings,
        @Nullable String previousIncidentId,
        long heldBack,
        String reason) {

    public IncidentView {
        tests = List.copyOf(tests);
        suites = List.copyOf(suites);
        journeys = List.copyOf(journeys);
        impacts = List.copyOf(impacts);
        evidence = List.copyOf(evidence);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** Returns the facts after the one with a number; empty if there are no more. */
    public List<Fact> factsAfter(long number) {
        return facts.stream().filter(fact -> fact.number() > number).toList();
    }

    /** Returns how many facts after the one with a number are not kept any more. */
    public long lostAfter(long number) {
        return facts.isEmpty() ? 0 : Math.max(0, facts.get(0).number() - number - 1);
    }

    /** Returns its first failures in order of their end. */
    List<Evidence> evidenceInOrder() {
        return evidence.stream().sorted(Comparator.comparing(Evidence::endedAt)).toList();
    }

    /** Returns when the newest outcome ended that is known of: a run of a suite, or a failure. */
    Instant newestOutcomeAt() {
        Stream<Instant> runs =
                suites.stream().map(Suite::lastRun).flatMap(Stream::ofNullable).map(Run::endedAt);
        Stream<Instant> failed = tests.stream().map(Test::lastFailedAt);
        Stream<Instant> shown = evidence.stream().map(Evidence::endedAt);
        return Stream.of(runs, failed, shown)
                .flatMap(Function.identity())
                .max(Comparator.naturalOrder())
                .orElse(startedAt);
    }

    /** Returns the number of the last fact; 0 if there is none. */
    public long lastFact() {
        return facts.isEmpty() ? 0 : facts.get(facts.size() - 1).number();
    }

    /**
     * What failures share.
     *
     * @param type type of the failure; null if none was given
     * @param template message with its variable parts masked
     * @param example one real, redacted message; null if none is kept
     * @param details some lines of one real, redacted stack trace or longer output; null if none are kept
     */
    public record Pattern(
            String patternId,
            @Nullable String type,
            String template,
            @Nullable String example,
            @Nullable String details) {}

    /**
     * What a rate is about.
     *
     * @param kind such as {@code suite} or {@code environment}, in lower case
     */
    public record Scope(String kind, String name) {}

    /**
     * A test the incident hit.
     *
     * @param location where it was run from
     * @param failures failures that belong to the incident
     * @param outcomesSince conclusive outcomes in a row without the pattern
     */
    public record Test(
            String suite,
            String test,
            String location,
            long failures,
            Instant firstFailedAt,
            Instant lastFailedAt,
            Condition condition,
            long outcomesSince) {}

    /**
     * A suite the incident hit.
     *
     * @param lastRun its newest complete run; null before the first
     * @param baseline what its rate has been; null if unknown
     * @param target what its owner wants; null without a rule
     * @param shiftedFrom dominant pattern before this incident's replaced it; null if none was replaced
     */
    public record Suite(
            String suite,
            @Nullable Run lastRun,
            @Nullable Double baseline,
            @Nullable Double target,
            @Nullable Pattern shiftedFrom) {}

    /**
     * One run of a suite.
     *
     * @param rate its success rate; null without a conclusive outcome
     * @param passed tests that passed
     * @param conclusive tests that passed or failed
     * @param flaky tests among the passed ones that needed a retry
     * @param lost outcomes that were published and did not come; null if nobody said how many were
     */
    public record Run(
            @Nullable Double rate,
            long passed,
            long conclusive,
            long flaky,
            @Nullable Long lost,
            Instant endedAt) {}

    /**
     * A journey the incident hits.
     *
     * @param impact its business impact in the owner's words; null if not given
     */
    public record Journey(String name, @Nullable String impact) {}

    /**
     * The deployment after which it began.
     *
     * @param url page of the deployment or its pipeline; null if there is none
     * @param confidence how sure that is
     * @param reason why, one sentence
     */
    public record Suspect(
            String service,
            String revision,
            Instant deployedAt,
            @Nullable String url,
            double confidence,
            String reason) {}

    /** What a scope's rate would be with the incident's failures counted as passes. */
    public record Impact(Scope scope, double rateNow, double rateAfter) {}

    /**
     * One failure shown as evidence.
     *
     * @param identity source, run and attempt of the outcome
     * @param status its status in lower case
     * @param type type of the failure; null if none
     * @param revision build that was live; null if unknown
     * @param links pages about its run by what they are, such as {@code build}; in order of what they are
     */
    public record Evidence(
            String suite,
            String test,
            String location,
            String identity,
            String status,
            Instant endedAt,
            @Nullable String type,
            String message,
            @Nullable String revision,
            SortedMap<String, String> links) {
        public Evidence {
            links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
        }
    }

    /**
     * One thing that happened to the incident.
     *
     * @param number which of all its facts this is; 1 or more
     * @param kind {@code opened}, {@code escalated}, {@code new-test}, {@code breach}, {@code deployment},
     *     {@code recovering}, {@code resolved}, {@code re-opened} or {@code note}
     * @param text one sentence
     */
    public record Fact(long number, Instant at, String kind, String text) {}

    /**
     * What a person said about it.
     *
     * @param url a link that belongs to it; null if there is none
     */
    public record Note(
            String author,
            Instant writtenAt,
            String text,
            @Nullable String url) {}
}
