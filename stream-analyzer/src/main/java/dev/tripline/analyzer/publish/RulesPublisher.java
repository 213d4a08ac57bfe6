package dev.tripline.analyzer.publish;

import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Keys;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.RuleSet;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes a version of the rules and activates it. Environments that are named are told at once, in their own decision
 * inputs; the others are told by the analyzer when their next outcomes come.
 */
public final class RulesPublisher implements AutoCloseable {
    private static final int WAIT_SECONDS = 30;

    private final Producer<String, byte[]> producer;
    private final EventSerdes serdes;
    private final Topics topics;

    RulesPublisher(Producer<String, byte[]> producer, EventSerdes serdes, Topics topics) {
        this.producer = producer;
        this.serdes = serdes;
        this.topics = topics;
    }

    /** Connects to Kafka and the registry. */
    public static RulesPublisher connect(KafkaConnection kafka) {
        Map<String, Object> settings = kafka.clientProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS / 2));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        var registry = kafka.registry();
        return new RulesPublisher(
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                EventSerdes.connect(
                        new RegistrySettings(registry.url(), registry.autoRegister(), registry.properties())),
                new Topics(kafka.topicPrefix()));
    }

    /**
     * Publishes rules and activates them in environments; returns once Kafka has acknowledged all.
     *
     * @param environments environments to tell at once; may be empty
     * @param activatedBy who activates them
     * @return place of the rules among all that were published, from 1; the highest place wins everywhere
     * @throws IllegalStateException if Kafka did not acknowledge; the message says why
     */
    public long publish(RuleSet rules, Collection<String> environments, String activatedBy) {
        long number = acknowledged(producer.send(new ProducerRecord<>(
                                topics.rules().name(),
                                rules.getVersion(),
                                serdes.of(topics.rules()).write(rules))))
                        .offset()
                + 1;
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String environment : environments) {
            DecisionInput input = ToRecords.rules(environment, rules, number, activatedBy);
            sent.add(producer.send(new ProducerRecord<>(
                    topics.decisionInputs().name(),
                    Keys.of(environment),
                    serdes.of(topics.decisionInputs()).write(input))));
        }
        producer.flush();
        sent.forEach(RulesPublisher::acknowledged);
        return number;
    }

    @Override
    public void close() {
        producer.close();
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("Kafka did not take the rules: " + cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before Kafka took the rules", e);
        }
    }
}
