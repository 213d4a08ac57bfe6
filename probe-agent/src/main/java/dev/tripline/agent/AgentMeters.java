package dev.tripline.agent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the agent measures of itself. All of it can be seen from the start on. Its names are those of {@code docs/metrics.md}. Several
 * threads may tell.
 */
public final class AgentMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final AtomicLong inFlight = new AtomicLong();
    private final Gauge gauge;
    private final Counter published;
    private final Counter lost;
    private final Counter failures;
    private final Counter skipped;
    private final Timer runs;

    /** Shows what the agent measures until it is closed. */
    public AgentMeters(MeterRegistry registry) {
        this.registry = registry;
        gauge = Gauge.builder("tripline.agent.outcomes.in.flight", inFlight::get)
                .description("Outcomes of runs that have ended which Kafka has not acknowledged")
                .register(registry);
        published = outcomes("published");
        lost = outcomes("lost");
        failures = Counter.builder("tripline.agent.publish.failures")
                .description("Tries to publish a run that failed; each is tried again")
                .register(registry);
        skipped = Counter.builder("tripline.agent.runs.skipped")
                .description("Runs that were due and did not begin, for the disk does not keep their number")
                .register(registry);
        runs = Timer.builder("tripline.agent.runs")
                .description("Runs of probes and how long they take, without publishing")
                .register(registry);
    }

    private Counter outcomes(String result) {
        return Counter.builder("tripline.agent.outcomes")
                .description("Outcomes of runs that have ended")
                .tag("result", result)
                .register(registry);
    }

    /** Takes in that a run has ended. */
    void ran(Duration time) {
        runs.record(time);
    }

    /** Takes in that a run did not begin. */
    void skipped() {
        skipped.increment();
    }

    /** Takes in that outcomes are to be published. */
    void begun(int outcomes) {
        inFlight.addAndGet(outcomes);
    }

    /** Takes in that a try to publish failed. */
    void failed() {
        failures.increment();
    }

    /** Takes in what became of outcomes that were to be published. */
    void ended(int outcomes, boolean areSafe) {
        inFlight.addAndGet(-outcomes);
        (areSafe ? published : lost).increment(outcomes);
    }

    /** Shows no gauge any more. */
    @Override
    public void close() {
        registry.remove(gauge);
    }
}
