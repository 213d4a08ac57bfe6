package dev.tripline.cli;

import dev.tripline.local.LocalRegistry;
import dev.tripline.service.Service;
import dev.tripline.service.ServiceRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tripline registry}: the registry of local mode on its own. */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the Schema Registry of local mode on its own, until it is stopped: for containers where"
                    + " Confluent's image cannot be had. It speaks the part of Confluent's interface that clients use, and knows neither users nor TLS."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline registry --data /var/lib/tripline/registry",
            "  tripline registry --host 0.0.0.0 --name schema-registry"
        })
final class RegistryCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that holds the schemas. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of("tripline-data/registry");

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address it listens on. Default: ${DEFAULT-VALUE}; 0.0.0.0 only in a closed network.")
    private String host = "127.0.0.1";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name by which others call it; may be repeated. It answers under no other.")
    private List<String> names = List.of();

    @Option(names = "--port", paramLabel = "PORT", description = "Its port. Default: ${DEFAULT-VALUE}")
    private int port = 8081;

    @Override
    public Integer call() {
        return new ServiceRunner().run(List.of(new Registry())).code();
    }

    /** The registry from start to close. */
    private final class Registry implements Service {
        private @Nullable LocalRegistry running;

        @Override
        public String name() {
            return "schema registry";
        }

        @Override
        public synchronized void start() {
            running = LocalRegistry.start(data, host, port, Set.copyOf(names));
        }

        @Override
        public synchronized void close() {
            if (running != null) {
                running.close();
                running = null;
            }
        }
    }
}
