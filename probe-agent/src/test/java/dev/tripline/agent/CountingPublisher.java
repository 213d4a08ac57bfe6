package dev.tripline.agent;

import dev.tripline.agent.ingest.RecordingPublisher;
import dev.tripline.agent.publish.PublishException;
import dev.tripline.agent.publish.Publisher;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.Deployment;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.util.concurrent.CountDownLatch;

/** Counts flushes down, so that a test can wait for them. */
final class CountingPublisher implements Publisher {
    final RecordingPublisher records = new RecordingPublisher();
    private final CountDownLatch flushes;

    CountingPublisher(CountDownLatch flushes) {
        this.flushes = flushes;
    }

    @Override
    public void publish(TestOutcome outcome) {
        records.publish(outcome);
    }

    @Override
    public void publish(SuiteRun run) {
        records.publish(run);
    }

    @Override
    public void publish(Deployment deployment) {
        records.publish(deployment);
    }

    @Override
    public void publish(AgentHeartbeat heartbeat) {
        records.publish(heartbeat);
    }

    @Override
    public void flush() throws PublishException {
        records.flush();
        flushes.countDown();
    }

    @Override
    public Publisher another() {
        return this;
    }

    @Override
    public void close() {
        records.close();
    }
}
