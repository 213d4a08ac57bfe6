package dev.tripline.service.health;

import dev.tripline.service.Service;
import dev.tripline.service.http.GuardedServer;
import dev.tripline.service.http.LocalCallers;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers supervisors and Prometheus: {@code /health/live} as long as the process runs, {@code /health/ready} once all
 * services do their work, {@code /metrics} in Prometheus' text format. Start it before the services and stop it after them,
 * so that a long start can be told from a dead process.
 */
public final class HealthServer implements Service {
    /** Nothing that is asked here has a body. */
    private static final int LONGEST_BODY = 1_024;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HealthConfig config;
    private final List<? extends Service> services;
    private @Nullable ProcessMeters meters;
    private @Nullable Javalin server;

    HealthServer(HealthConfig config, List<? extends Service> services) {
        this.config = config;
        this.services = List.copyOf(services);
    }

    /**
     * Returns what to run so that these services are watched: a server first, then they in their order.
     *
     * @param config where to answer; null for nowhere, which returns the services as they are
     */
    public static List<Service> before(@Nullable HealthConfig config, List<? extends Service> services) {
        if (config == null) {
            return List.copyOf(services);
        }
        List<WatchedService> watched =
                services.stream().map(WatchedService::new).toList();
        var all = new ArrayList<Service>();
        all.add(new HealthServer(config, watched));
        all.addAll(watched);
        return List.copyOf(all);
    }

    @Override
    public String name() {
        return "health";
    }

    /**
     * Begins to answer and to measure the process.
     *
     * @throws IllegalStateException if it cannot listen there; the message names host and port
     */
    @Override
    public synchronized void start() {
        var measuring = new ProcessMeters(services);
        meters = measuring;
        Javalin created = GuardedServer.create(
                config.host(), config.port(), LONGEST_BODY, javalin -> addTo(javalin.routes, measuring));
        server = created;
        try {
            created.start();
        } catch (JavalinException e) {
            // Only the innermost says what is wrong, such as "Address already in use".
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new IllegalStateException(
                    "health: cannot listen on " + config.host() + ":" + config.port() + " (" + cause.getMessage()
                            + "); stop what holds the port or choose another",
                    e);
        }
    }

    /** Returns the port it listens on, for tests that let the system choose one. */
    synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("health: not started");
        }
        return server.port();
    }

    private void addTo(RoutesConfig routes, ProcessMeters measuring) {
        routes.before(LocalCallers::protect);
        if (LocalCallers.isLoopback(config.host())) {
            routes.before(new LocalCallers("health port", Set.of())::require);
        }
        routes.get("/health/live", context -> answer(context, 200, "live"));
        routes.get("/health/ready", this::answerReady);
        routes.get("/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(measuring.scrape()));
    }

    private void answerReady(Context context) {
        List<String> reasons = reasons();
        if (reasons.isEmpty()) {
            answer(context, 200, "ready");
        } else {
            answer(context, 503, String.join("\n", reasons));
        }
    }

    /** Returns one line for each service that is not ready; empty if all are. */
    private List<String> reasons() {
        var reasons = new ArrayList<String>();
        for (Service service : services) {
            service.notReady().ifPresent(reason -> reasons.add(service.name() + ": " + Reason.shown(reason)));
        }
        return reasons;
    }

    private static void answer(Context context, int status, String text) {
        context.status(status).contentType(TEXT).result(text + "\n");
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop();
            server = null;
        }
        if (meters != null) {
            meters.close();
            meters = null;
        }
    }
}
