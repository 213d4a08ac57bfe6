package dev.tripline.sink;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.ExitCode;
import dev.tripline.service.ServiceRunner;
import dev.tripline.service.health.HealthServer;
import dev.tripline.sink.config.SinkConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the issue sink on its own, until it is told to stop. */
public final class IssueSinkMain {
    private static final Logger LOG = LoggerFactory.getLogger(IssueSinkMain.class);

    private IssueSinkMain() {}

    /**
     * Starts with one argument, the file with the settings.
     *
     * @see ExitCode
     */
    public static void main(String[] args) {
        if (args.length != 1) {
            LOG.error("usage: IssueSinkMain FILE, got {} arguments", args.length);
            System.exit(ExitCode.CANNOT_START.code());
        }
        try {
            System.exit(run(Path.of(args[0])).code());
        } catch (ConfigException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> LOG.error("{}", line));
            System.exit(ExitCode.CANNOT_START.code());
        }
    }

    /**
     * Runs the sink until it is told to stop.
     *
     * @throws ConfigException if the file cannot be read or has problems
     */
    public static ExitCode run(Path file) {
        SinkConfig config = ConfigLoader.load(file, SinkConfig.class);
        var runner = new ServiceRunner();
        return runner.run(HealthServer.before(
                config.health(), List.of(new IssueSink(config, runner::fail, InstantSource.system()))));
    }

    /**
     * Returns what the sink would do, one line for each incident, worst first.
     *
     * @throws ConfigException if the file cannot be read or has problems
     */
    public static List<String> plan(Path file) {
        return IssueSink.plan(ConfigLoader.load(file, SinkConfig.class), InstantSource.system());
    }
}
