package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    @Test
    void isLocalModeWithoutConfiguration() {
        KafkaConnection connection = ConfigLoader.read("", "test", KafkaConnection.class);

        assertThat(connection).isEqualTo(KafkaConnection.local());
        assertThat(connection.bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(connection.topicPrefix()).isEqualTo("tripline.");
        assertThat(connection.registry()).isEqualTo(new RegistryConnection("http://127.0.0.1:8081", false, Map.of()));
        assertThat(connection.properties()).isEmpty();
    }

    @Test
    void readsEveryField() {
        // Given
        String yaml = """
                bootstrap_servers: kafka-1.example:9093, kafka-2.example:9093
                topic_prefix: acme.quality.
                registry:
                  url: https://registry.example/apis/ccompat/v7
                  auto_register: true
                  properties:
                    basic.auth.credentials.source: USER_INFO
                properties:
                  security.protocol: SASL_SSL
                  linger.ms: 20
                """;

        // When
        KafkaConnection connection = ConfigLoader.read(yaml, "test", KafkaConnection.class);

        // Then
        assertThat(connection)
                .isEqualTo(new KafkaConnection(
                        "kafka-1.example:9093, kafka-2.example:9093",
                        "acme.quality.",
                        new RegistryConnection(
                                "https://registry.example/apis/ccompat/v7",
                                true,
                                Map.of("basic.auth.credentials.source", "USER_INFO")),
                        Map.of("security.protocol", "SASL_SSL", "linger.ms", "20")));
        assertThat(connection.getClass().getRecordComponents()).hasSize(4);
        assertThat(connection.registry().getClass().getRecordComponents()).hasSize(3);
        assertThat(connection.clientProperties())
                .containsExactly(
                        Map.entry("bootstrap.servers", "kafka-1.example:9093, kafka-2.example:9093"),
                        Map.entry("linger.ms", "20"),
                        Map.entry("security.protocol", "SASL_SSL"));
    }

    @Test
    void listsAllThatCannotWork() {
        String yaml = """
                bootstrap_servers: kafka-1, kafka-2:99999
                topic_prefix: my_prefix
                registry: { url: "registry:8081" }
                properties: { bootstrap.servers: "a:1" }
                """;

        var refusal = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.read(yaml, "test", KafkaConnection.class));

        assertThat(refusal.problems())
                .containsExactly(
                        "registry.url: must be http:// or https:// addresses separated by commas, got 'registry:8081'",
                        "bootstrap_servers: must be host:port addresses separated by commas, got 'kafka-1'",
                        "bootstrap_servers: must be host:port addresses separated by commas, got 'kafka-2:99999'",
                        "topic_prefix: must be letters, digits, hyphens and dots and end with a dot, got 'my_prefix'",
                        "properties['bootstrap.servers']: must be written as bootstrap_servers");
    }

    @Test
    void showsNoValueThatMayBeSecret() {
        var connection = new KafkaConnection(
                "a:1",
                "t.",
                new RegistryConnection("http://r", false, Map.of("basic.auth.user.info", "me:hunter2")),
                Map.of("sasl.jaas.config", "password=hunter2"));

        assertThat(connection.toString())
                .contains("sasl.jaas.config", "basic.auth.user.info")
                .doesNotContain("hunter2");
    }

    @Test
    void doesNotRepeatAPasswordInAnAddress() {
        var refusal = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.read(
                        "registry: {url: 'http://me:hunter2@registry'}", "test", KafkaConnection.class));

        assertThat(refusal).hasMessageContaining("basic.auth.user.info").hasMessageNotContaining("hunter2");
    }
}
