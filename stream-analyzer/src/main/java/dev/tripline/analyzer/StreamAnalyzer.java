package dev.tripline.analyzer;

import dev.tripline.analyzer.topology.StageMeters;
import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.events.UnreadableRecordException;
import dev.tripline.service.FailureReport;
import dev.tripline.service.Service;
import dev.tripline.service.secrets.OwnPatterns;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The analyzer as a service: the topology on a Kafka Streams client, under exactly-once. */
public final class StreamAnalyzer implements Service {
    private static final int MOST_REQUEST_BYTES = 8 * 1024 * 1024;
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(4);

    /** How the thread ends its name that keeps the rules; Kafka Streams cannot replace it. */
    private static final String GLOBAL_THREAD = "GlobalStreamThread";

    private static final Logger LOG = LoggerFactory.getLogger(StreamAnalyzer.class);

    private final AnalyzerConfig config;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch running = new CountDownLatch(1);
    private final ThreadFailures failures = new ThreadFailures(InstantSource.system());
    private final KafkaReach kafka;
    private final RestoreProgress restoring = new RestoreProgress();
    private volatile @Nullable CleanEnd cleanEnd;
    private volatile @Nullable SchemaQuestions questions;
    private volatile @Nullable String registryAway;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable KafkaStreamsMetrics meters;
    private volatile @Nullable PatientClients clients;
    private volatile @Nullable AnalyzerMeters own;

    /**
     * From then on this process masks what the configuration says beside what it knows.
     *
     * @param onFailure told when the analyzer cannot go on
     */
    public StreamAnalyzer(AnalyzerConfig config, Consumer<Throwable> onFailure) {
        this.config = config;
        this.onFailure = onFailure;
        this.kafka = new KafkaReach(config.kafka(), InstantSource.system());
        OwnPatterns.process().use(config.mask());
    }

    @Override
    public String name() {
        return "stream analyzer";
    }

