package dev.tripline.sink.config;

import dev.tripline.service.Default;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.health.HealthConfig;
import dev.tripline.service.secrets.OwnPatterns;
import dev.tripline.sink.filing.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the issue sink.
 *
 * @param kafka where incidents are read and issues recorded
 * @param group consumer group the sinks share; the one that owns the incidents files
 * @param tracker where issues are filed
 * @param markerKeys keys of the markers; the first signs, all verify. May be empty with the local tracker, which makes one
 * @param minSeverity incidents below are not filed
 * @param fileAfter time a new incident has to settle before it is filed; 0 or more
 * @param mask RE2 expressions of secrets to mask beside those that are known
 * @param health where it tells its health and metrics; null for nowhere
 */
public record SinkConfig(
        @Default("{}") KafkaConnection kafka,
        @Default("tripline-issue-sink") String group,
        @Default("{kind: local}") TrackerConfig tracker,
        @Default("[]") List<MarkerKeyConfig> markerKeys,
        @Default("low") Severity minSeverity,
        @Default("5s") Duration fileAfter,
        @Default("[]") List<String> mask,
        @Nullable HealthConfig health) {
    public SinkConfig {
        markerKeys = List.copyOf(markerKeys);
        mask = List.copyOf(mask);
    }

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    List<String> problems(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        var problems = new ArrayList<String>();
        if (group.isBlank()) {
            problems.add(prefix + "group: must not be empty, got ''");
        }
        if (markerKeys.isEmpty() && tracker instanceof TrackerConfig.GitHub) {
            problems.add(prefix + "marker_keys: must hold at least one key, got none");
        }
        if (fileAfter.isNegative()) {
            problems.add(prefix + "file_after: must be at least 0ms, got " + fileAfter.toMillis() + "ms");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < markerKeys.size(); i++) {
            MarkerKeyConfig key = markerKeys.get(i);
            String at = prefix + "marker_keys[" + i + "]";
            if (!key.id().matches("[A-Za-z0-9._-]{1,64}")) {
                problems.add(at + ".id: must be 1 to 64 letters, digits, dots, hyphens or underscores, got '" + key.id()
                        + "'");
            }
            if (!ids.add(key.id())) {
                problems.add(at + ".id: must differ from the others, got '" + key.id() + "' again");
            }
            if (key.secret().reveal().getBytes(StandardCharsets.UTF_8).length < 16) {
                problems.add(at + ".secret: must have at least 16 bytes");
            }
        }
        problems.addAll(OwnPatterns.problems(prefix + "mask", mask));
        return List.copyOf(problems);
    }
}
