package dev.tripline.service.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which no answer was finished for a time. An idle time-out does not do that: it begins anew with each
 * byte, so one byte now and then keeps a connection for ever, in a head, a body or an answer.
 */
final class StalledConnections extends AbstractLifeCycle implements Connection.Listener {
    private static final long EVERY_MILLIS = 500;

    private final ServerConnector connector;
    private final long limitNanos;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private volatile Scheduler.@Nullable Task next;

    /** Number of answers a connection had finished, and since when. */
    private record Progress(long answers, long sinceNanos) {}

    StalledConnections(ServerConnector connector, Duration limit) {
        this.connector = connector;
        this.limitNanos = limit.toNanos();
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Progress(0, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    protected void doStart() {
        plan();
    }

    @Override
    protected void doStop() {
        Scheduler.Task planned = next;
        if (planned != null) {
            planned.cancel();
        }
        open.clear();
    }

    private void plan() {
        next = connector.getScheduler().schedule(this::sweep, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        if (!isStarting() && !isRunning()) {
            return;
        }
        long now = System.nanoTime();
        open.forEach((connection, progress) -> {
            long answers = connection.getMessagesOut();
            if (answers != progress.answers()) {
                open.replace(connection, progress, new Progress(answers, now));
            } else if (now - progress.sinceNanos() > limitNanos) {
                connection
                        .getEndPoint()
                        .close(new TimeoutException(
                                "no answer finished for " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s"));
            }
        });
        plan();
    }
}
