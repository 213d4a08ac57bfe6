package dev.tripline.agent;

import dev.tripline.agent.publish.Publisher;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.Deployment;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A connection that hands out given ways, one after the other, and publishes nothing itself. */
final class HandedOut implements Publisher {
    private final Deque<Publisher> ways;
    private boolean closed;

    HandedOut(Publisher... ways) {
        this.ways = new ArrayDeque<>(List.of(ways));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Publisher another() {
        return ways.remove();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void publish(TestOutcome outcome) {
        throw new UnsupportedOperationException("a connection of the agent publishes nothing itself");
    }

    @Override
    public void publish(SuiteRun run) {
        throw new UnsupportedOperationException("a connection of the agent publishes nothing itself");
    }

    @Override
    public void publish(Deployment deployment) {
        throw new UnsupportedOperationException("a connection of the agent publishes nothing itself");
    }

    @Override
    public void publish(AgentHeartbeat heartbeat) {
        throw new UnsupportedOperationException("a connection of the agent publishes nothing itself");
    }

    @Override
    public void flush() {
        throw new UnsupportedOperationException("a connection of the agent publishes nothing itself");
    }
}
