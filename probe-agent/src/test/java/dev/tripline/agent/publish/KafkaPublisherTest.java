package dev.tripline.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.events.Deployment;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
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
import org.apache.kafka.common.errors.RecordTooLargeException;
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

    /** Such an outcome was refused again and again, and with it its whole run. */
    @Test
    void shortensAnOutcomeThatDoesNotFitIntoARecord() throws Exception {
        // Given
        var whole = new KafkaPublisher(producer(true), serdes, Topics.standard());
        TestOutcome outcome = outcome(Map.of("log", "x".repeat(1_100_000)));

        // When
        publisher.publish(outcome);
        whole.publish(outcome(Map.of()));

        // Then
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.value().length).isLessThan(512 * 1024);
            TestOutcome sent = serdes.of(Topics.standard().testOutcomes()).read(record.value());
            assertThat(sent.getFailure().getMessage())
                    .hasSizeLessThanOrEqualTo(1_000)
                    .endsWith("…");
            assertThat(sent.getFailure().getTruncated()).isTrue();
            assertThat(sent)
                    .usingRecursiveComparison()
                    .ignoringFields("attributes", "failure", "earlierFailures", "tags")
                    .isEqualTo(outcome);
        });
    }

    @Test
    void learnsWhatThisKafkaTakesAtMost() throws Exception {
        // Given
        TestOutcome outcome = outcome(Map.of("log", "x".repeat(200_000)));
        publisher.publish(outcome);
        producer.errorNext(new RecordTooLargeException("too large"));

        // When
        assertThatThrownBy(publisher::flush)
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("max.message.bytes");
        Publisher another = publisher.another();
        another.publish(outcome);

        // Then
        assertThat(producer.history()).hasSize(2);
        assertThat(producer.history().get(1).value().length).isLessThan(10_000);
    }

    /** A Kafka that takes next to nothing kept the agent shortening the same message for ever. */
    @Test
    void endsShorteningWhenNothingIsLeftToBeTaken() throws Exception {
        // Given
        TestOutcome outcome = outcome(Map.of("log", "x".repeat(200_000)));
        for (int i = 0; i < 16; i++) {
            publisher.publish(outcome);
            producer.errorNext(new RecordTooLargeException("too large"));
            assertThatThrownBy(publisher::flush).isInstanceOf(PublishException.class);
        }

        // When
        publisher.publish(outcome);

        // Then
        assertThat(producer.history()).hasSize(17);
    }

    @Test
    void hearsOfItsOwnRecordsOnly() throws Exception {
        // Given
        Publisher another = publisher.another();
        publisher.publish(DEPLOYMENT);

        // Then
        another.flush();
        another.close();
        producer.errorNext(new TimeoutException("expired"));
        another.flush();
        assertThatThrownBy(publisher::flush).isInstanceOf(PublishException.class);
        assertThat(producer.closed()).isFalse();
    }

    @Test
    void keepsItsPromisesWhateverTheSettingsSay() {
        assertThat(KafkaPublisher.settings(
                        Map.of("acks", "0", "enable.idempotence", "false", "compression.type", "lz4")))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("compression.type", "lz4");
        assertThat(KafkaPublisher.settings(Map.of())).containsEntry("delivery.timeout.ms", "60000");
        // Kafka refuses a delivery that may take less than a request.
        assertThat(KafkaPublisher.settings(Map.of("request.timeout.ms", "90000")))
                .containsEntry("delivery.timeout.ms", "90010");
    }

    private static TestOutcome outcome(Map<String, String> attributes) {
        return TestOutcome.newBuilder()
                .setEnvironment("staging")
                .setSuite("s")
                .setTest("t")
                .setLocation("eu")
                .setSource("epoch")
                .setRun(1)
                .setStatus(OutcomeStatus.FAILED)
                .setStartedAt(Instant.EPOCH)
                .setEndedAt(Instant.EPOCH)
                .setFailure(Failure.newBuilder()
                        .setMessage("m".repeat(16_000))
                        .setDetails("d".repeat(64_000))
                        .build())
                .setTags(List.of("tag"))
                .setAttributes(attributes)
                .build();
    }

    private static MockProducer<String, byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(autoComplete, null, new StringSerializer(), new ByteArraySerializer());
    }
}
