package dev.tripline.sink.consumer;

import dev.tripline.events.Incident;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.TrackedIssue;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.reconcile.IssueLedger;
import dev.tripline.sink.reconcile.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the incidents while this sink owns them and lets a reconciler act. On taking over it reads both topics from their
 * beginning; on losing the partition it forgets everything and acts no more. A record that cannot be read is put aside, a
 * Schema Registry that is away is waited for without leaving the group. One thread.
 */
public final class SinkLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final String NOT_JOINED = "waiting for Kafka: not in its group yet";

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Consumer<byte[], byte[]>> issueReaders;
    private final Producer<byte[], byte[]> producer;
    private final TopicView<Incident, IncidentView> incidents;
    private final TopicView<TrackedIssue, KnownIssue> issues;
    private final Function<IssueLedger, Reconciler> reconcilers;
    private final InstantSource clock;
    private final TopicPartition partition;
    private final DeadLetters deadLetters;
    private final SinkMeters meters;
    private final String tracker;
    private final RegistryWait registry = new RegistryWait();
    private final GroupContact contact;
    private volatile boolean stopped;
    private volatile String waitingFor = NOT_JOINED;
    private boolean isMember;
    private boolean isOwner;
    private @Nullable Reconciler reconciler;
    private long readUpTo;

    /** Place of the last record of the issues that was put aside by this process; they are read from the beginning each time. */
    private long issuesPutAsideTo = -1;

    private Instant next = Instant.MIN;

    /**
     * @param consumer member of the sinks' group; closed by {@link #run}
     * @param issueReaders makes a consumer without a group that reads the issues once
     * @param producer idempotent, with {@code acks=all}; closed by {@link #run}
     * @param tracker name of the tracker; what is remembered of others is left alone
     * @param reconcilers makes a reconciler with nothing remembered
     * @param meters told of what it does; closed by {@link #run}
     */
    public SinkLoop(
            Consumer<byte[], byte[]> consumer,
            Supplier<Consumer<byte[], byte[]>> issueReaders,
            Producer<byte[], byte[]> producer,
            TopicView<Incident, IncidentView> incidents,
            TopicView<TrackedIssue, KnownIssue> issues,
            String tracker,
            Function<IssueLedger, Reconciler> reconcilers,
            SinkMeters meters,
            InstantSource clock) {
        this.consumer = consumer;
        this.issueReaders = issueReaders;
        this.producer = producer;
        this.incidents = incidents;
        this.issues = issues;
        this.tracker = tracker;
        this.reconcilers = reconcilers;
        this.clock = clock;
        this.partition = incidents.partition();
        this.contact = new GroupContact(consumer::metrics);
        this.deadLetters = new DeadLetters(producer, meters.registry());
        this.meters = meters;
    }

    /** Asks {@link #run} to end after the call it is in; may be called from any thread. */
    public void stop() {
        stopped = true;
        consumer.wakeup();
    }

    /**
     * Returns what it waits for before it can file or stand by: Kafka, the Schema Registry or the tracker; empty if it
     * waits for nothing. As of its last turn, at most some seconds ago unless a call takes longer. From any thread.
     */
    public String waitingFor() {
        return waitingFor;
    }

    @Override
    public void run() {
        try (meters;
                consumer;
                producer) {
            join();
            while (!stopped) {
                turn();
            }
        } catch (WakeupException e) {
            if (!stopped) {
                throw e;
            }
            LOG.debug("woken up to stop");
        } catch (InterruptException e) {
            if (!stopped) {
                throw e;
            }
            LOG.debug("interrupted to stop");
        }
    }

    /** Joins the other sinks; visible for tests. */
    void join() {
        consumer.subscribe(List.of(partition.topic()), new Ownership());
    }

    /** Takes what has come and does at most one action; visible for tests. */
    void turn() {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(pollTime())) {
            if (!take(message)) {
                break;
            }
        }
        if (isOwner && !stopped && registry.isOver(clock.instant())) {
            if (reconciler == null) {
                takeOver();
            } else if (!consumer.paused().isEmpty()) {
                consumer.resume(List.of(partition));
            }
        }
        Reconciler current = reconciler;
        if (current != null && isComplete() && !stopped) {
            next = current.step();
        }
        waitingFor = whatItWaitsFor();
        measure();
    }

    private void measure() {
        Reconciler current = reconciler;
        if (isOwner && current != null) {
            meters.note(consumer, partition);
            meters.issues(current.issues());
        }
    }

    private String whatItWaitsFor() {
        if (!isMember) {
            return NOT_JOINED;
        }
        String silence = contact.silence(clock.instant());
        if (!silence.isEmpty() || !isOwner) {
            return silence;
        }
        if (!registry.reason().isEmpty()) {
            return registry.reason();
        }
        Reconciler current = reconciler;
        if (current == null || !isComplete()) {
            return "reading what there is before it files";
        }
        return current.waitingFor();
    }

    private Duration pollTime() {
        Instant now = clock.instant();
        if (reconciler == null || !isComplete()) {
            return LONGEST_POLL;
        }
        if (!next.isAfter(now)) {
            return Duration.ofMillis(1);
        }
        return next.isAfter(now.plus(LONGEST_POLL)) ? LONGEST_POLL : Duration.between(now, next);
    }

    /** Nothing is done on part of the incidents: what is missing would look expired. */
    private boolean isComplete() {
        return consumer.position(partition) >= readUpTo;
    }

    /** Takes one record; false if it must be read again because the registry is away. */
    private boolean take(ConsumerRecord<byte[], byte[]> message) {
        Reconciler current = reconciler;
        if (current == null) {
            return true;
        }
        try {
            incidents.read(message, new Incidents(current));
        } catch (RegistryUnavailableException e) {
            registry.await(partition.topic(), e, clock.instant());
            consumer.seek(partition, message.offset());
            consumer.pause(List.of(partition));
            readUpTo = Math.max(readUpTo, message.offset() + 1);
            return false;
        }
        registry.answered();
        meters.handled(partition, message.timestamp());
        next = Instant.MIN;
        return true;
    }

    /** Remembers what the sinks before did and begins to read the incidents; if the registry is away, later. */
    private void takeOver() {
        var ledger = new KafkaLedger(producer, issues.serde());
        var remembered = new Remembered(new Memory(tracker));
        try (Consumer<byte[], byte[]> reader = issueReaders.get()) {
            ledger.prepare(clock.instant());
            issues.readAll(reader, () -> stopped, remembered);
        } catch (RegistryUnavailableException e) {
            registry.await(issues.partition().topic(), e, clock.instant());
            return;
        }
        registry.answered();
        if (stopped) {
            return;
        }
        Reconciler taken = reconcilers.apply(ledger);
        Map<String, KnownIssue> known = new LinkedHashMap<>();
        remembered.memory.issues().forEach(issue -> known.put(issue.incidentId(), issue));
        move(remembered.memory.oldKeys(), known, ledger);
        known.values().forEach(taken::remembered);
        LOG.info("owns the incidents; remembers {} issues of {}", known.size(), tracker);
        consumer.seekToBeginning(List.of(partition));
        readUpTo = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.resume(List.of(partition));
        next = Instant.MIN;
        reconciler = taken;
    }

    /** What was recorded by an earlier version moves at once, so that no other tracker finds it in its way. */
    private static void move(Set<String> oldKeys, Map<String, KnownIssue> known, KafkaLedger ledger) {
        for (String oldKey : oldKeys) {
            KnownIssue issue = known.get(oldKey);
            if (issue != null) {
                ledger.move(oldKey, issue);
            }
        }
        if (!oldKeys.isEmpty()) {
            LOG.info("moved {} records of issues to keys with the tracker's name", oldKeys.size());
        }
    }

    /** Hands incidents to the reconciler. */
    private final class Incidents implements TopicView.Taker<IncidentView> {
        private final Reconciler current;

        Incidents(Reconciler current) {
            this.current = current;
        }

        @Override
        public void value(String key, IncidentView incident) {
            current.incident(incident);
        }

        @Override
        public void expired(String key) {
            current.expired(key);
        }

        @Override
        public void unreadable(UnreadableMessage message) {
            deadLetters.put(message);
        }
    }

    /** Gathers what the topic of issues holds. Read again after the registry was away, it puts nothing aside a second time. */
    private final class Remembered implements TopicView.Taker<KnownIssue> {
        private final Memory memory;

        Remembered(Memory memory) {
            this.memory = memory;
        }

        @Override
        public void value(String key, KnownIssue issue) {
            memory.take(key, issue);
        }

        @Override
        public void expired(String key) {
            memory.remove(key);
        }

        @Override
        public void unreadable(UnreadableMessage message) {
            long offset = message.message().offset();
            if (offset > issuesPutAsideTo) {
                deadLetters.put(message);
                issuesPutAsideTo = offset;
            }
        }
    }

    /** Starts and ends acting with the ownership of the incidents. */
    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Also called with none, for one that stands by.
            isMember = true;
            if (partitions.contains(partition)) {
                isOwner = true;
                consumer.pause(List.of(partition));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(partition)) {
                LOG.info("gives the incidents up");
                isOwner = false;
                reconciler = null;
                meters.gaveUp(partition);
            }
        }
    }
}
