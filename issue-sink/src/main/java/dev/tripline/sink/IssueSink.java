package dev.tripline.sink;

import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.Service;
import dev.tripline.service.secrets.OwnPatterns;
import dev.tripline.sink.config.SinkConfig;
import dev.tripline.sink.consumer.SinkGroup;
import dev.tripline.sink.consumer.SinkLoop;
import dev.tripline.sink.consumer.SinkMeters;
import dev.tripline.sink.consumer.Survey;
import dev.tripline.sink.consumer.TopicView;
import dev.tripline.sink.filing.FilingRules;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.reconcile.IssueLedger;
import dev.tripline.sink.reconcile.Reconciler;
import dev.tripline.sink.tracker.CountedTracker;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.TrackerReply;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files, updates and closes the issues of incidents until it is closed. */
public final class IssueSink implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(IssueSink.class);
    private static final long STOP_MILLIS = 2_000;

    private final SinkConfig config;
    private final Consumer<Throwable> onFailure;
    private final InstantSource clock;
    private final List<KafkaClientMetrics> meters = new CopyOnWriteArrayList<>();
    private volatile @Nullable SinkLoop loop;
    private volatile @Nullable Thread thread;

    /**
     * @param config where it reads and files
     * @param onFailure told once if it fails while it runs
     * @param clock the wall clock, for waiting and for what it records
     */
    public IssueSink(SinkConfig config, Consumer<Throwable> onFailure, InstantSource clock) {
        this.config = config;
        this.onFailure = onFailure;
        this.clock = clock;
        OwnPatterns.process().use(config.mask());
    }

    @Override
    public String name() {
        return "issue sink";
    }

    /**
     * Checks the tracker, then joins the other sinks. A tracker that does not answer is waited for; one that refuses stops
     * the start.
     *
     * @throws IllegalStateException if the tracker says what the operator must change, the marker key cannot be read, or a
     *     sink of another tracker is in the group
     */
    @Override
    public void start() {
        IssueTracker tracker = new CountedTracker(Trackers.of(config, clock), Metrics.globalRegistry);
        Markers markers = Trackers.markers(config);
        FilingRules rules = Trackers.rules(config);
        SinkGroup.problem(config.kafka().clientProperties(), config.group(), tracker.name())
                .ifPresent(problem -> {
                    throw new IllegalStateException(problem);
                });
        tracker.check()
                .match(
                        done -> say("files " + done.value()),
                        unknown -> say("tracker does not answer yet: " + unknown.reason()),
                        notSent -> say("tracker cannot be reached yet: " + notSent.reason()),
                        limited -> say("tracker wants no call before " + limited.until()),
                        IssueSink::refuse);
        KafkaConnection kafka = config.kafka();
        EventSerdes serdes = serdes(kafka);
        var topics = new Topics(kafka.topicPrefix());
        var consumer = new KafkaConsumer<byte[], byte[]>(group(kafka, tracker.name()));
        var producer = new KafkaProducer<byte[], byte[]>(writing(kafka));
        measure(new KafkaClientMetrics(consumer));
        measure(new KafkaClientMetrics(producer));
        var created = new SinkLoop(
                consumer,
                () -> new KafkaConsumer<>(reading(kafka)),
                producer,
                TopicView.incidents(serdes.of(topics.incidents())),
                TopicView.issues(serdes.of(topics.issues())),
                tracker.name(),
                ledger -> new Reconciler(tracker, ledger, rules, markers, clock),
                new SinkMeters(Metrics.globalRegistry, topics.incidents().name(), clock),
                clock);
        var running = new Thread(created, "issue-sink");
        running.setDaemon(true);
        running.setUncaughtExceptionHandler((failed, failure) -> onFailure.accept(failure));
        loop = created;
        thread = running;
        running.start();
    }

    /**
     * Returns what the sink would do next about each incident, worst first, as lines for people. Reads both topics and
     * lists the tracker once; writes nothing and joins no group. Records that cannot be read are named in the log and left
     * out; a Schema Registry that is away is waited for.
     */
    public static List<String> plan(SinkConfig config, InstantSource clock) {
        KafkaConnection kafka = config.kafka();
        EventSerdes serdes = serdes(kafka);
        var topics = new Topics(kafka.topicPrefix());
        IssueTracker tracker = Trackers.of(config, clock);
        var reconciler =
                new Reconciler(tracker, new NoLedger(), Trackers.rules(config), Trackers.markers(config), clock);
        try (var reader = new KafkaConsumer<byte[], byte[]>(reading(kafka))) {
            new Survey(reader, clock, IssueSink::sleep)
                    .tell(
                            reconciler,
                            tracker.name(),
                            TopicView.incidents(serdes.of(topics.incidents())),
                            TopicView.issues(serdes.of(topics.issues())));
        }
        return reconciler.plan();
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the Schema Registry", e);
        }
    }

    /** A plan writes nothing. */
    private static final class NoLedger implements IssueLedger {
        @Override
        public void write(KnownIssue issue) {
            throw new IllegalStateException("a plan writes nothing, got " + issue.incidentId());
        }

        @Override
        public void remove(KnownIssue issue) {
            throw new IllegalStateException("a plan removes nothing, got " + issue.incidentId());
        }
    }

    private static EventSerdes serdes(KafkaConnection kafka) {
        return EventSerdes.connect(new RegistrySettings(
                kafka.registry().url(),
                kafka.registry().autoRegister(),
                kafka.registry().properties()));
    }

    private static boolean say(String message) {
        LOG.info("issue sink {}", message);
        return true;
    }

    private static <T> boolean refuse(TrackerReply.Refused<T> refused) {
        if (refused.fault() == Fault.OTHER) {
            return say("tracker refuses for now: " + refused.reason());
        }
        throw new IllegalStateException("tracker refuses with " + refused.status() + ": " + refused.reason());
    }

    private void measure(KafkaClientMetrics client) {
        meters.add(client);
        client.bindTo(Metrics.globalRegistry);
    }

    /** A sink that stands by for another of its group is ready. */
    @Override
    public Optional<String> notReady() {
        SinkLoop running = loop;
        Thread worker = thread;
        if (running == null || worker == null || !worker.isAlive()) {
            return Optional.of("its loop has ended");
        }
        String reason = running.waitingFor();
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    @Override
    public void close() {
        meters.forEach(KafkaClientMetrics::close);
        meters.clear();
        SinkLoop running = loop;
        Thread worker = thread;
        if (running == null || worker == null) {
            return;
        }
        running.stop();
        try {
            worker.join(STOP_MILLIS);
            if (worker.isAlive()) {
                worker.interrupt();
                worker.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        loop = null;
        thread = null;
    }

    private Map<String, Object> group(KafkaConnection kafka, String tracker) {
        Map<String, Object> settings = reading(kafka);
        String configured = kafka.properties().getOrDefault(ConsumerConfig.CLIENT_ID_CONFIG, "");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, SinkGroup.clientId(configured, tracker));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // A tracker call may take its whole timeout, and a poll comes after each.
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
        return settings;
    }

    private static Map<String, Object> reading(KafkaConnection kafka) {
        var settings = new TreeMap<String, Object>(kafka.clientProperties());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    private static Map<String, Object> writing(KafkaConnection kafka) {
        var settings = new TreeMap<String, Object>(kafka.clientProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }
}
