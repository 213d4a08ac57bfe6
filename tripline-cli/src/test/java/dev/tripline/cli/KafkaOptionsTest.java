package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.service.ConfigException;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class KafkaOptionsTest {
    @Command
    static final class Any {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();
    }

    private static KafkaConnection parse(String... args) {
        return CommandLine.populateCommand(new Any(), args).kafka.connection();
    }

    @Test
    void isLocalModeWithoutOptions() {
        assertThat(parse()).isEqualTo(KafkaConnection.local());
    }

    @Test
    void takesEveryOption(@TempDir Path folder) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("client.properties"), """
                security.protocol=SASL_SSL
                bootstrap.servers=of-the-file:1
                schema.registry.url=http://of-the-file
                schema.registry.ssl.truststore.location=/etc/trust.p12
                basic.auth.user.info=me:hunter2
                """);

        // When
        KafkaConnection connection = parse(
                "--bootstrap-servers=kafka:9093",
                "--schema-registry=https://registry",
                "--topic-prefix=acme.",
                "--kafka-config=" + file);

        // Then
        assertThat(connection)
                .isEqualTo(new KafkaConnection(
                        "kafka:9093",
                        "acme.",
                        new RegistryConnection(
                                "https://registry",
                                false,
                                Map.of(
                                        "schema.registry.ssl.truststore.location",
                                        "/etc/trust.p12",
                                        "basic.auth.user.info",
                                        "me:hunter2")),
                        Map.of("security.protocol", "SASL_SSL")));
        assertThat(parse("--kafka-config=" + file))
                .satisfies(fromFile -> assertThat(fromFile.bootstrapServers()).isEqualTo("of-the-file:1"))
                .satisfies(fromFile -> assertThat(fromFile.registry().url()).isEqualTo("http://of-the-file"));
    }

    @Test
    void namesAllOptionsThatCannotWork() {
        assertThatThrownBy(() -> parse(
                        "--bootstrap-servers=kafka", "--schema-registry=registry:8081", "--topic-prefix=my_prefix"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "--bootstrap-servers: must be host:port addresses separated by commas, got 'kafka'",
                        "--schema-registry: must be http:// or https:// addresses separated by commas, got"
                                + " 'registry:8081'",
                        "--topic-prefix: must be letters, digits, hyphens and dots and end with a dot, got"
                                + " 'my_prefix'");
        assertThatThrownBy(() -> parse("--kafka-config=/gone/client.properties"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/gone/client.properties");
    }
}