    @Override
    public void start() {
        loadStoreLibrary();
        var registry = config.kafka().registry();
        var serdes = EventSerdes.connect(
                new RegistrySettings(registry.url(), registry.autoRegister(), registry.properties()));
        var topics = new Topics(config.kafka().topicPrefix());
        own = new AnalyzerMeters(Metrics.globalRegistry, topics, this::heldPartitions, InstantSource.system());
        questions = new SchemaQuestions(serdesOf(serdes, StageMeters.read(topics)), InstantSource.system());
        try {
            learnSchemas(serdes, topics);
            while (!begin(serdes, topics)) {
                LOG.warn("Kafka went away while the analyzer started, which begins anew");
            }
            // As long as it takes: what it waits for is asked for, and what cannot be waited for ends the run.
            running.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, EventSerde<?>> serdesOf(EventSerdes serdes, List<Topic<?>> topics) {
        return topics.stream().collect(Collectors.toMap(Topic::name, serdes::of));
    }

    /**
     * Asks for the schemas that this version writes and reads, as long as it takes: later there is no good time to wait.
     *
     * @throws IllegalStateException if one that it writes is not registered
     */
    private void learnSchemas(EventSerdes serdes, Topics topics) throws InterruptedException {
        for (Topic<?> written : List.<Topic<?>>of(
                topics.decisionInputs(),
                topics.successRates(),
                topics.errorPatterns(),
                topics.patternChanges(),
                topics.breaches(),
                topics.incidents())) {
            learn(serdes.of(written));
        }
        for (Topic<?> read : read(topics)) {
            try {
                learn(serdes.of(read));
            } catch (IllegalStateException e) {
                LOG.debug("nobody writes {} with the schema of this version", read.name(), e);
            }
        }
    }

    private static List<Topic<?>> read(Topics topics) {
        List<Topic<?>> read = new ArrayList<>(StageMeters.read(topics));
        read.add(topics.rules());
        return read;
    }

    private void learn(EventSerde<?> serde) throws InterruptedException {
        while (true) {
            try {
                serde.prepare();
                registryAway = null;
                return;
            } catch (UnreadableRecordException e) {
                LOG.debug("records of {} cannot be read: {}", serde.topic().name(), e.getMessage());
                return;
            } catch (RegistryUnavailableException e) {
                if (registryAway == null) {
                    registryAway = SchemaQuestions.waitingSince(Instant.now(), e);
                    LOG.warn("{}", registryAway);
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /**
     * Starts a client of Kafka Streams once Kafka answers.
     *
     * @return false if Kafka went away before the client had what it begins with, the rules
     * @throws StreamsException if it cannot begin for another reason
     */
    private boolean begin(EventSerdes serdes, Topics topics) throws InterruptedException {
        kafka.await();
        CoPartitioning.check(config.kafka(), topics);
        var topology = AnalyzerTopology.build(topics, serdes, config.flushInterval());
        AnalyzerMeters measuring = begun(own);
        var supplier = new PatientClients(failures::awaitTurn, begun(questions), measuring.lag());
        clients = supplier;
        var client = new KafkaStreams(topology, settings(config), supplier);
        var begun = new AtomicBoolean();
        client.setStateListener((now, before) -> {
            LOG.info("{} -> {}", before, now);
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            } else if (now == KafkaStreams.State.ERROR && begun.get()) {
                onFailure.accept(new IllegalStateException("the stream analyzer stopped in state ERROR"));
            }
        });
        client.setUncaughtExceptionHandler(failure -> failed(failure, supplier));
        client.setGlobalStateRestoreListener(restoring);
        if (cleanEnd == null) {
            cleanEnd = expectEnd(client);
        }
        streams = client;
        try {
            client.start();
        } catch (StreamsException e) {
            if (!KafkaReach.isAway(e)) {
                throw e;
            }
            LOG.debug("Kafka went away", e);
            client.close(STOPS_WITHIN);
            return false;
        }
        begun.set(true);
        measuring.showStores(StoreSizes.names(topology), store -> StoreSizes.of(store, client));
        var measured = new KafkaStreamsMetrics(client);
        meters = measured;
        measured.bindTo(Metrics.globalRegistry);
        return true;
    }

    private CleanEnd expectEnd(KafkaStreams client) {
        var end = new CleanEnd(config.stateDir().resolve(config.applicationId()));
        if (end.isMissing()) {
            // Under exactly-once what a killed process left behind cannot be trusted; Kafka Streams would throw it away
            // task by task, with a trace for each.
            LOG.info("did not end cleanly the last time: local state is rebuilt from Kafka");
            client.cleanUp();
        }
        end.expect();
        return end;
    }

    private void loadStoreLibrary() {
        try {
            StoreLibrary.load(config.stateDir());
        } catch (IOException e) {
            throw new UncheckedIOException("state_dir: cannot use " + config.stateDir() + " (" + e + ")", e);
        }
    }

    @Override
    public String waitingFor() {
        return Optional.ofNullable(registryAway)
                .or(kafka::describe)
                .or(failures::describe)
                .or(this::unanswered)
                .orElseGet(this::state);
    }

    private static <T> T begun(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }

    private int heldPartitions() {
        PatientClients made = clients;
        return made == null ? 0 : made.held();
    }

    private Optional<String> unanswered() {
        SchemaQuestions made = questions;
        return made == null ? Optional.empty() : made.describe();
    }

    private String state() {
        KafkaStreams started = streams;
        String progress = restoring.describe();
        return "state " + (started == null ? "CREATED" : started.state()) + (progress.isEmpty() ? "" : ", " + progress);
    }

    /** Not running is not ready: while partitions move, state is restored, or threads fail, results are late. */
    @Override
    public Optional<String> notReady() {
        KafkaStreams started = streams;
        boolean isRunning = started != null && started.state() == KafkaStreams.State.RUNNING;
        return failures.describe().or(this::unanswered).or(() -> isRunning ? Optional.empty() : Optional.of(state()));
    }

    @Override
    public void close() {
        failures.end();
        KafkaStreamsMetrics measured = meters;
        if (measured != null) {
            measured.close();
        }
        AnalyzerMeters measuring = own;
        if (measuring != null) {
            measuring.close();
        }
        KafkaStreams started = streams;
        if (started == null) {
            return;
        }
        // After an error tasks may have been closed with state that was not committed.
        KafkaStreams.State before = started.state();
        boolean isSound = before != KafkaStreams.State.ERROR && before != KafkaStreams.State.PENDING_ERROR;
        boolean stopped = started.close(STOPS_WITHIN);
        CleanEnd end = cleanEnd;
        if (stopped && isSound && end != null) {
            end.reached();
        }
        SchemaQuestions asked = questions;
        if (asked != null) {
            asked.close();
        }
    }

    /** Settings of the Kafka Streams client. What an operator sets for Kafka's clients goes in first: ours hold. */
    public static Properties settings(AnalyzerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka().clientProperties());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.stateDir().toAbsolutePath().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // What every client reads without a plugin; kafkajs, for one, has neither LZ4 nor zstd. The fastest level.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "gzip");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG), 1);
        // Clients count bytes before compression, brokers after: state of a large incident is text that shrinks
        // tenfold.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MOST_REQUEST_BYTES);
        settings.putIfAbsent(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Integer.toString(MOST_REQUEST_BYTES));
        var properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /**
     * A thread that failed is replaced, without end, and reads again what it had not committed: what ends the service ends
     * the work of all its threads. Only what the process itself may not survive does, and what Kafka Streams cannot replace.
     */
    private StreamThreadExceptionResponse failed(Throwable failure, PatientClients supplier) {
        if (isFatal(failure) || Thread.currentThread().getName().endsWith(GLOBAL_THREAD)) {
            onFailure.accept(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        FailureReport.log(LOG, failures.add(failure), failure);
        begun(own).threadReplaced();
        supplier.leaveGroup();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Code that cannot be linked or asserts something is a mistake of one place; other errors are about the whole process. */
    static boolean isFatal(Throwable failure) {
        return failure instanceof Error && !(failure instanceof LinkageError) && !(failure instanceof AssertionError);
    }
}
