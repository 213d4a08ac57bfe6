package dev.tripline.agent;

import dev.tripline.agent.probe.ProbeRun;
import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.publish.Publisher;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the runs of one probe, one after the other, each as often as it takes. Records that arrive twice have one identity
 * and count once. Each probe has one of its own, so that a run that Kafka does not take delays no other probe. One thread
 * publishes; any may ask.
 */
final class RunPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(RunPublisher.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Publisher publisher;
    private final AgentMeters meters;
    private final Pause pause;
    private final AtomicLong waiting = new AtomicLong();
    private volatile String failing = "";

    /** @param meters told of what becomes of outcomes */
    RunPublisher(Publisher publisher, AgentMeters meters) {
        this(publisher, meters, duration -> Thread.sleep(duration.toMillis()));
    }

    RunPublisher(Publisher publisher, AgentMeters meters, Pause pause) {
        this.publisher = publisher;
        this.meters = meters;
        this.pause = pause;
    }

    /** Returns the number of outcomes that Kafka has not acknowledged. */
    long waiting() {
        return waiting.get();
    }

    /** Returns why the last try failed that has not succeeded since; empty if there is none. */
    String failing() {
        return failing;
    }

    /**
     * Returns once the run is safe.
     *
     * @throws InterruptedException if the agent stops before; the run is lost
     */
    void publish(String probe, ProbeRun run) throws InterruptedException {
        int outcomes = run.outcomes().size();
        waiting.addAndGet(outcomes);
        meters.begun(outcomes);
        boolean safe = false;
        try {
            publishUntilSafe(probe, run);
            safe = true;
        } finally {
            waiting.addAndGet(-outcomes);
            meters.ended(outcomes, safe);
            if (!safe) {
                LOG.error("{}: {} outcomes of its last run were not published and are lost", probe, outcomes);
            }
        }
    }

    private void publishUntilSafe(String probe, ProbeRun run) throws InterruptedException {
        Duration next = FIRST_PAUSE;
        while (true) {
            try {
                for (TestOutcome outcome : run.outcomes()) {
                    publisher.publish(outcome);
                }
                publisher.flush();
                for (SuiteRun totals : run.suiteRuns()) {
                    publisher.publish(totals);
                }
                publisher.flush();
                failing = "";
                return;
            } catch (PublishException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while publishing");
                }
                meters.failed();
                failing = probe + ": " + e.getMessage();
                LOG.warn("{}: {}; trying again in {} ms", probe, e.getMessage(), next.toMillis());
            }
            pause.take(next);
            next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next.multipliedBy(2);
        }
    }

    /** Waits between two tries. */
    interface Pause {
        void take(Duration duration) throws InterruptedException;
    }
}
