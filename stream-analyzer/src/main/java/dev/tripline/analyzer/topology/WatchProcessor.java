package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.agent.AgentWatch;
import dev.tripline.analyzer.agent.AgentWatch.Change;
import dev.tripline.analyzer.agent.AgentWatch.Known;
import dev.tripline.analyzer.agent.Heartbeat;
import dev.tripline.analyzer.agent.Silence;
import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.DecisionInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns heartbeats into time that passes, once a minute for each environment that a live agent watches, and looks now and then what
 * is overdue. All heartbeats are in one partition, so one task knows all agents.
 */
final class WatchProcessor implements Processor<byte[], Decoded<AgentHeartbeat>, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchProcessor.class);

    /** Event time between two ticks of an environment. */
    static final Duration TICK = Duration.ofMinutes(1);

    /** Wall time between two looks at what is overdue; each asks for a commit. */
    static final Duration LOOK = Duration.ofSeconds(15);

    private final AgentWatch watch;
    private final AgentsTopology.Names names;
    private final StateCodec<Known> codec = new StateCodec<>(Known.class);
    private final Map<String, Known> agents = new TreeMap<>();
    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable KeyValueStore<String, byte[]> knownStore;
    private @Nullable KeyValueStore<String, Long> ticks;
    private @Nullable Cancellable looks;

    /** Until then heartbeats that waited are still being read. */
    private Instant judgesFrom = Instant.MIN;

    /** When the broker took the newest heartbeat, and when it was read here, by the clock of this machine. */
    private Instant newestTaken = Instant.MIN;

    private Instant newestRead = Instant.MIN;

    WatchProcessor(AgentWatch watch, AgentsTopology.Names names) {
        this.watch = watch;
        this.names = names;
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
        KeyValueStore<String, byte[]> store = initialized.getStateStore(names.known());
        knownStore = store;
        ticks = initialized.getStateStore(names.ticks());
        looks = null;
        judgesFrom = Instant.ofEpochMilli(initialized.currentSystemTimeMs()).plus(AgentWatch.GONE);
        newestTaken = Instant.MIN;
        newestRead = Instant.ofEpochMilli(initialized.currentSystemTimeMs());
        agents.clear();
        List<String> unreadable = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> each = all.next();
                try {
                    Known known = codec.read(each.value);
                    agents.put(each.key, known);
                    if (known.last().takenAt().isAfter(newestTaken)) {
                        newestTaken = known.last().takenAt();
                    }
                } catch (UnreadableStateException e) {
                    LOG.warn("what is known of agent '{}' cannot be read, its next heartbeat tells anew", each.key, e);
                    unreadable.add(each.key);
                }
            }
        }
        unreadable.forEach(store::delete);
        StageMeters.show(agents.values());
        if (!agents.isEmpty()) {
            scheduleLooks();
        }
    }

    @Override
    public void close() {
        StageMeters.show(List.of()); // another instance has them now
    }

    private void scheduleLooks() {
        if (looks == null) {
            looks = Nodes.initialized(context).schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
        }
    }

    @Override
    public void process(Record<byte[], Decoded<AgentHeartbeat>> record) {
        Decoded<AgentHeartbeat> decoded = record.value();
        Heartbeat heartbeat;
        try {
            heartbeat = FromRecords.heartbeat(decoded.value(), decoded.origin().appendedAt());
        } catch (RuntimeException e) {
            Nodes.initialized(context)
                    .forward(
                            DeadLetters.of(decoded, Reason.INVALID, String.valueOf(e.getMessage())),
                            names.deadLetters());
            return;
        }
        @Nullable Known before = agents.get(heartbeat.agent());
        Change change = watch.heard(before, heartbeat);
        keep(heartbeat.agent(), change.known());
        warnOfClock(before, change.known());
        tell(change.told());
        if ((before == null || before.isGone()) && change.known() != null) {
            tell(watch.ofLocation(agents.values(), change.known()));
        }
        if (heartbeat.takenAt().isAfter(newestTaken)) {
            newestTaken = heartbeat.takenAt();
            newestRead = Instant.ofEpochMilli(Nodes.initialized(context).currentSystemTimeMs());
        }
        AgentWatch.environments(heartbeat).forEach(environment -> tick(environment, heartbeat.takenAt()));
        scheduleLooks();
    }

    private void tick(String environment, Instant takenAt) {
        KeyValueStore<String, Long> known = Nodes.initialized(ticks);
        Long last = known.get(environment);
        if (last == null || takenAt.toEpochMilli() - last >= TICK.toMillis()) {
            known.put(environment, takenAt.toEpochMilli());
            tell(ToRecords.tick(environment, takenAt));
        }
    }

    private void look(long wallClockMillis) {
        Instant here = Instant.ofEpochMilli(wallClockMillis);
        if (here.isBefore(judgesFrom) || newestTaken.equals(Instant.MIN)) {
            return;
        }
        // By the broker's clock, and while old heartbeats are still read, by how far they are.
        Instant now = newestTaken.plus(Duration.between(newestRead, here));
        for (Map.Entry<String, Known> each : List.copyOf(agents.entrySet())) {
            Known before = each.getValue();
            Change change = watch.look(before, now);
            if (!before.equals(change.known())) {
                keep(each.getKey(), change.known());
                tell(change.told());
                if (change.known() != null && change.known().isGone() && !before.isGone()) {
                    tell(watch.ofLocation(agents.values(), change.known()));
                }
            }
        }
        if (agents.isEmpty() && looks != null) {
            looks.cancel();
            looks = null;
        }
    }

    private void keep(String agent, @Nullable Known known) {
        if (known == null) {
            agents.remove(agent);
            Nodes.initialized(knownStore).delete(agent);
        } else {
            agents.put(agent, known);
            Nodes.initialized(knownStore).put(agent, codec.write(known));
        }
        StageMeters.show(agents.values());
    }

    private static void warnOfClock(@Nullable Known before, @Nullable Known now) {
        boolean was = before != null && before.isClockOff();
        if (now != null && now.isClockOff() != was) {
            if (was) {
                LOG.info("agent '{}': its clock is right again", now.last().agent());
            } else {
                LOG.warn(
                        "agent '{}': its clock says {} where the broker's says {}; its outcomes are put aside or stand at a wrong time",
                        now.last().agent(),
                        now.last().sentAt(),
                        now.last().takenAt());
            }
        }
    }

    private void tell(List<Silence> silences) {
        for (Silence silence : silences) {
            LOG.info("{}", silence);
            tell(ToRecords.silence(silence));
        }
    }

    private void tell(DecisionInput input) {
        ProcessorContext<Object, Object> to = Nodes.initialized(context);
        to.forward(new Record<>(InputKeys.of(input), input, to.currentSystemTimeMs()), names.inputs());
    }
}
