package dev.tripline.agent;

import dev.tripline.agent.config.AgentConfig;
import dev.tripline.agent.config.CommandProbeConfig;
import dev.tripline.agent.config.ProbeConfig;
import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.RunOrigin;
import dev.tripline.agent.probe.Probe;
import dev.tripline.agent.probe.ProbeRun;
import dev.tripline.agent.probe.command.Command;
import dev.tripline.agent.probe.command.CommandProbe;
import dev.tripline.agent.probe.command.Variables;
import dev.tripline.agent.publish.KafkaPublisher;
import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.publish.Publisher;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.SuiteRun;
import dev.tripline.service.Service;
import dev.tripline.service.secrets.OwnPatterns;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs probes on their schedules and publishes what they find. A probe never overlaps itself; its first run is due at once.
 *
 * <p>What a run found is kept in memory until Kafka acknowledged it, and tried again as long as it takes; the probe waits
 * meanwhile. An agent that is stopped or killed before loses those outcomes, and says how many when it can.
 */
public final class ProbeAgent implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeAgent.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(2);

    private final AgentConfig config;
    private final Supplier<Publisher> publishers;
    private final InstantSource clock;
    private final Consumer<Throwable> onFailure;
    private final List<ScheduledProbe> probes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable AgentFolder folder;
    /** The connection; heartbeats and each probe have a way of their own over it. */
    private @Nullable Publisher connection;

    private @Nullable Publisher heartbeats;
    private @Nullable ScheduledExecutorService threads;
    private @Nullable AgentMeters meters;
    private boolean kafkaAway;
    /** Why the last heartbeat did not arrive; empty if it did. */
    private volatile String noHeartbeat = "none was acknowledged yet";

    /**
     * Prepares an agent. From then on this process masks what the configuration says beside what it knows.
     *
     * @param publishers makes the connection; called once
     * @param clock the agent's clock
     * @param onFailure is told what the agent cannot go on from
     */
    public ProbeAgent(
            AgentConfig config, Supplier<Publisher> publishers, InstantSource clock, Consumer<Throwable> onFailure) {
        this.config = config;
        this.publishers = publishers;
        this.clock = clock;
        this.onFailure = onFailure;
        OwnPatterns.process().use(config.mask());
    }

    /** Prepares an agent that publishes to the configured Kafka. */
    public static ProbeAgent of(AgentConfig config, Consumer<Throwable> onFailure) {
        return new ProbeAgent(
                config,
                () -> KafkaPublisher.connect(config.kafka(), Metrics.globalRegistry),
                InstantSource.system(),
                onFailure);
    }

    @Override
    public String name() {
        return "probe agent";
    }

    @Override
    public synchronized void start() {
        Map<String, RunCounter> counters = new HashMap<>();
        try {
            AgentFolder own = AgentFolder.open(config.dataDir());
            folder = own;
            for (ProbeConfig probe : config.probes()) {
                counters.put(probe.name(), own.counter(probe.name()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("data_dir: cannot be used: " + e.getMessage(), e);
        }
        connection = publishers.get();
        heartbeats = connection.another();
        var measuring = new AgentMeters(Metrics.globalRegistry);
        meters = measuring;
        threads = Executors.newScheduledThreadPool(config.probes().size() + 1);
        Instant now = clock.instant();
        for (ProbeConfig probe : config.probes()) {
            RunCounter counter = Objects.requireNonNull(counters.get(probe.name()));
            ScheduledProbe scheduled =
                    scheduled(probe, counter, new RunPublisher(connection.another(), measuring), now);
            probes.add(scheduled);
            schedule(threads, scheduled, Duration.ZERO);
        }
        var unused = threads.scheduleWithFixedDelay(this::beat, 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An agent that cannot publish goes on trying; whoever waits for its outcomes should know. */
    @Override
    public Optional<String> notReady() {
        for (ScheduledProbe probe : probes) {
            String failing = probe.publisher().failing();
            if (!failing.isEmpty()) {
                return Optional.of("publishing fails: " + failing);
            }
        }
        return noHeartbeat.isEmpty() ? Optional.empty() : Optional.of("no heartbeat: " + noHeartbeat);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stopThreads();
        synchronized (this) {
            if (connection != null) {
                connection.close();
            }
            if (meters != null) {
                meters.close();
            }
            try {
                if (folder != null) {
                    folder.close();
                }
            } catch (IOException e) {
                LOG.warn("{}: cannot be closed: {}", config.dataDir(), e.getMessage());
            }
        }
    }

    private synchronized void stopThreads() {
        if (threads == null) {
            return;
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("probes did not stop within {} ms", TIME_TO_STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ScheduledProbe scheduled(
            ProbeConfig config, RunCounter counter, RunPublisher publisher, Instant firstDueAt) {
        // The only kind that the sealed type permits.
        CommandProbeConfig command = (CommandProbeConfig) config;
        command.passEnv().stream()
                .filter(variable -> !System.getenv().containsKey(variable))
                .forEach(variable -> LOG.warn("{}: pass_env: {} is not set", command.name(), variable));
        Probe probe = new CommandProbe(
                command.name(),
                new IngestOptions(
                        command.environment(),
                        this.config.location(),
                        command.suite(),
                        command.service(),
                        command.revision(),
                        null,
                        null,
                        command.buildUrl() == null ? null : command.buildUrl().toString(),
                        command.reportUrl() == null ? null : command.reportUrl().toString(),
                        command.format()),
                new Command(
                        command.argv(),
                        command.workingDir(),
                        command.timeout(),
                        Variables.of(System.getenv(), command.passEnv(), command.env())),
                command.reports(),
                clock);
        return new ScheduledProbe(probe, counter, publisher, command.every(), command.tags(), firstDueAt);
    }

    private void schedule(ScheduledExecutorService executor, ScheduledProbe probe, Duration delay) {
        try {
            var unused = executor.schedule(
                    () -> runAndSchedule(executor, probe), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: not scheduled, the agent stops", probe.probe().name());
        }
    }

    private void runAndSchedule(ScheduledExecutorService executor, ScheduledProbe probe) {
        try {
            List<String> suites = null;
            probe.started();
            try {
                suites = runOnce(probe);
            } catch (IOException e) {
                started(meters).skipped();
                LOG.error(
                        "{}: not run, {} keeps no run number: {}",
                        probe.probe().name(),
                        config.dataDir(),
                        e.toString());
            }
            schedule(executor, probe, probe.ended(clock.instant(), suites));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private List<String> runOnce(ScheduledProbe probe) throws IOException, InterruptedException {
        RunOrigin origin = probe.nextOrigin(config.name());
        long began = System.nanoTime();
        ProbeRun run = probe.probe().run(origin);
        started(meters).ran(Duration.ofNanos(System.nanoTime() - began));
        probe.publisher().publish(probe.probe().name(), run);
        return run.suiteRuns().stream().map(SuiteRun::getSuite).distinct().toList();
    }

    private void beat() {
        try {
            Publisher publisher = started(heartbeats);
            publisher.publish(AgentHeartbeat.newBuilder()
                    .setAgent(config.name())
                    .setSource(started(folder).epoch())
                    .setLocation(config.location())
                    .setSentAt(clock.instant())
                    .setVersion(version())
                    .setProbes(probes.stream().map(ScheduledProbe::schedule).toList())
                    .setWaitingOutcomes(probes.stream()
                            .mapToLong(probe -> probe.publisher().waiting())
                            .sum())
                    .build());
            publisher.flush();
            kafkaAway = false;
            noHeartbeat = "";
        } catch (PublishException e) {
            if (!kafkaAway && !closed.get()) {
                LOG.warn("no heartbeat: {}", e.getMessage());
            }
            kafkaAway = true;
            noHeartbeat = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the agent was not started");
        }
        return part;
    }

    private static String version() {
        String version = ProbeAgent.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
