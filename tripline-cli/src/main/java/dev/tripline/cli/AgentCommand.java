package dev.tripline.cli;

import dev.tripline.agent.ProbeAgent;
import dev.tripline.agent.config.AgentConfig;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.ServiceRunner;
import dev.tripline.service.health.HealthServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tripline agent}: a probe agent on its own. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = "Runs probes on their schedules and publishes what they find, until it is stopped.",
        footerHeading = "%nExample of a configuration:%n",
        footer = {
            "  name: probe-1",
            "  data_dir: /var/lib/tripline-agent",
            "  probes:",
            "    - name: smoke",
            "      kind: command",
            "      environment: staging",
            "      every: 5m",
            "      timeout: 2m",
            "      argv: [pytest, --junitxml=report.xml]",
            "      working_dir: /srv/tests",
            "      reports: [report.xml]"
        })
final class AgentCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The agent's configuration, YAML.")
    private @Nullable Path config;

    @Override
    public Integer call() {
        if (config == null) {
            throw new IllegalStateException("picocli requires --config");
        }
        AgentConfig loaded = ConfigLoader.load(config, AgentConfig.class);
        var runner = new ServiceRunner();
        return runner.run(HealthServer.before(loaded.health(), List.of(ProbeAgent.of(loaded, runner::fail))))
                .code();
    }
}
