package dev.tripline.agent.publish;

import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.Deployment;
import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Keys;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to Kafka, idempotently and acknowledged by all replicas. Every answer is looked at: the first failure is
 * thrown by the next call. An outcome that does not fit into a record is shortened, see {@link Shortened}.
 */
public final class KafkaPublisher implements Publisher {
    /** Records under way at most, so that memory does not grow with the length of a report. */
    private static final int MOST_IN_FLIGHT = 10_000;

    /**
     * Most bytes of a value, if Kafka does not refuse that many: half of what brokers and producers accept unless told
     * otherwise (1 MiB, {@code message.max.bytes} and {@code max.request.size}).
     */
    private static final int MOST_BYTES = 512 * 1024;

    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(2);

    /** How long Kafka and the registry are waited for before a record counts as not published. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

    private final Producer<String, byte[]> producer;
    private final Duration patience;
    private final @Nullable KafkaClientMetrics meters;
    private final boolean closes;
    private final AtomicInteger mostBytes;
    private final EventSerde<TestOutcome> outcomes;
    private final EventSerde<SuiteRun> suiteRuns;
    private final EventSerde<Deployment> deployments;
    private final EventSerde<AgentHeartbeat> heartbeats;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final AtomicReference<@Nullable PublishException> failure = new AtomicReference<>();

    /**
     * Publishes through a producer, which it closes.
     *
     * @param producer acknowledges with all replicas
     */
    public KafkaPublisher(Producer<String, byte[]> producer, EventSerdes serdes, Topics topics) {
        this(producer, serdes, topics, Duration.ZERO);
    }

    /** @param patience how long a registry that is away is waited for; zero asks once */
    KafkaPublisher(Producer<String, byte[]> producer, EventSerdes serdes, Topics topics, Duration patience) {
        this(producer, serdes, topics, patience, null);
    }

    private KafkaPublisher(
            Producer<String, byte[]> producer,
            EventSerdes serdes,
            Topics topics,
            Duration patience,
            @Nullable KafkaClientMetrics meters) {
        this.producer = producer;
        this.patience = patience;
        this.meters = meters;
        this.closes = true;
        this.mostBytes = new AtomicInteger(MOST_BYTES);
        this.outcomes = serdes.of(topics.testOutcomes());
        this.suiteRuns = serdes.of(topics.suiteRuns());
        this.deployments = serdes.of(topics.deployments());
        this.heartbeats = serdes.of(topics.agentHeartbeats());
    }

    private KafkaPublisher(KafkaPublisher connected) {
        this.producer = connected.producer;
        this.patience = connected.patience;
        this.meters = connected.meters;
        this.closes = false;
        this.mostBytes = connected.mostBytes;
        this.outcomes = connected.outcomes;
        this.suiteRuns = connected.suiteRuns;
        this.deployments = connected.deployments;
        this.heartbeats = connected.heartbeats;
    }

    /**
     * Connects to Kafka and the Schema Registry. No record is sent before the first call.
     *
     * @throws KafkaException if the client settings are not usable
     */
    public static KafkaPublisher connect(KafkaConnection connection) {
        return new KafkaPublisher(
                producer(connection), serdes(connection), new Topics(connection.topicPrefix()), PATIENCE);
    }

    /**
     * Connects as {@link #connect(KafkaConnection)} does, and shows the producer's measures until it is closed.
     *
     * @param registry takes the measures; they are named {@code kafka.producer…} and carry the client's id
     * @throws KafkaException if the client settings are not usable
     */
    public static KafkaPublisher connect(KafkaConnection connection, MeterRegistry registry) {
        EventSerdes serdes = serdes(connection);
        Producer<String, byte[]> producer = producer(connection);
        var meters = new KafkaClientMetrics(producer);
        meters.bindTo(registry);
        return new KafkaPublisher(producer, serdes, new Topics(connection.topicPrefix()), PATIENCE, meters);
    }

    private static EventSerdes serdes(KafkaConnection connection) {
        RegistryConnection registry = connection.registry();
        return EventSerdes.connect(
                new RegistrySettings(registry.url(), registry.autoRegister(), registry.properties()));
    }

