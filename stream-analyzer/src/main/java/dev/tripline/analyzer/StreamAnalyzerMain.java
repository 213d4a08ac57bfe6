package dev.tripline.analyzer;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.ExitCode;
import dev.tripline.service.ServiceRunner;
import dev.tripline.service.health.HealthServer;
import java.nio.file.Path;
import java.util.List;

/** Starts the stream analyzer from its configuration file. */
public final class StreamAnalyzerMain {
    private StreamAnalyzerMain() {}

    /** Runs with the configuration file as the only argument. */
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage: stream-analyzer CONFIG.yaml");
            System.exit(ExitCode.CANNOT_START.code());
        }
        System.exit(run(Path.of(args[0])).code());
    }

    /** Runs the analyzer until it is told to stop or fails. */
    public static ExitCode run(Path configFile) {
        AnalyzerConfig config;
        try {
            config = ConfigLoader.load(configFile, AnalyzerConfig.class);
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return ExitCode.CANNOT_START;
        }
        var runner = new ServiceRunner();
        return runner.run(HealthServer.before(config.health(), List.of(new StreamAnalyzer(config, runner::fail))));
    }
}
