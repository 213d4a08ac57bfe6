package dev.tripline.agent.publish;

import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.Deployment;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;

/**
 * Publishes records. A call may return before its record is safe; {@link #flush()} tells. Records of one key keep their order.
 * For one thread at a time, so that whoever flushes hears of its own records.
 */
public interface Publisher extends AutoCloseable {
    /** Hands in an outcome. May block while too many records are under way. */
    void publish(TestOutcome outcome) throws PublishException;

    /** Hands in the totals of a suite run. */
    void publish(SuiteRun run) throws PublishException;

    /** Hands in a deployment. */
    void publish(Deployment deployment) throws PublishException;

    /** Hands in a sign of life. */
    void publish(AgentHeartbeat heartbeat) throws PublishException;

    /**
     * Returns another way out over the same connection, for another thread: it hears of its own records only. Closing it
     * leaves the connection open.
     */
    Publisher another();

    /**
     * Waits until every record handed in is safe.
     *
     * @throws PublishException if one handed in since the last failure is not; which others are is unknown
     */
    void flush() throws PublishException;

    /** Gives up what is under way, after a short time for it to arrive. Never fails: {@link #flush()} is what tells. */
    @Override
    void close();
}
