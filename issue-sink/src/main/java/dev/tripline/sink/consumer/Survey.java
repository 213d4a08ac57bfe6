package dev.tripline.sink.consumer;

import dev.tripline.events.Incident;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.TrackedIssue;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.reconcile.Reconciler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads both topics once, as they are now, and writes nothing: what cannot be read is named in the log and left where it
 * is. A Schema Registry that is away is waited for.
 */
public final class Survey {
    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    private final Consumer<byte[], byte[]> reader;
    private final InstantSource clock;
    private final java.util.function.Consumer<Duration> sleep;
    private final RegistryWait registry = new RegistryWait();

    /**
     * @param reader a consumer without a group; its assignment is replaced
     * @param sleep lets time pass
     */
    public Survey(Consumer<byte[], byte[]> reader, InstantSource clock, java.util.function.Consumer<Duration> sleep) {
        this.reader = reader;
        this.clock = clock;
        this.sleep = sleep;
    }

    /**
     * Tells a reconciler what should be and what is known.
     *
     * @param tracker name of the reconciler's tracker; what is known of others is left out
     */
    public void tell(
            Reconciler reconciler,
            String tracker,
            TopicView<Incident, IncidentView> incidents,
            TopicView<TrackedIssue, KnownIssue> issues) {
        read(incidents, new Told<>() {
            @Override
            public void value(String key, IncidentView incident) {
                reconciler.incident(incident);
            }

            @Override
            public void expired(String key) {
                reconciler.expired(key);
            }
        });
        var memory = new Memory(tracker);
        read(issues, new Told<>() {
            @Override
            public void value(String key, KnownIssue issue) {
                memory.take(key, issue);
            }

            @Override
            public void expired(String key) {
                memory.remove(key);
            }
        });
        memory.issues().forEach(reconciler::remembered);
    }

    /** A registry that comes back makes the topic be read again from its beginning: the same records give the same end. */
    private <T> void read(TopicView<?, T> topic, Told<T> told) {
        while (true) {
            try {
                topic.readAll(reader, () -> false, told);
                told.unreadable.values().forEach(message -> LOG.warn("left out: {}", message.describe()));
                return;
            } catch (RegistryUnavailableException e) {
                registry.await(topic.partition().topic(), e, clock.instant());
                sleep.accept(RegistryWait.ASK_EVERY);
            }
        }
    }

    private abstract static class Told<T> implements TopicView.Taker<T> {
        private final Map<Long, UnreadableMessage> unreadable = new TreeMap<>();

        @Override
        public void unreadable(UnreadableMessage message) {
            unreadable.put(message.message().offset(), message);
        }
    }
}
