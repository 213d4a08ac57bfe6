package dev.tripline.benchmarks.stream;

import dev.tripline.cli.topics.TopicSetup;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real broker and a registry, in a process of their own. */
final class Cluster implements AutoCloseable {
    private final Child process;
    private final String bootstrapServers;
    private final String registryUrl;
    private final Admin admin;

    private Cluster(Child process, String bootstrapServers, String registryUrl) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Starts over an empty folder. */
    static Cluster start(Path folder) throws IOException {
        Child process = Child.start(ClusterProcess.class, List.of("-Xmx1g"), folder.toString());
        String[] addresses = process.nextLine().split(" ");
        return new Cluster(process, addresses[0], addresses[1]);
    }

    KafkaConnection connection(String prefix) {
        return new KafkaConnection(
                bootstrapServers, prefix, new RegistryConnection(registryUrl, true, Map.of()), Map.of());
    }

    EventSerdes serdes() {
        return EventSerdes.connect(new RegistrySettings(registryUrl, true, Map.of()));
    }

    ProcessHandle handle() {
        return process.handle();
    }

    /** Makes the topics under a prefix, with one that the hopping windows write to. */
    void createTopics(String prefix) throws ExecutionException, InterruptedException {
        try (var setup = TopicSetup.connect(connection(prefix))) {
            setup.apply(setup.plan(false), (short) 1);
        }
        admin.createTopics(List.of(new NewTopic(prefix + HoppingWindows.RATES, 8, (short) 1)))
                .all()
                .get();
    }

    /**
     * Publishes outcomes.
     *
     * @throws IOException if one was not taken: then there is nothing to measure
     */
    void publish(String prefix, Load load) throws IOException {
        try (var publisher = new OutcomePublisher(bootstrapServers, serdes().of(new Topics(prefix).testOutcomes()))) {
            load.stream().forEach(publisher::send);
            publisher.finish();
        }
    }

    /** Returns how many records of a topic a group has committed to have read. */
    long committed(String group, String topic) {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Returns the bytes that were written, compressed as they came, to all topics that match a pattern with {@code *}. */
    long bytesWritten(String topics) {
        try {
            return Long.parseLong(process.ask(topics));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        process.close();
    }
}
