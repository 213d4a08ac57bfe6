package dev.tripline.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.events.Deployment;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
    private static final Deployment DEPLOYMENT = Deployment.newBuilder()
            .setEnvironment("staging")
            .setService("a/b")
            .setRevision("r")
            .setDeployedAt(Instant.EPOCH)
            .build();

    private final EventSerdes serdes = new EventSerdes(new MockSchemaRegistryClient(), true);
    private final MockProducer<String, byte[]> producer = producer(false);
    private final KafkaPublisher publisher = new KafkaPublisher(producer, serdes, Topics.standard());

    @Test
    void writesReadableKeysAndAvroValues() throws Exception {
        // When
        publisher.publish(DEPLOYMENT);

        // Then
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("tripline.deployments");
            assertThat(record.key()).isEqualTo("staging/a%2Fb");
            assertThat(serdes.of(Topics.standard().deployments()).read(record.value()))
                    .isEqualTo(DEPLOYMENT);
        });
    }

    @Test
    void namesTheRecordThatFailed() throws Exception {
        // Given
        publisher.publish(DEPLOYMENT);
        producer.errorNext(new TimeoutException("expired"));

        // Then
        assertThatThrownBy(publisher::flush)
                .isInstanceOf(PublishException.class)
                .hasMessage("cannot publish 'staging/a%2Fb' to tripline.deployments: expired");
        publisher.flush();
    }

    @Test
    void saysThatTheRegistryDoesNotKnowTheSchema() {
        var strict = new KafkaPublisher(
                producer(true), new EventSerdes(new MockSchemaRegistryClient(), false), Topics.standard());

        assertThatThrownBy(() -> strict.publish(DEPLOYMENT)).isInstanceOf(PublishException.class);
    }

    @Test
    void waitsForARegistryThatIsAway() throws Exception {
        // Given
        var asked = new AtomicInteger();
        var comesBack = new MockSchemaRegistryClient() {
            @Override
            public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
                if (asked.incrementAndGet() < 3) {
                    throw new ConnectException("Connection refused");
                }
                return super.register(subject, schema);
            }
        };
        var patient = new KafkaPublisher(
                producer, new EventSerdes(comesBack, true), Topics.standard(), Duration.ofSeconds(30));

        // When
        patient.publish(DEPLOYMENT);

        // Then
        assertThat(asked).hasValue(3);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void keepsItsPromisesWhateverTheSettingsSay() {
        assertThat(KafkaPublisher.settings(
                        Map.of("acks", "0", "enable.idempotence", "false", "compression.type", "lz4")))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("compression.type", "lz4");
        assertThat(List.copyOf(KafkaPublisher.settings(Map.of()).keySet())).contains("delivery.timeout.ms");
    }

    private static MockProducer<String, byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(autoComplete, null, new StringSerializer(), new ByteArraySerializer());
    }
}
