package dev.tripline.cli.dev;

import dev.tripline.analyzer.AnalyzerConfig;
import dev.tripline.analyzer.StreamAnalyzer;
import dev.tripline.analyzer.publish.RulesPublisher;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.Service;
import dev.tripline.sink.IssueSink;
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
            (settings, onFailure) -> new IssueSink(LocalSink.of(settings), onFailure, InstantSource.system()));

    /** A process that went away is forgotten soon, so that the next one need not wait for it. */
    private static final String SESSION_TIMEOUT = "main.consumer.session.timeout.ms";

    private static final String FORGOTTEN_AFTER_MILLIS = "6000";

    private static final String ANALYZER_GROUP = "tripline-analyzer";

    private static final Duration PROMPTLY = Duration.ofMillis(100);

    private LocalServices() {}

    /** Returns the consumer groups of the services, which no other process is in. */
    static List<String> groups(DevSettings settings) {
        return List.of(ANALYZER_GROUP, LocalSink.of(settings).group());
    }

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
                0,
                List.of(),
                null);
    }
}
