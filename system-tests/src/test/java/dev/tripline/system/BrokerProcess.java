package dev.tripline.system;

import dev.tripline.local.LocalBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker in a process of its own that says when its records are acknowledged and then waits to be killed. */
final class BrokerProcess {
    static final int RECORDS = 100;

    private BrokerProcess() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var broker = LocalBroker.start(Path.of(arguments[0]), 0);
        LocalBrokerIT.create(broker, "words", Map.of());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>("words", "k", "word " + i)).get();
            }
        }
        System.out.println("acknowledged");
        Thread.currentThread().join();
    }
}
