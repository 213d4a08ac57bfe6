package dev.tripline.sink;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import dev.tripline.service.ExitCode;
import dev.tripline.service.ServiceRunner;
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
        System.exit(run(args).code());
    }

    private static ExitCode run(String[] args) {
        if (args.length != 1) {
            LOG.error("usage: IssueSinkMain FILE, got {} arguments", args.length);
            return ExitCode.CANNOT_START;
        }
        try {
            SinkConfig config = ConfigLoader.load(Path.of(args[0]), SinkConfig.class);
            var runner = new ServiceRunner();
            return runner.run(List.of(new IssueSink(config, runner::fail, InstantSource.system())));
        } catch (ConfigException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.CANNOT_START;
        }
    }
}
