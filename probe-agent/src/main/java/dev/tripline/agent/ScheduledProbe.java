package dev.tripline.agent;

import dev.tripline.agent.ingest.RunOrigin;
import dev.tripline.agent.probe.Probe;
import dev.tripline.events.ProbeSchedule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A probe, when it is due and what is known of its last run. May be shared between threads. */
final class ScheduledProbe {
    private final Probe probe;
    private final RunCounter runs;
    private final RunPublisher publisher;
    private final Duration every;
    private final List<String> tags;
    private Instant nextDueAt;
    private @Nullable Instant lastEndedAt;
    private boolean running;
    private List<String> suites = List.of();

    ScheduledProbe(
            Probe probe,
            RunCounter runs,
            RunPublisher publisher,
            Duration every,
            List<String> tags,
            Instant firstDueAt) {
        this.probe = probe;
        this.runs = runs;
        this.publisher = publisher;
        this.every = every;
        this.tags = List.copyOf(tags);
        this.nextDueAt = firstDueAt;
    }

    Probe probe() {
        return probe;
    }

    /** Returns its way out. */
    RunPublisher publisher() {
        return publisher;
    }

    /**
     * Returns where its next run comes from.
     *
     * @throws IOException if the disk does not keep that the run was used
     */
    RunOrigin nextOrigin(String agent) throws IOException {
        return new RunOrigin(runs.source(), runs.next(), probe.kind(), agent, tags);
    }

    synchronized void started() {
        running = true;
    }

    /**
     * Notes the end of a run and returns how long to wait for the next. Due times that passed meanwhile are left out, the
     * rhythm is kept.
     *
     * @param seen suites it reported; null leaves those of the run before
     */
    synchronized Duration ended(Instant now, @Nullable List<String> seen) {
        running = false;
        lastEndedAt = now;
        suites = seen == null ? suites : List.copyOf(seen);
        long missed = Math.max(0, Duration.between(nextDueAt, now).toMillis() / every.toMillis());
        nextDueAt = nextDueAt.plusMillis(every.toMillis() * (missed + 1));
        return Duration.between(now, nextDueAt);
    }

    synchronized ProbeSchedule schedule() {
        return ProbeSchedule.newBuilder()
                .setProbe(probe.name())
                .setKind(probe.kind())
                .setEnvironment(probe.environment())
                .setSuites(suites)
                .setNextDueAt(nextDueAt)
                .setLastEndedAt(lastEndedAt)
                .setRunning(running)
                .build();
    }
}
