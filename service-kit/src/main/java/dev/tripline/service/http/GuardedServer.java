package dev.tripline.service.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Makes servers that bound what each client and all of them can take: threads, connections, memory for bodies, time.
 * A connection without a finished answer for {@link #STALLED_AFTER} is closed, whatever it trickles; a body takes a thread
 * only once it is complete.
 */
public final class GuardedServer {
    /** Connections at a time; at this number no more are accepted, and those that rest are closed after a second. */
    public static final int CONNECTIONS = 2_048;

    /** Time in which a connection must have an answer since it was opened or had its last one. */
    public static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    private static final int THREADS = 32;
    private static final int FEWEST_THREADS = 4;
    private static final int IDLE_THREAD_MILLIS = 60_000;
    private static final int HEADER_BYTES = 8 << 10;
    private static final int BACKLOG = 1_024;
    private static final int IDLE_WHEN_FULL_MILLIS = 1_000;

    /** Memory for bodies that are not complete yet, over all connections. */
    private static final long BODIES_BYTES = 32L << 20;

    private GuardedServer() {}

    /**
     * Makes a server; {@link Javalin#start()} starts it.
     *
     * @param host name or address of this machine it listens on
     * @param port 1 to 65535, or 0 for any free port
     * @param bodyBytes longest body of a request; 0 or more
     * @param routes adds what it answers
     */
    public static Javalin create(String host, int port, int bodyBytes, Consumer<JavalinConfig> routes) {
        return create(host, port, bodyBytes, STALLED_AFTER, routes);
    }

    /** @param stalledAfter instead of {@link #STALLED_AFTER}, for tests; at least 1 s */
    static Javalin create(String host, int port, int bodyBytes, Duration stalledAfter, Consumer<JavalinConfig> routes) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.http.maxRequestSize = bodyBytes;
            var threads = new QueuedThreadPool(THREADS, FEWEST_THREADS, IDLE_THREAD_MILLIS);
            threads.setName("http-" + port);
            config.jetty.threadPool = threads;
            config.jetty.modifyServer(server -> {
                // Stopping gracefully waits for clients that keep their connections, and they do.
                server.setStopTimeout(0);
                server.setHandler(new CompleteBodies(bodyBytes, BODIES_BYTES));
            });
            config.jetty.addConnector((server, http) -> connector(server, http, host, port, stalledAfter));
            routes.accept(config);
        });
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, String host, int port, Duration stalledAfter) {
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(stalledAfter.toMillis());
        connector.addBean(new StalledConnections(connector, stalledAfter));
        var limit = new NetworkConnectionLimit(CONNECTIONS, connector);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL_MILLIS);
        connector.addBean(limit);
        return connector;
    }
}
