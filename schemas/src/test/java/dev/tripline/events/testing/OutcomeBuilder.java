package dev.tripline.events.testing;

import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builder of outcomes; see {@link Events#outcome()} for what it begins with. */
public final class OutcomeBuilder {
    private final TestOutcome.Builder outcome = TestOutcome.newBuilder()
            .setEnvironment("staging")
            .setSuite("login")
            .setTest("test_jwt")
            .setLocation("eu")
            .setSource("agent-epoch-1")
            .setRun(1)
            .setAttempt(1)
            .setStatus(OutcomeStatus.PASSED)
            .setProbeKind("junit");
    private Duration duration = Duration.ofSeconds(1);
    private Instant endedAt = Events.T0;

    OutcomeBuilder() {}

    public OutcomeBuilder environment(String environment) {
        outcome.setEnvironment(environment);
        return this;
    }

    public OutcomeBuilder suite(String suite) {
        outcome.setSuite(suite);
        return this;
    }

    public OutcomeBuilder className(String className) {
        outcome.setClassName(className);
        return this;
    }

    public OutcomeBuilder test(String test) {
        outcome.setTest(test);
        return this;
    }

    public OutcomeBuilder location(String location) {
        outcome.setLocation(location);
        return this;
    }

    public OutcomeBuilder source(String source) {
        outcome.setSource(source);
        return this;
    }

    public OutcomeBuilder run(long run) {
        outcome.setRun(run);
        return this;
    }

    public OutcomeBuilder attempt(int attempt) {
        outcome.setAttempt(attempt);
        return this;
    }

    /** Sets the result and forgets how it failed. */
    public OutcomeBuilder status(OutcomeStatus status) {
        outcome.setStatus(status).setFailure(null);
        return this;
    }

    public OutcomeBuilder passed() {
        return status(OutcomeStatus.PASSED);
    }

    public OutcomeBuilder failed(@Nullable String type, String message) {
        return status(OutcomeStatus.FAILED).failure(type, message);
    }

    public OutcomeBuilder errored(@Nullable String type, String message) {
        return status(OutcomeStatus.ERRORED).failure(type, message);
    }

    public OutcomeBuilder timedOut(String message) {
        return status(OutcomeStatus.TIMED_OUT).failure(null, message);
    }

    public OutcomeBuilder skipped() {
        return status(OutcomeStatus.SKIPPED);
    }

    public OutcomeBuilder inconclusive(String message) {
        return status(OutcomeStatus.INCONCLUSIVE).failure(null, message);
    }

    /** Sets the end; the start follows from the duration. */
    public OutcomeBuilder endedAt(Instant endedAt) {
        this.endedAt = endedAt;
        return this;
    }

    public OutcomeBuilder took(Duration duration) {
        this.duration = duration;
        return this;
    }

    public OutcomeBuilder service(@Nullable String service) {
        outcome.setService(service);
        return this;
    }

    public OutcomeBuilder revision(@Nullable String revision) {
        outcome.setRevision(revision);
        return this;
    }

    public OutcomeBuilder probeKind(String probeKind) {
        outcome.setProbeKind(probeKind);
        return this;
    }

    public OutcomeBuilder agent(@Nullable String agent) {
        outcome.setAgent(agent);
        return this;
    }

    public OutcomeBuilder tags(String... tags) {
        outcome.setTags(List.of(tags));
        return this;
    }

    public OutcomeBuilder flaky() {
        outcome.setFlaky(true);
        return this;
    }

    public OutcomeBuilder quarantined() {
        outcome.setQuarantined(true);
        return this;
    }

    public OutcomeBuilder attributes(Map<String, String> attributes) {
        outcome.setAttributes(attributes);
        return this;
    }

    public TestOutcome build() {
        return outcome.setEndedAt(endedAt)
                .setStartedAt(endedAt.minus(duration))
                .setDurationMillis(duration.toMillis())
                .build();
    }

    private OutcomeBuilder failure(@Nullable String type, String message) {
        outcome.setFailure(
                Failure.newBuilder().setType(type).setMessage(message).build());
        return this;
    }
}
