package dev.tripline.sink.consumer;

import dev.tripline.events.EventSerde;
import dev.tripline.events.Incident;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.TrackedIssue;
import dev.tripline.events.UnreadableRecordException;
import dev.tripline.sink.reconcile.IssueLedger;
import dev.tripline.sink.reconcile.Reconciler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the incidents while this sink owns them and lets a reconciler act. On taking over it reads both topics from their
 * beginning; on losing the partition it forgets everything and acts no more. One thread.
 */
public final class SinkLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Consumer<byte[], byte[]>> issueReaders;
    private final Producer<byte[], byte[]> producer;
    private final EventSerde<Incident> incidents;
    private final EventSerde<TrackedIssue> issues;
    private final Function<IssueLedger, Reconciler> reconcilers;
    private final InstantSource clock;
    private final TopicPartition partition;
    private final TopicPartition issuePartition;
    private volatile boolean stopped;
    private @Nullable Reconciler reconciler;
    private long readUpTo;
    private Instant next = Instant.MIN;

    /**
     * @param consumer member of the sinks' group; closed by {@link #run}
     * @param issueReaders makes a consumer without a group that reads the issues once
     * @param producer idempotent, with {@code acks=all}; closed by {@link #run}
     * @param reconcilers makes a reconciler with nothing remembered
     */
    public SinkLoop(
            Consumer<byte[], byte[]> consumer,
            Supplier<Consumer<byte[], byte[]>> issueReaders,
            Producer<byte[], byte[]> producer,
            EventSerde<Incident> incidents,
            EventSerde<TrackedIssue> issues,
            Function<IssueLedger, Reconciler> reconcilers,
            InstantSource clock) {
        this.consumer = consumer;
        this.issueReaders = issueReaders;
        this.producer = producer;
        this.incidents = incidents;
        this.issues = issues;
        this.reconcilers = reconcilers;
        this.clock = clock;
        this.partition = new TopicPartition(incidents.topic().name(), 0);
        this.issuePartition = new TopicPartition(issues.topic().name(), 0);
    }

    /** Asks {@link #run} to end after the call it is in; may be called from any thread. */
    public void stop() {
        stopped = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try (consumer;
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
        Reconciler current = reconciler;
        if (current != null && isComplete() && !stopped) {
            next = current.step();
        }
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
        byte[] key = message.key();
        if (current == null) {
            return true;
        }
        if (key == null) {
            deadLetter(message, "a key is missing");
            return true;
        }
        byte[] value = message.value();
        if (value == null) {
            current.expired(new String(key, StandardCharsets.UTF_8));
        } else {
            try {
                current.incident(Records.view(incidents.read(value)));
            } catch (UnreadableRecordException e) {
                deadLetter(message, e.getMessage());
            } catch (RegistryUnavailableException e) {
                LOG.warn("incidents wait: {}", e.getMessage());
                consumer.seek(partition, message.offset());
                readUpTo = Math.max(readUpTo, message.offset() + 1);
                return false;
            }
        }
        next = Instant.MIN;
        return true;
    }

    /** Keeps the bytes with the reason, so that nothing stops the sink and nothing vanishes. */
    private void deadLetter(ConsumerRecord<byte[], byte[]> message, @Nullable String reason) {
        LOG.error("{}, offset {}: goes to the dead letters: {}", message.topic(), message.offset(), reason);
        var letter = new ProducerRecord<>(incidents.topic().deadLetter(), message.key(), message.value());
        Map.of("reason", String.valueOf(reason), "topic", message.topic(), "offset", Long.toString(message.offset()))
                .forEach((name, text) ->
                        letter.headers().add("tripline." + name, text.getBytes(StandardCharsets.UTF_8)));
        KafkaLedger.await(producer.send(letter), "offset " + message.offset() + " of " + message.topic());
    }

    private Reconciler takeOver() {
        Reconciler taken = reconcilers.apply(new KafkaLedger(producer, issues));
        try (Consumer<byte[], byte[]> reader = issueReaders.get()) {
            Map<String, byte[]> newest = TopicSnapshot.read(reader, issuePartition, () -> stopped);
            newest.values().forEach(value -> taken.remembered(Records.known(issues.read(value))));
            LOG.info("owns the incidents; remembers {} issues", newest.size());
        }
        return taken;
    }

    /** Starts and ends acting with the ownership of the incidents. */
    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.contains(partition)) {
                reconciler = takeOver();
                consumer.seekToBeginning(List.of(partition));
                readUpTo = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                next = Instant.MIN;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(partition)) {
                LOG.info("gives the incidents up");
                reconciler = null;
            }
        }
    }
}
