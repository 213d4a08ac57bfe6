package dev.tripline.local;

import java.net.BindException;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller, inside this process on 127.0.0.1. What was acknowledged survives {@link #close}
 * and the end of the process, however it ends; not a power cut, as with any single Kafka node.
 *
 * <p>As every Kafka broker does, it halts the process if its disk fails.
 */
public final class LocalBroker implements AutoCloseable {
    static final String CONTROLLER = "CONTROLLER";

    private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);
    private static final int ATTEMPTS = 5;

    /** Bytes of one request, of all that are on their way on one listener, and connections. */
    private static final int LONGEST_REQUEST = 4 << 20;

    private static final int REQUESTS_BYTES = 64 << 20;
    private static final int CONNECTIONS = 1_024;

    private final KafkaRaftServer server;
    private final int port;

    private LocalBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param dir its data; made if absent, must be empty or written by a local broker
     * @param port where it listens; 1 to 65535, or 0 for any free port
     * @throws LocalStartException if the port is taken or the directory cannot be used; the message says what to do
     */
    public static LocalBroker start(Path dir, int port) {
        var directory = new BrokerDirectory(dir);
        if (port != 0) {
            LoopbackPort.requireFree(port, "broker");
        }
        directory.prepare();
        for (int attempt = 1; ; attempt++) {
            int listener = port == 0 ? LoopbackPort.free() : port;
            try {
                return start(directory, listener, LoopbackPort.free());
            } catch (LocalStartException e) {
                // Somebody else may take a free port between finding and using it.
                if (attempt == ATTEMPTS || !isBindFailure(e)) {
                    throw e;
                }
                LOG.info("A free port was taken before it could be used; trying others");
            }
        }
    }

    private static LocalBroker start(BrokerDirectory directory, int port, int controllerPort) {
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(
                    new KafkaConfig(settings(directory.toString(), port, controllerPort), false), Time.SYSTEM);
            server.startup();
            return new LocalBroker(server, port);
        } catch (Exception e) { // Scala declares none of the checked exceptions it throws
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (server != null) {
                server.shutdown();
            }
            throw new LocalStartException(
                    "broker on " + LoopbackPort.HOST + ":" + port + " over " + directory + " did not start: " + e, e);
        }
    }

    private static boolean isBindFailure(LocalStartException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Returns the address clients connect to, such as {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** Stops the broker and waits until its directory and port are free again. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties settings(String dir, int port, int controllerPort) {
        var settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(BrokerDirectory.NODE_ID));
        settings.setProperty(
                "controller.quorum.voters", BrokerDirectory.NODE_ID + "@" + LoopbackPort.HOST + ":" + controllerPort);
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty(
                "listeners",
                "PLAINTEXT://" + LoopbackPort.HOST + ":" + port + "," + CONTROLLER + "://" + LoopbackPort.HOST + ":"
                        + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + LoopbackPort.HOST + ":" + port);
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.setProperty("log.dirs", dir);

        // A topic nobody declared is a mistake in a name.
        settings.setProperty("auto.create.topics.enable", "false");
        // One node holds the only replica of everything.
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
        // Local mode may rest for months and then goes on where it was; Kafka forgets offsets after a week.
        settings.setProperty("offsets.retention.minutes", Integer.toString(366 * 24 * 60));
        // After a kill the node waits until its former self has timed out; 9 s by default, for lossy networks.
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        // Waiting for more members of a group helps a fleet only.
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // Only segments that are full are compacted or deleted: Kafka's 1 GiB (100 MiB for its own topics) would never
        // be.
        settings.setProperty("log.segment.bytes", Integer.toString(16 << 20));
        settings.setProperty("offsets.topic.segment.bytes", Integer.toString(4 << 20));
        settings.setProperty("transaction.state.log.segment.bytes", Integer.toString(4 << 20));
        settings.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.setProperty("log.cleaner.min.cleanable.ratio", "0.2");
        // 128 MiB of heap by default, for as many keys as no laptop has.
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        // Kafka sets memory aside for a request as soon as its length is announced, before its bytes are there: 40
        // connections that announce its usual 100 MiB end the process. Producers send at most 1 MiB in one request,
        // unless
        // told otherwise.
        settings.setProperty("socket.request.max.bytes", Integer.toString(LONGEST_REQUEST));
        settings.setProperty("queued.max.request.bytes", Integer.toString(REQUESTS_BYTES));
        settings.setProperty("max.connections", Integer.toString(CONNECTIONS));
        settings.setProperty("max.connections.per.ip", Integer.toString(CONNECTIONS));
        // Clients close after 9 min what they do not use, and connect anew when the broker did so first.
        settings.setProperty("connections.max.idle.ms", "120000");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        return settings;
    }
}
