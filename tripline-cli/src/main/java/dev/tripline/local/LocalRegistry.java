package dev.tripline.local;

import dev.tripline.local.schema.RegistryChange;
import dev.tripline.local.schema.SchemaStore;
import dev.tripline.service.http.GuardedServer;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Small Schema Registry that speaks Confluent's REST protocol on 127.0.0.1, so that the local pipeline and any
 * Confluent-compatible client work without another process. Avro only; compatibility is enforced; what was answered is on
 * the disk. For one machine: it has no users, no replicas and no TLS.
 */
public final class LocalRegistry implements AutoCloseable {
    /** Bytes: a schema has at most 524,288 characters, and JSON doubles its quotes. */
    private static final int LONGEST_BODY = 1 << 20;

    private final Javalin server;
    private final SchemaJournal journal;

    private LocalRegistry(Javalin server, SchemaJournal journal) {
        this.server = server;
        this.journal = journal;
    }

    /**
     * Starts a registry.
     *
     * @param dir its data; made if absent
     * @param port where it listens; 1 to 65535, or 0 for any free port
     * @throws LocalStartException if the port is taken or the data cannot be read; the message says what to do
     */
    public static LocalRegistry start(Path dir, int port) {
        if (port != 0) {
            LoopbackPort.requireFree(port, "registry");
        }
        return start(dir, LoopbackPort.HOST, port, Set.of());
    }

    /**
     * Starts a registry that others can reach. It knows no users and no TLS: only for a network that is closed.
     *
     * @param dir its data; made if absent
     * @param host address it listens on, such as {@code 0.0.0.0} for all of this machine
     * @param port where it listens; 1 to 65535, or 0 for any free port
     * @param names by which programs on other machines call it; under any other it answers this machine only
     * @throws LocalStartException if it cannot listen there or the data cannot be read; the message says what to do
     */
    public static LocalRegistry start(Path dir, String host, int port, Set<String> names) {
        SchemaJournal journal = SchemaJournal.open(dir);
        try {
            var routes = new RegistryRoutes(load(journal), names);
            Javalin server = GuardedServer.create(host, port, LONGEST_BODY, config -> routes.addTo(config.routes));
            return new LocalRegistry(start(server, host, port), journal);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static Javalin start(Javalin server, String host, int port) {
        try {
            return server.start();
        } catch (JavalinException e) {
            throw new LocalStartException("registry on " + host + ":" + port + " did not start: " + e.getMessage(), e);
        }
    }

    /** Returns the address clients use, such as {@code http://127.0.0.1:8081}. */
    public URI url() {
        return URI.create("http://" + LoopbackPort.HOST + ":" + server.port());
    }

    /** Stops the registry. A request under way may go unanswered; what was answered holds. */
    @Override
    public void close() {
        server.stop();
        journal.close();
    }

    private static SchemaStore load(SchemaJournal journal) {
        var replay = new Replay(journal.history());
        try {
            return new SchemaStore(replay, journal::append);
        } catch (IllegalArgumentException e) {
            throw journal.broken(replay.line, e);
        }
    }

    /** History that knows the line it stands at. */
    private static final class Replay implements Iterable<RegistryChange> {
        private final List<RegistryChange> changes;
        private int line = 1;

        Replay(List<RegistryChange> changes) {
            this.changes = changes;
        }

        @Override
        public Iterator<RegistryChange> iterator() {
            return changes.stream().peek(change -> line++).iterator();
        }
    }
}
