package dev.tripline.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaNoiseTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> shown = new ListAppender<>();

    @BeforeEach
    void install() {
        context.addTurboFilter(new KafkaNoise());
        shown.start();
        var root = context.getLogger("ROOT");
        root.setLevel(Level.WARN);
        root.addAppender(shown);
        // As logback.xml does: the filter sees what the level hides.
        context.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
    }

    @Test
    void saysOnceThatKafkaDoesNotAnswerHoweverManyClientsTry() {
        var client = context.getLogger("org.apache.kafka.clients.NetworkClient");

        for (int i = 0; i < 10; i++) {
            client.warn(
                    "Connection to node {} ({}) could not be established. Node may not be available.",
                    -1,
                    "localhost/127.0.0.1:9092");
        }

        assertThat(shown.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("waiting for Kafka: 127.0.0.1:9092 does not answer");
    }

    @Test
    void saysWhyAHostCannotBeFound() {
        context.getLogger("org.apache.kafka.clients.NetworkClient")
                .warn(
                        "Error connecting to node {}",
                        "kafka-1:9092 (id: 1 rack: null)",
                        new UnknownHostException("kafka-1"));

        assertThat(shown.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("waiting for Kafka: ")
                .contains("kafka-1:9092")
                .endsWith(": kafka-1");
    }

    /** A firewall that drops packets refuses nothing. */
    @Test
    void saysThatANodeDoesNotAnswerInTime() {
        context.getLogger("org.apache.kafka.clients.NetworkClient")
                .info(
                        "Disconnecting from node {} due to socket connection setup timeout. The timeout value is {} ms.",
                        "-1",
                        10_000L);

        assertThat(shown.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("waiting for Kafka: node -1 does not answer");
    }

    @Test
    void saysThatATopicIsNotThereAndHowItIsMade() {
        context.getLogger("org.apache.kafka.clients.NetworkClient")
                .warn(
                        "Error while fetching metadata with correlation id {} : {}",
                        7,
                        Map.of("tripline.test-outcomes", "UNKNOWN_TOPIC_OR_PARTITION"));

        assertThat(shown.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "waiting for a topic that is not there: "
                                + "{tripline.test-outcomes=UNKNOWN_TOPIC_OR_PARTITION}; 'tripline topics apply' makes the topics");
    }

    @Test
    void keepsBackWhatIsOrdinary() {
        context.getLogger("kafka.server.ReplicaManager")
                .error("Error processing append operation on partition x", new OutOfOrderSequenceException("5"));
        context.getLogger("kafka.server.ControllerApis")
                .error("Unexpected error", new CompletionException(new NotControllerException("n")));
        context.getLogger("org.apache.kafka.clients.producer.internals.Sender")
                .warn(
                        "Got error produce response, retrying ({} attempts left). Error: {}",
                        3,
                        "CONCURRENT_TRANSACTIONS");
        context.getLogger("org.apache.kafka.streams.StreamsConfig").warn("It's recommended to set");

        assertThat(shown.list).isEmpty();
    }

    @Test
    void showsTheRest() {
        context.getLogger("kafka.server.ReplicaManager")
                .error("Error processing append operation", new RuntimeException());
        context.getLogger("org.apache.kafka.clients.NetworkClient").error("something else");
        context.getLogger("dev.tripline.sink").warn("retrying (1 attempts left)");

        assertThat(shown.list).hasSize(3);
    }

    @Test
    void keepsNothingBackAtDebug() {
        var sender = context.getLogger("org.apache.kafka.clients.producer.internals.Sender");
        sender.setLevel(Level.DEBUG);

        sender.warn("Got error produce response, retrying ({} attempts left)", 3);

        assertThat(shown.list).hasSize(1);
    }
}
