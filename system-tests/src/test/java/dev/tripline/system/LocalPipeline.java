package dev.tripline.system;

import dev.tripline.cli.Tripline;
import dev.tripline.cli.dev.DevSettings;
import dev.tripline.cli.dev.LocalMode;
import dev.tripline.events.EventSerde;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.RegistrySettings;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import dev.tripline.service.ExitCode;
import dev.tripline.service.ServiceRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Local mode in this JVM, as {@code tripline dev} runs it, on free ports. */
final class LocalPipeline implements AutoCloseable {
    /** What one call of the command printed and ended with. */
    record Call(int exitCode, String out, String err) {}

    private final DevSettings settings;
    private final ServiceRunner runner = new ServiceRunner();
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
    private final EventSerdes serdes;

    private LocalPipeline(DevSettings settings) {
        this.settings = settings;
        this.serdes = EventSerdes.connect(
                new RegistrySettings("http://127.0.0.1:" + settings.registryPort(), false, Map.of()));
    }

    /** Starts over a folder and returns once all services run. */
    static LocalPipeline start(Path data) throws Exception {
        var pipeline = new LocalPipeline(new DevSettings(data, freePort(), freePort(), null, null));
        var started = new CountDownLatch(1);
        var thread = new Thread(
                () -> {
                    try {
                        pipeline.ended.complete(
                                new LocalMode(pipeline.settings, pipeline.runner).run(started::countDown));
                    } catch (RuntimeException e) {
                        pipeline.ended.completeExceptionally(e);
                    }
                },
                "local-mode");
        thread.start();
        while (!started.await(100, TimeUnit.MILLISECONDS)) {
            if (pipeline.ended.isDone()) {
                throw new IllegalStateException("local mode ended with " + pipeline.ended.get() + " before it was up");
            }
        }
        return pipeline;
    }

    /** Calls {@code tripline} with arguments, and the addresses of this pipeline behind them. */
    Call tripline(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                "127.0.0.1:" + settings.port(),
                "--schema-registry",
                "http://127.0.0.1:" + settings.registryPort()));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Tripline.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Call(code, out.toString(), err.toString());
    }

    /** Folder of the local tracker's issues. */
    Path issues() {
        return settings.folderOf("sink").resolve("tracker");
    }

    /** Reads all committed records of a topic; the newest of each key, in order of its first. */
    <V extends SpecificRecord> Map<String, V> newest(Topic<V> topic) {
        var newest = new LinkedHashMap<String, V>();
        for (ConsumerRecord<String, byte[]> record : read(topic.name())) {
            newest.put(record.key(), serde(topic).read(record.value()));
        }
        return newest;
    }

    /** Reads all committed records of a topic. */
    <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        return read(topic.name()).stream()
                .map(record -> serde(topic).read(record.value()))
                .toList();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    String registryUrl() {
        return "http://127.0.0.1:" + settings.registryPort();
    }

    Topics topics() {
        return Topics.standard();
    }

    /** Stops as Ctrl-C does. */
    @Override
    public void close() {
        runner.stop();
        ExitCode code = ended.orTimeout(30, TimeUnit.SECONDS).join();
        if (code != ExitCode.OK) {
            throw new IllegalStateException("local mode ended with " + code);
        }
    }

    private <V extends SpecificRecord> EventSerde<V> serde(Topic<V> topic) {
        return serdes.of(topic);
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", "127.0.0.1:" + settings.port(), "isolation.level", "read_committed");
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            List<TopicPartition> partitions = found.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
