package dev.tripline.cli.dev;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.KafkaConnection;
import dev.tripline.sink.config.SinkConfig;
import dev.tripline.sink.config.TrackerConfig;
import dev.tripline.sink.filing.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Settings of the issue sink in local mode: a file's or the usual ones, always on local mode's own Kafka. */
final class LocalSink {
    /** Time for the other tests of a run to fail before the first of them gives an issue its title. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private LocalSink() {}

    /**
     * Returns the settings.
     *
     * @throws ConfigException if the file cannot be read, has problems, or names another Kafka or Schema Registry
     */
    static SinkConfig of(DevSettings settings) {
        KafkaConnection own = settings.connection();
        var tracker = new TrackerConfig.Local(settings.folderOf("sink"));
        Path file = settings.sink();
        if (file == null) {
            return new SinkConfig(
                    own, "tripline-issue-sink", tracker, List.of(), Severity.LOW, SETTLE, List.of(), null);
        }
        SinkConfig config = ConfigLoader.load(file, SinkConfig.class);
        if (ConfigLoader.isGiven(file, "kafka")) {
            List<String> problems = contradictions(config.kafka(), own);
            if (!problems.isEmpty()) {
                throw new ConfigException(file.toString(), problems);
            }
        }
        return new SinkConfig(
                own,
                config.group(),
                ConfigLoader.isGiven(file, "tracker") ? config.tracker() : tracker,
                config.markerKeys(),
                config.minSeverity(),
                config.fileAfter(),
                config.mask(),
                null);
    }

    private static List<String> contradictions(KafkaConnection given, KafkaConnection own) {
        var problems = new ArrayList<String>();
        compare(problems, "kafka.bootstrap_servers", given.bootstrapServers(), own.bootstrapServers());
        compare(problems, "kafka.topic_prefix", given.topicPrefix(), own.topicPrefix());
        compare(
                problems,
                "kafka.registry.url",
                given.registry().url().replaceAll("/+$", ""),
                own.registry().url());
        if (!given.properties().isEmpty()) {
            problems.add("kafka.properties: must be left out in local mode, got "
                    + given.properties().keySet().stream().sorted().toList());
        }
        return problems;
    }

    private static void compare(List<String> problems, String path, String given, String own) {
        if (!given.replace("localhost", "127.0.0.1").equals(own)) {
            problems.add(path + ": must be local mode's own, " + own + ", or left out, got '" + given + "'");
        }
    }
}
