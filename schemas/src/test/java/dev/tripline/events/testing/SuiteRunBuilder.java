package dev.tripline.events.testing;

import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuiteRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builder of suite runs; see {@link Events#suiteRun()} for what it begins with. */
public final class SuiteRunBuilder {
    private final SuiteRun.Builder run = SuiteRun.newBuilder()
            .setEnvironment("staging")
            .setSuite("login")
            .setLocation("eu")
            .setSource("agent-epoch-1")
            .setRun(1)
            .setProbeKind("junit");
    private final StatusCounts.Builder totals = StatusCounts.newBuilder().setPassed(1);
    private Duration duration = Duration.ofMinutes(1);
    private Instant endedAt = Events.T0;

    SuiteRunBuilder() {}

    public SuiteRunBuilder environment(String environment) {
        run.setEnvironment(environment);
        return this;
    }

    public SuiteRunBuilder suite(String suite) {
        run.setSuite(suite);
        return this;
    }

    public SuiteRunBuilder location(String location) {
        run.setLocation(location);
        return this;
    }

    public SuiteRunBuilder source(String source) {
        run.setSource(source);
        return this;
    }

    public SuiteRunBuilder run(long number) {
        run.setRun(number);
        return this;
    }

    public SuiteRunBuilder passed(long passed) {
        totals.setPassed(passed);
        return this;
    }

    public SuiteRunBuilder failed(long failed) {
        totals.setFailed(failed);
        return this;
    }

    public SuiteRunBuilder errored(long errored) {
        totals.setErrored(errored);
        return this;
    }

    public SuiteRunBuilder timedOut(long timedOut) {
        totals.setTimedOut(timedOut);
        return this;
    }

    public SuiteRunBuilder skipped(long skipped) {
        totals.setSkipped(skipped);
        return this;
    }

    public SuiteRunBuilder inconclusive(long inconclusive) {
        totals.setInconclusive(inconclusive);
        return this;
    }

    /** Sets the end; the start follows from the duration. */
    public SuiteRunBuilder endedAt(Instant endedAt) {
        this.endedAt = endedAt;
        return this;
    }

    public SuiteRunBuilder took(Duration duration) {
        this.duration = duration;
        return this;
    }

    public SuiteRunBuilder service(@Nullable String service) {
        run.setService(service);
        return this;
    }

    public SuiteRunBuilder revision(@Nullable String revision) {
        run.setRevision(revision);
        return this;
    }

    public SuiteRunBuilder probeKind(String probeKind) {
        run.setProbeKind(probeKind);
        return this;
    }

    public SuiteRunBuilder agent(@Nullable String agent) {
        run.setAgent(agent);
        return this;
    }

    public SuiteRunBuilder tags(String... tags) {
        run.setTags(List.of(tags));
        return this;
    }

    public SuiteRun build() {
        return run.setTotals(totals.build())
                .setEndedAt(endedAt)
                .setStartedAt(endedAt.minus(duration))
                .build();
    }
}
