package dev.tripline.agent.report;

import dev.tripline.events.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An outcome while its report is read: what nobody says about it is not given, and it passed. For one thread. */
final class OutcomeDraft {
    private final int line;
    private @Nullable String suite;
    private List<String> suitesAround = List.of();
    private @Nullable String className;
    private @Nullable String test;
    private OutcomeStatus status = OutcomeStatus.PASSED;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Duration duration;
    private @Nullable ReportedFailure failure;
    private boolean flaky;
    private List<String> earlierFailures = List.of();
    private boolean ofSuite;
    private @Nullable String variant;
    private @Nullable String environment;
    private @Nullable String location;
    private @Nullable String service;
    private @Nullable String revision;

    /**
     * Begins with nothing said.
     *
     * @param line line of the report it stands in, from 1
     */
    OutcomeDraft(int line) {
        this.line = line;
    }

    /** Takes its suite, its class and the suite's properties from the element around it. */
    OutcomeDraft in(SuiteElement around, @Nullable String ofClass) {
        suite = around.nameFor(ofClass);
        suitesAround = around.path();
        className = around.classFor(ofClass);
        environment = around.get("environment");
        location = around.get("location");
        service = around.get("service");
        revision = around.get("revision");
        return this;
    }

    /** Takes a suite and a class that stand by themselves. */
    OutcomeDraft in(@Nullable String itsSuite, @Nullable String ofClass) {
        suite = itsSuite;
        suitesAround = itsSuite == null ? List.of() : List.of(itsSuite);
        className = ofClass;
        return this;
    }

    /** Takes the names of the suites around it, outermost first, and what they are together. */
    OutcomeDraft inNested(List<String> around, @Nullable String together) {
        suite = together;
        suitesAround = List.copyOf(around);
        return this;
    }

    /** Takes its name; null lets it stand for its suite. */
    OutcomeDraft named(@Nullable String name) {
        test = name;
        return this;
    }

    OutcomeDraft ended(OutcomeStatus result, @Nullable ReportedFailure how) {
        status = result;
        failure = how;
        return this;
    }

    /** Takes its begin and its duration, each null if the report does not say. */
    OutcomeDraft began(@Nullable Instant at, @Nullable Duration lasted) {
        startedAt = at;
        duration = lasted;
        return this;
    }

    /** Takes its end, where that does not follow from begin and duration. */
    OutcomeDraft endedAt(@Nullable Instant end) {
        endedAt = end;
        return this;
    }

    /** Takes the failures of its earlier attempts. */
    OutcomeDraft retried(boolean passedInTheEnd, List<String> failures) {
        flaky = passedInTheEnd;
        earlierFailures = failures;
        return this;
    }

    /** Says that it stands for its suite, so that of several the worst counts. */
    OutcomeDraft ofSuite(boolean stands) {
        ofSuite = stands;
        return this;
    }

    /** Takes what else tells it from a test of the same name; null if nothing does. */
    OutcomeDraft variant(@Nullable String difference) {
        variant = difference;
        return this;
    }

    ReportedOutcome outcome() {
        return new ReportedOutcome(
                line,
                suite,
                suitesAround,
                className,
                test,
                status,
                startedAt,
                endedAt,
                duration,
                failure,
                flaky,
                earlierFailures,
                ofSuite,
                variant,
                false,
                environment,
                location,
                service,
                revision,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of());
    }
}