    private static Producer<String, byte[]> producer(KafkaConnection connection) {
        return new KafkaProducer<>(
                settings(connection.clientProperties()), new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Adds to client settings what publishing promises. Compression and batching may be overridden, the promises not.
     *
     * @see <a href="https://kafka.apache.org/documentation/#producerconfigs">Kafka: producer configs</a>
     */
    static Map<String, Object> settings(Map<String, Object> client) {
        var settings = new HashMap<String, Object>();
        // What every client reads without a plugin; kafkajs, for one, has neither LZ4 nor zstd.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "10");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        settings.putAll(client);
        if (!client.containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
            // Kafka wants it to be at least the sum of the two; what is no number it refuses itself.
            long least = number(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
                    + number(settings, ProducerConfig.LINGER_MS_CONFIG);
            settings.put(
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(Math.max(PATIENCE.toMillis(), least)));
        }
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        return settings;
    }

    private static long number(Map<String, Object> settings, String name) {
        String value = String.valueOf(settings.get(name));
        return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : 0;
    }

    @Override
    public void publish(TestOutcome outcome) throws PublishException {
        String key = Keys.of(outcome);
        byte[] bytes = write(outcomes, key, outcome);
        TestOutcome shorter = outcome;
        int whole = bytes.length;
        while (bytes.length > mostBytes.get()) {
            shorter = Shortened.of(shorter);
            if (shorter == null) {
                break;
            }
            bytes = write(outcomes, key, shorter);
        }
        if (bytes.length < whole) {
            LOG.warn(
                    "'{}' has {} bytes, more than fit into a record: shortened to {}",
                    Keys.ofSeries(outcome),
                    whole,
                    bytes.length);
        }
        send(outcomes.topic().name(), key, bytes);
    }

    @Override
    public void publish(SuiteRun run) throws PublishException {
        send(suiteRuns, Keys.of(run), run);
    }

    @Override
    public void publish(Deployment deployment) throws PublishException {
        send(deployments, Keys.of(deployment), deployment);
    }

    @Override
    public void publish(AgentHeartbeat heartbeat) throws PublishException {
        send(heartbeats, Keys.of(heartbeat.getAgent()), heartbeat);
    }

    @Override
    public Publisher another() {
        return new KafkaPublisher(this);
    }

    /** Waits for the answers to its own records; Kafka gives each one an answer, within the time for its delivery. */
    @Override
    public void flush() throws PublishException {
        try {
            inFlight.acquire(MOST_IN_FLIGHT);
            inFlight.release(MOST_IN_FLIGHT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while records were under way", e);
        }
        throwFailure();
    }

    @Override
    public void close() {
        if (!closes) {
            return;
        }
        if (meters != null) {
            meters.close();
        }
        producer.close(TIME_TO_CLOSE);
    }

    private <V extends SpecificRecord> void send(EventSerde<V> serde, String key, V value) throws PublishException {
        send(serde.topic().name(), key, write(serde, key, value));
    }

    private <V extends SpecificRecord> byte[] write(EventSerde<V> serde, String key, V value) throws PublishException {
        throwFailure();
        try {
            return written(serde, value);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSafe(serde.topic().name(), key, e);
        } catch (RegistryUnavailableException | IllegalStateException e) {
            throw notSafe(serde.topic().name(), key, e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback looks at every answer
    private void send(String topic, String key, byte[] bytes) throws PublishException {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSafe(topic, key, e);
        }
        try {
            // Kafka answers each send exactly once, also one it refuses without throwing.
            producer.send(new ProducerRecord<>(topic, key, bytes), (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, answered(topic, key, bytes.length, error));
                }
                inFlight.release();
            });
        } catch (InterruptException e) {
            inFlight.release();
            Thread.currentThread().interrupt();
            throw notSafe(topic, key, e);
        } catch (KafkaException | IllegalStateException e) {
            inFlight.release();
            throw notSafe(topic, key, e);
        }
    }

    /** A record that is too large for this Kafka will always be: the next try is of half its size. */
    private PublishException answered(String topic, String key, int bytes, Exception error) {
        if (error instanceof RecordTooLargeException) {
            mostBytes.accumulateAndGet(bytes / 2, Math::min);
            return new PublishException(
                    "cannot publish '" + key + "' to " + topic + ": its " + bytes
                            + " bytes are more than Kafka accepts there; see max.message.bytes of the topic and"
                            + " max.request.size of the producer",
                    error);
        }
        return notSafe(topic, key, error);
    }

    /** A registry that is away is waited for, as the producer waits for Kafka. */
    private <V extends SpecificRecord> byte[] written(EventSerde<V> serde, V value) throws InterruptedException {
        long begun = System.nanoTime();
        long sayAt = begun;
        while (true) {
            try {
                return serde.write(value);
            } catch (RegistryUnavailableException e) {
                long now = System.nanoTime();
                if (now - begun >= patience.toNanos()) {
                    throw e;
                }
                if (now - sayAt >= 0) {
                    sayAt = now + SAY_EVERY.toNanos();
                    LOG.warn("waiting for the Schema Registry: {}", e.getMessage());
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(ASK_EVERY.toNanos(), patience.toNanos()));
            }
        }
    }

    private void throwFailure() throws PublishException {
        PublishException first = failure.getAndSet(null);
        if (first != null) {
            throw first;
        }
    }

    private static PublishException notSafe(String topic, String key, Exception cause) {
        return new PublishException("cannot publish '" + key + "' to " + topic + ": " + cause.getMessage(), cause);
    }
}
