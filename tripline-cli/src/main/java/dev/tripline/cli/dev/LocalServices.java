package dev.tripline.cli.dev;

import dev.tripline.analyzer.AnalyzerConfig;
import dev.tripline.analyzer.StreamAnalyzer;
import dev.tripline.analyzer.publish.RulesPublisher;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.Service;
import dev.tripline.sink.IssueSink;
import dev.tripline.sink.config.SinkConfig;
import dev.tripline.sink.config.TrackerConfig;
import dev.tripline.sink.filing.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The services local mode runs on its broker and registry. */
final class LocalServices {
    /** Makes one service. */
    interface Factory {
        /**
         * Makes the service; {@link Service#start} starts it.
         *
         * @param onFailure what the service tells when it fails while it runs
         */
        Service make(DevSettings settings, Consumer<Throwable> onFailure);
    }

    /** In the order they start: one line each. */
    static final List<Factory> ALL = List.of(
            (settings, onFailure) -> new Started("rules", () -> applyRules(settings)),
            (settings, onFailure) -> new StreamAnalyzer(analyzer(settings), onFailure),
            (settings, onFailure) -> new IssueSink(sink(settings), onFailure, InstantSource.system()));

    /** A process that went away is forgotten soon, so that the next one need not wait for it. */
    private static final String SESSION_TIMEOUT = "main.consumer.session.timeout.ms";

    private static final String FORGOTTEN_AFTER_MILLIS = "6000";

    private static final String ANALYZER_GROUP = "tripline-analyzer";
    private static final String SINK_GROUP = "tripline-issue-sink";

    /** Consumer groups of the services, which no other process is in. */
    static final List<String> GROUPS = List.of(ANALYZER_GROUP, SINK_GROUP);

    private static final Duration PROMPTLY = Duration.ofMillis(100);

    /** Time for the other tests of a run to fail before the first of them gives an issue its title. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private LocalServices() {}

    private static Started.Running applyRules(DevSettings settings) {
        @Nullable Path file = settings.rules();
        if (file != null) {
            var version = RulesReader.ruleSet(file, Instant.now(), "dev");
            try (var publisher = RulesPublisher.connect(settings.connection())) {
                publisher.publish(version, RulesReader.namedEnvironments(version), "dev");
            }
        }
        return () -> {};
    }

    private static AnalyzerConfig analyzer(DevSettings settings) {
        KafkaConnection connection = settings.connection();
        return new AnalyzerConfig(
                new KafkaConnection(
                        connection.bootstrapServers(),
                        connection.topicPrefix(),
                        connection.registry(),
                        Map.of(SESSION_TIMEOUT, FORGOTTEN_AFTER_MILLIS)),
                ANALYZER_GROUP,
                settings.folderOf("analyzer"),
                1,
                PROMPTLY,
                PROMPTLY,
                0);
    }

    private static SinkConfig sink(DevSettings settings) {
        return new SinkConfig(
                settings.connection(),
                SINK_GROUP,
                new TrackerConfig.Local(settings.folderOf("sink")),
                List.of(),
                Severity.LOW,
                SETTLE);
    }
}
