package dev.tripline.cli.dev;

import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What local mode is started with.
 *
 * @param data folder that holds everything it remembers; made if absent
 * @param port where Kafka listens on 127.0.0.1; 1 to 65535
 * @param registryPort where the Schema Registry listens on 127.0.0.1; 1 to 65535, another one
 * @param rules rules file; null for the rules without configuration
 * @param sink settings of the issue sink; null for Markdown files in the folder
 */
public record DevSettings(
        Path data,
        int port,
        int registryPort,
        @Nullable Path rules,
        @Nullable Path sink) {

    /** Returns how services in and outside this process reach Kafka and the registry. Writers may register schemas. */
    public KafkaConnection connection() {
        return new KafkaConnection(
                "127.0.0.1:" + port,
                KafkaConnection.local().topicPrefix(),
                new RegistryConnection("http://127.0.0.1:" + registryPort, true, Map.of()),
                Map.of());
    }

    /** Returns the folder a service may keep its state in. */
    public Path folderOf(String service) {
        return data.resolve(service);
    }
}
