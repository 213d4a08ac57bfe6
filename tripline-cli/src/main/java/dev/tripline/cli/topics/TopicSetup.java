package dev.tripline.cli.topics;

import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.secrets.Disclosure;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Reads what an installation has, and changes it as a plan says. For one thread. */
public final class TopicSetup implements AutoCloseable {
    /** Long enough for a busy controller, short enough for someone who waits at a terminal. */
    private static final String TIMEOUT_MILLIS = "15000";

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 50;

    private final KafkaConnection connection;
    private final Topics catalogue;
    private final Admin admin;
    private final SchemaRegistryClient registry;

    private TopicSetup(KafkaConnection connection, Admin admin, SchemaRegistryClient registry) {
        this.connection = connection;
        this.catalogue = new Topics(connection.topicPrefix());
        this.admin = admin;
        this.registry = registry;
    }

    /**
     * Makes the clients; nothing is sent yet.
     *
     * @throws TopicSetupException if Kafka's or the registry's settings cannot be used
     */
    public static TopicSetup connect(KafkaConnection connection) {
        var settings = connection.clientProperties();
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        var registry = connection.registry();
        try {
            SchemaRegistryClient client = EventSerdes.client(
                    new RegistrySettings(registry.url(), registry.autoRegister(), registry.properties()));
            return new TopicSetup(connection, Admin.create(settings), client);
        } catch (KafkaException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TopicSetupException("cannot connect: " + cause.getMessage(), e);
        }
    }

    /**
     * Compares the installation with the catalogue.
     *
     * @throws TopicSetupException if Kafka or the registry does not answer
     */
    public TopicPlan plan(boolean growPartitions) {
        return TopicPlan.of(catalogue, topics(), subjects(), growPartitions);
    }

    /**
     * Makes the changes of a plan and waits until Kafka shows them. If one fails, those before it are made; a new plan has
     * the others.
     *
     * @param replicationFactor replicas of new topics; -1 for the brokers' default
     * @throws TopicSetupException if a change is refused
     */
    public void apply(TopicPlan plan, short replicationFactor) {
        var created = new ArrayList<NewTopic>();
        var altered = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        var grown = new HashMap<String, NewPartitions>();
        for (TopicChange change : plan.changes()) {
            if (change instanceof TopicChange.Create create) {
                WantedTopic topic = create.topic();
                created.add(new NewTopic(
                                topic.name(),
                                Optional.of(topic.partitions()),
                                replicationFactor == -1 ? Optional.empty() : Optional.of(replicationFactor))
                        .configs(topic.settings()));
            } else if (change instanceof TopicChange.Alter alter) {
                altered.computeIfAbsent(
                                new ConfigResource(ConfigResource.Type.TOPIC, alter.topic()),
                                topic -> new ArrayList<>())
                        .add(new AlterConfigOp(new ConfigEntry(alter.setting(), alter.to()), AlterConfigOp.OpType.SET));
            } else if (change instanceof TopicChange.Grow grow) {
                grown.put(grow.topic(), NewPartitions.increaseTo(grow.to()));
            }
        }
        if (plan.changes().isEmpty()) {
            return;
        }
        await(admin.createTopics(created).all());
        await(admin.incrementalAlterConfigs(altered).all());
        await(admin.createPartitions(grown).all());
        for (TopicChange change : plan.changes()) {
            if (change instanceof TopicChange.Guard guard) {
                ask(guard.subject(), () -> registry.updateCompatibility(guard.subject(), guard.to()));
            } else if (change instanceof TopicChange.Register register) {
                ask(register.subject(), () -> registry.register(register.subject(), schemaOf(register.subject())));
            }
        }
        awaitVisible(plan);
    }

    /** A controller acknowledges a change before all brokers know it; who uses the topics next asks a broker. */
    private void awaitVisible(TopicPlan plan) {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (true) {
            var left = new ArrayList<>(plan(true).changes());
            left.retainAll(plan.changes());
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TopicSetupException("Kafka at " + connection.bootstrapServers()
                        + " accepted this but does not show it after " + VISIBLE_WITHIN.toSeconds() + " s: "
                        + left.get(0).line());
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TopicSetupException("interrupted while Kafka made changes", e);
            }
        }
    }

    private AvroSchema schemaOf(String subject) {
        for (Topic<?> topic : catalogue.all()) {
            if (topic.subject().equals(subject)) {
                return new AvroSchema(topic.schema());
            }
        }
        throw new IllegalArgumentException("the plan is of another catalogue: there is no subject " + subject);
    }

    private Map<String, TopicState> topics() {
        List<WantedTopic> wanted = WantedTopic.of(catalogue);
        var present = await(admin.listTopics().names());
        var names =
                wanted.stream().map(WantedTopic::name).filter(present::contains).toList();
        var descriptions = await(admin.describeTopics(names).allTopicNames());
        var settings = await(admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        var topics = new TreeMap<String, TopicState>();
        settings.forEach((resource, config) -> {
            var values = new TreeMap<String, String>();
            for (ConfigEntry entry : config.entries()) {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            }
            var description = descriptions.get(resource.name());
            if (description != null) {
                topics.put(
                        resource.name(), new TopicState(description.partitions().size(), values));
            }
        });
        return topics;
    }

    private Map<String, SubjectState> subjects() {
        var subjects = new TreeMap<String, SubjectState>();
        for (Topic<?> topic : catalogue.all()) {
            String subject = topic.subject();
            boolean registered = ask(subject, () -> registry.getId(subject, new AvroSchema(topic.schema()))) != null;
            subjects.put(subject, new SubjectState(registered, ask(subject, () -> registry.getCompatibility(subject))));
        }
        return subjects;
    }

    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }

    /** Returns the registry's answer; null if it does not know what it was asked about. */
    private <T> @Nullable T ask(String subject, Question<T> question) {
        try {
            return question.ask();
        } catch (RestClientException e) {
            if (e.getStatus() == 404) {
                return null;
            }
            throw new TopicSetupException(
                    "Schema Registry at " + Disclosure.url(connection.registry().url()) + " refuses " + subject + ": "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new TopicSetupException(
                    "Schema Registry at " + Disclosure.url(connection.registry().url()) + " does not answer: "
                            + e.getMessage(),
                    e);
        }
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TopicSetupException(
                    "Kafka at " + connection.bootstrapServers() + ": " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicSetupException("interrupted while Kafka was asked", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
