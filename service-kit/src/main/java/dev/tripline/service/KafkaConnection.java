package dev.tripline.service;

import dev.tripline.service.secrets.Disclosure;
import dev.tripline.service.secrets.KnownSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where Kafka and the Schema Registry are, and under which names.
 *
 * @param bootstrapServers addresses {@code host:port} of some brokers, separated by commas
 * @param topicPrefix what stands before each topic's name: letters, digits, hyphens and dots, ends with a dot
 * @param registry the Schema Registry
 * @param properties further settings of Kafka's clients as Kafka names them, such as {@code security.protocol}; may be
 *     empty
 */
public record KafkaConnection(
        @Default("127.0.0.1:9092") String bootstrapServers,
        @Default("tripline.") String topicPrefix,
        @Default("{}") RegistryConnection registry,
        @Default("{}") Map<String, String> properties) {
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    public KafkaConnection {
        properties = Map.copyOf(properties);
        properties.forEach(KnownSecrets.process()::rememberValue);
    }

    /** Returns the connection to local mode on its usual ports. */
    public static KafkaConnection local() {
        return new KafkaConnection("127.0.0.1:9092", "tripline.", RegistryConnection.local(), Map.of());
    }

    /** Returns what every Kafka client is made with: the properties and the brokers; a new map, by name. */
    public Map<String, Object> clientProperties() {
        var settings = new TreeMap<String, Object>(properties);
        settings.put(BOOTSTRAP_SERVERS, bootstrapServers);
        return settings;
    }

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    public List<String> problems(String path) {
        var problems = new ArrayList<String>();
        for (String server : bootstrapServers.split("\\s*,\\s*", -1)) {
            if (!server.matches("\\S+:\\d{1,5}") || Integer.parseInt(server.replaceFirst(".*:", "")) > 65_535) {
                problems.add(KeyNames.child(path, "bootstrap_servers")
                        + ": must be host:port addresses separated by commas, got '" + Disclosure.url(server) + "'");
            }
        }
        if (!topicPrefix.matches("([A-Za-z0-9-]+\\.)+")) {
            problems.add(KeyNames.child(path, "topic_prefix")
                    + ": must be letters, digits, hyphens and dots and end with a dot, got '" + topicPrefix + "'");
        }
        if (properties.containsKey(BOOTSTRAP_SERVERS)) {
            problems.add(KeyNames.child(KeyNames.child(path, "properties"), BOOTSTRAP_SERVERS)
                    + ": must be written as bootstrap_servers");
        }
        return List.copyOf(problems);
    }

    /** Returns the connection without the values of its properties: they may be secret. */
    @Override
    public String toString() {
        return "KafkaConnection[bootstrapServers=" + Disclosure.url(bootstrapServers) + ", topicPrefix=" + topicPrefix
                + ", registry=" + registry + ", properties=" + new TreeMap<>(properties).keySet() + "]";
    }
}
