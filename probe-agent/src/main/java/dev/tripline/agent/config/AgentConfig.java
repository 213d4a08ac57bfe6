package dev.tripline.agent.config;

import dev.tripline.service.Default;
import dev.tripline.service.KafkaConnection;
import dev.tripline.service.health.HealthConfig;
import dev.tripline.service.secrets.OwnPatterns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a probe agent.
 *
 * @param name name of the agent, unique in the fleet
 * @param location where the agent stands, such as {@code eu-west}
 * @param kafka where it publishes
 * @param dataDir folder of its own, where it keeps its identity; is made if it does not exist
 * @param probes what it runs; at least one, with different names
 * @param mask RE2 expressions of secrets to mask beside those that are known
 * @param health where it tells its health and metrics; null for nowhere
 */
public record AgentConfig(
        String name,
        @Default("local") String location,
        @Default("{}") KafkaConnection kafka,
        Path dataDir,
        List<ProbeConfig> probes,
        @Default("[]") List<String> mask,
        @Nullable HealthConfig health) {
    public AgentConfig {
        probes = List.copyOf(probes);
        mask = List.copyOf(mask);
    }

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    public List<String> problems(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        var problems = new ArrayList<String>();
        if (name.isBlank()) {
            problems.add(prefix + "name: must not be blank, got '" + name + "'");
        }
        if (location.isBlank()) {
            problems.add(prefix + "location: must not be blank, got '" + location + "'");
        }
        if (probes.isEmpty()) {
            problems.add(prefix + "probes: must name at least one probe, got []");
        }
        var names = new HashSet<String>();
        for (ProbeConfig probe : probes) {
            if (!names.add(probe.name())) {
                problems.add(prefix + "probes: names must differ, got '" + probe.name() + "' twice");
            }
        }
        problems.addAll(OwnPatterns.problems(prefix + "mask", mask));
        return List.copyOf(problems);
    }
}
