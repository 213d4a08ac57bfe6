package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.local.LocalBroker;
import dev.tripline.local.LocalStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    @Test
    void showsOnlyCommittedRecordsToCarefulReaders() {
        try (var broker = LocalBroker.start(dir, 0)) {
            // Given
            create(broker, "words", Map.of());
            try (var producer = producer(broker, Map.of("transactional.id", "writer"))) {
                producer.initTransactions();

                // When
                producer.beginTransaction();
                Future<RecordMetadata> aborted = producer.send(new ProducerRecord<>("words", "k", "aborted"));
                producer.abortTransaction();
                producer.beginTransaction();
                Future<RecordMetadata> committed = producer.send(new ProducerRecord<>("words", "k", "committed"));
                producer.commitTransaction();
                assertThat(aborted).isDone();
                assertThat(committed).succeedsWithin(Duration.ZERO);
            }

            // Then
            assertThat(values(read(broker, "words", 1))).containsExactly("committed");
        }
    }

    @Test
    void connectionsThatAnnounceLongRequestsCostNoMemoryAndHoldUpNobody() throws Exception {
        try (var broker = LocalBroker.start(dir, 0)) {
            int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
            var held = new ArrayList<Socket>();
            for (int i = 0; i < 400; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                held.add(socket);
                // A request's length, and its first bytes; 100 MiB is what Kafka takes by itself.
                int announced = i < 40 ? 100 << 20 : 1_000;
                socket.getOutputStream()
                        .write(ByteBuffer.allocate(8)
                                .putInt(announced)
                                .putInt(0x0012_0000)
                                .array());
            }

            for (Socket socket : held.subList(0, 40)) {
                assertThat(socket.getInputStream().read())
                        .as("closed by the broker")
                        .isEqualTo(-1);
            }
            create(broker, "words", Map.of());
            send(broker, "words", "alive");
            assertThat(values(read(broker, "words", 1))).containsExactly("alive");
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void goesOnWhereItWasAfterARestartOnTheSamePort() throws Exception {
        // Given
        int port;
        var group = Map.<String, Object>of("group.id", "reader");
        var partition = new TopicPartition("words", 0);
        try (var broker = LocalBroker.start(dir, 0)) {
            port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
            create(broker, "words", Map.of("cleanup.policy", "compact"));
            send(broker, "words", "before");
            try (var consumer = consumer(broker, group)) {
                consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
            }
        }

        // When
        try (var broker = LocalBroker.start(dir, port)) {
            send(broker, "words", "after");

            // Then
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(values(read(broker, "words", 2))).containsExactly("before", "after");
            try (var consumer = consumer(broker, group)) {
                assertThat(consumer.committed(Set.of(partition)).get(partition)).isEqualTo(new OffsetAndMetadata(1));
            }
        }
    }

    @Test
    void keepsWhatWasAcknowledgedWhenItsProcessIsKilled() throws IOException, InterruptedException {
        // Given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.inputReader()) {
            List<String> lines =
                    out.lines().takeWhile(line -> !line.equals("acknowledged")).toList();
            assertThat(process.isAlive()).as("%s", lines).isTrue();
        } finally {
            // When
            process.destroyForcibly().waitFor();
        }

        // Then
        try (var broker = LocalBroker.start(dir, 0)) {
            assertThat(values(read(broker, "words", BrokerProcess.RECORDS))).hasSize(BrokerProcess.RECORDS);
        }
    }

    @Test
    void stampsRecordsWithItsOwnTimeWhereATopicSaysSo() throws Exception {
        try (var broker = LocalBroker.start(dir, 0)) {
            // Given
            create(broker, "words", Map.of("message.timestamp.type", "LogAppendTime"));
            Instant lastYear = Instant.parse("2025-01-01T00:00:00Z");
            Instant start = Instant.now();

            // When
            try (var producer = producer(broker, Map.of())) {
                producer.send(new ProducerRecord<>("words", null, lastYear.toEpochMilli(), "k", "old"))
                        .get();
            }

            // Then
            Instant stamped =
                    Instant.ofEpochMilli(read(broker, "words", 1).get(0).timestamp());
            assertThat(stamped).isBetween(start.minusMillis(1), Instant.now());
        }
    }

    @Test
    void runsStreamsExactlyOnce() throws Exception {
        try (var broker = LocalBroker.start(dir.resolve("broker"), 0)) {
            // Given
            create(broker, "words", Map.of());
            create(broker, "counts", Map.of("cleanup.policy", "compact"));
            var builder = new StreamsBuilder();
            builder.stream("words", Consumed.with(Serdes.String(), Serdes.String()))
                    .groupByKey(Grouped.as("by-key"))
                    .count(Materialized.as("count"))
                    .toStream()
                    .mapValues(Object::toString)
                    .to("counts", Produced.with(Serdes.String(), Serdes.String()));
            var config = new StreamsConfig(Map.of(
                    "application.id",
                    "counter",
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "processing.guarantee",
                    "exactly_once_v2",
                    "commit.interval.ms",
                    "50",
                    "statestore.cache.max.bytes",
                    "0",
                    "default.key.serde",
                    Serdes.StringSerde.class,
                    "default.value.serde",
                    Serdes.StringSerde.class,
                    "state.dir",
                    dir.resolve("state").toString()));

            // When
            try (var streams = new KafkaStreams(builder.build(), config)) {
                streams.start();
                send(broker, "words", "a");
                send(broker, "words", "b");

                // Then
                assertThat(values(read(broker, "counts", 2))).containsExactly("1", "2");
            }
        }
    }

    @Test
    void makesNoTopicThatNobodyDeclared() {
        try (var broker = LocalBroker.start(dir, 0);
                var producer = producer(broker, Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("undeclared", "k", "v"))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> LocalBroker.start(dir, taken.getLocalPort()))
                    .isInstanceOf(LocalStartException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("choose another");
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void refusesASecondBrokerOverTheSameDirectory() {
        try (var broker = LocalBroker.start(dir, 0)) {
            assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> LocalBroker.start(dir, 0))
                    .isInstanceOf(LocalStartException.class)
                    .hasMessageContaining(dir.toString())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void bindsAFreePortForEach() throws IOException {
        Files.createDirectories(dir.resolve("one"));
        try (var one = LocalBroker.start(dir.resolve("one"), 0);
                var two = LocalBroker.start(dir.resolve("two"), 0)) {
            assertThat(one.bootstrapServers()).isNotEqualTo(two.bootstrapServers());
        }
    }

    static void create(LocalBroker broker, String topic, Map<String, String> settings) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var wanted = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings);
            admin.createTopics(List.of(wanted))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    static void send(LocalBroker broker, String topic, String value) throws Exception {
        try (var producer = producer(broker, Map.of())) {
            producer.send(new ProducerRecord<>(topic, "k", value)).get();
        }
    }

    private static KafkaProducer<String, String> producer(LocalBroker broker, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(LocalBroker broker, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static List<ConsumerRecord<String, String>> read(LocalBroker broker, String topic, int count) {
        var records = new ArrayList<ConsumerRecord<String, String>>();
        Instant end = Instant.now().plus(PATIENCE);
        try (var consumer = consumer(broker, Map.of())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (records.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }
}
