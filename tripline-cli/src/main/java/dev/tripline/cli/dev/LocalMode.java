package dev.tripline.cli.dev;

import dev.tripline.cli.topics.TopicPlan;
import dev.tripline.cli.topics.TopicSetup;
import dev.tripline.local.LocalBroker;
import dev.tripline.local.LocalRegistry;
import dev.tripline.service.ExitCode;
import dev.tripline.service.Service;
import dev.tripline.service.ServiceRunner;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker, registry, topics and services of one machine, over one folder. */
public final class LocalMode {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMode.class);
    private static final short ONE_REPLICA = 1;

    private final DevSettings settings;
    private final ServiceRunner runner;

    /** @param runner runs the parts; stopping it stops local mode */
    public LocalMode(DevSettings settings, ServiceRunner runner) {
        this.settings = settings;
        this.runner = runner;
    }

    /**
     * Runs until the process is told to stop, the runner is, or a part fails.
     *
     * @param onStarted called once, when everything works
     * @throws StartException if a port or the folder is in use
     * @throws dev.tripline.service.ConfigException if the settings of the sink have problems
     */
    public ExitCode run(Runnable onStarted) {
        if (settings.port() == settings.registryPort()) {
            throw new StartException("--registry-port: must differ from --port, got " + settings.port() + " for both");
        }
        List<Service> parts = parts();
        try (var lock = DataLock.take(settings.data())) {
            PortOwner.requireFree(settings.port(), "--port", "Kafka");
            PortOwner.requireFree(settings.registryPort(), "--registry-port", "the Schema Registry");
            LOG.debug("holds {}", lock);
            return runner.run(parts, onStarted);
        }
    }

    private List<Service> parts() {
        var parts = new ArrayList<Service>();
        parts.add(new Started(
                "kafka broker",
                "Kafka checks its logs, which takes longer after a kill",
                () -> LocalBroker.start(settings.folderOf("broker"), settings.port())::close));
        parts.add(new Started(
                "schema registry",
                () -> LocalRegistry.start(settings.folderOf("registry"), settings.registryPort())::close));
        parts.add(new Started("topics", this::setUpTopics));
        parts.add(new Started("consumer groups", "Kafka reads the groups' offsets again", this::removeFormerMembers));
        for (LocalServices.Factory factory : LocalServices.ALL) {
            parts.add(factory.make(settings, runner::fail));
        }
        return List.copyOf(parts);
    }

    /** The lock on the data folder proves that no other process of ours is in them. */
    private Started.Running removeFormerMembers() {
        Patience.run(
                () -> FormerMembers.remove(settings.connection().clientProperties(), LocalServices.groups(settings)));
        return () -> {};
    }

    private Started.Running setUpTopics() {
        Patience.run(this::applyTopics);
        return () -> {};
    }

    private void applyTopics() {
        try (var setup = TopicSetup.connect(settings.connection())) {
            TopicPlan plan = setup.plan(false);
            plan.warnings().forEach(LOG::warn);
            setup.apply(plan, ONE_REPLICA);
            LOG.info("topics: {} changes made", plan.changes().size());
        }
    }
}
