package dev.tripline.analyzer;

import dev.tripline.service.Default;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.health.HealthConfig;
import dev.tripline.service.secrets.OwnPatterns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the stream analyzer.
 *
 * @param kafka where Kafka and the Schema Registry are
 * @param applicationId name of the Kafka Streams application: its consumer group and the prefix of its change logs
 * @param stateDir folder of its local state; restored from Kafka when it is lost
 * @param threads stream threads; 1 to 64
 * @param flushInterval wall time between two flushes of the per-test stage; 10 ms to 10 s
 * @param commitInterval wall time between two commits, and so the delay of results for readers of committed records; 10 ms
 *     to 30 s
 * @param standbyReplicas copies of the state that other instances keep; 0 to 3
 * @param mask RE2 expressions of secrets to mask beside those that are known
 * @param health where it tells its health and metrics; null for nowhere
 */
public record AnalyzerConfig(
        @Default("{}") KafkaConnection kafka,
        @Default("tripline-analyzer") String applicationId,
        @Default("tripline-data/analyzer") Path stateDir,
        @Default("2") int threads,
        @Default("100ms") Duration flushInterval,
        @Default("100ms") Duration commitInterval,
        @Default("0") int standbyReplicas,
        @Default("[]") List<String> mask,
        @Nullable HealthConfig health) {
    public AnalyzerConfig {
        mask = List.copyOf(mask);
    }

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    List<String> problems(String path) {
        var problems = new ArrayList<String>();
        String prefix = path.isEmpty() ? "" : path + ".";
        if (!applicationId.matches("[A-Za-z0-9.-]{1,100}")) {
            problems.add(
                    prefix + "application_id: must be letters, digits, dots and hyphens, got '" + applicationId + "'");
        }
        between(problems, prefix + "threads", threads, 1, 64);
        between(problems, prefix + "standby_replicas", standbyReplicas, 0, 3);
        between(problems, prefix + "flush_interval", flushInterval, Duration.ofMillis(10), Duration.ofSeconds(10));
        between(problems, prefix + "commit_interval", commitInterval, Duration.ofMillis(10), Duration.ofSeconds(30));
        problems.addAll(OwnPatterns.problems(prefix + "mask", mask));
        return List.copyOf(problems);
    }

    private static <T extends Comparable<T>> void between(
            List<String> problems, String path, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(path + ": must be " + least + " to " + most + ", got " + value);
        }
    }
}
