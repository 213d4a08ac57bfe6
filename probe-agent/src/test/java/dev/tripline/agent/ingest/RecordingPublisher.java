package dev.tripline.agent.ingest;

import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.publish.Publisher;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.Deployment;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;

/** Keeps what is published; fails as often as it is told to. */
public final class RecordingPublisher implements Publisher {
    public final List<SpecificRecord> records = new CopyOnWriteArrayList<>();
    private volatile int failures;

    /** Makes the next flushes fail. */
    public void failNext(int flushes) {
        failures = flushes;
    }

    public <R extends SpecificRecord> List<R> all(Class<R> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void publish(TestOutcome outcome) {
        records.add(outcome);
    }

    @Override
    public void publish(SuiteRun run) {
        records.add(run);
    }

    @Override
    public void publish(Deployment deployment) {
        records.add(deployment);
    }

    @Override
    public void publish(AgentHeartbeat heartbeat) {
        records.add(heartbeat);
    }

    @Override
    public synchronized void flush() throws PublishException {
        if (failures > 0) {
            failures = failures - 1;
            throw new PublishException("cannot publish 'k' to t: no leader", new IOException("no leader"));
        }
    }

    @Override
    public Publisher another() {
        return this;
    }

    @Override
    public void close() {}
}
