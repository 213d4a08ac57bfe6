package dev.tripline.cli;

import dev.tripline.service.ConfigException;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to Kafka. Without any of them it is local mode on its usual ports. */
public final class KafkaOptions {
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String REGISTRY_URL = "schema.registry.url";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            description = "Some of Kafka's brokers. Default: 127.0.0.1:9092, where 'tripline dev' listens.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "The Schema Registry. Default: http://127.0.0.1:8081.")
    private @Nullable String schemaRegistry;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "What stands before the names of topics. Default: tripline.")
    private @Nullable String topicPrefix;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = {
                "Java properties for Kafka's clients, such as security.protocol.",
                "Those that begin with schema.registry., basic.auth. or bearer.auth. are for the Schema Registry."
            })
    private @Nullable Path kafkaConfig;

    /**
     * Returns the connection the options describe. Writers do not register schemas.
     *
     * @throws ConfigException if the file cannot be read or a value cannot be used
     */
    public KafkaConnection connection() {
        var kafka = new TreeMap<String, String>();
        var registry = new TreeMap<String, String>();
        if (kafkaConfig != null) {
            read(kafkaConfig, kafka, registry);
        }
        KafkaConnection local = KafkaConnection.local();
        var connection = new KafkaConnection(
                first(bootstrapServers, kafka.remove(BOOTSTRAP_SERVERS), local.bootstrapServers()),
                first(topicPrefix, null, local.topicPrefix()),
                new RegistryConnection(
                        first(
                                schemaRegistry,
                                registry.remove(REGISTRY_URL),
                                local.registry().url()),
                        false,
                        registry),
                kafka);
        var problems = new ArrayList<>(connection.problems(""));
        problems.addAll(connection.registry().problems("registry"));
        if (!problems.isEmpty()) {
            throw new ConfigException(
                    "the connection to Kafka",
                    problems.stream().map(KafkaOptions::asOption).toList());
        }
        return connection;
    }

    private static String first(@Nullable String option, @Nullable String file, String local) {
        return option != null ? option : file != null ? file : local;
    }

    private static String asOption(String problem) {
        return problem.replaceFirst("^bootstrap_servers:", "--bootstrap-servers:")
                .replaceFirst("^topic_prefix:", "--topic-prefix:")
                .replaceFirst("^registry\\.url:", "--schema-registry:");
    }

    private static void read(Path file, Map<String, String> kafka, Map<String, String> registry) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(file.toString(), List.of("cannot be read: " + e));
        }
        for (String name : properties.stringPropertyNames()) {
            boolean forRegistry = name.startsWith("schema.registry.")
                    || name.startsWith("basic.auth.")
                    || name.startsWith("bearer.auth.");
            (forRegistry ? registry : kafka).put(name, properties.getProperty(name));
        }
    }
}
