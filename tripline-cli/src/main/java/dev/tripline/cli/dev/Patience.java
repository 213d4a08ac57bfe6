package dev.tripline.cli.dev;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats what Kafka cannot do yet: its coordinators may read for longer than its clients wait. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Patience() {}

    /**
     * Runs a step until it ends; its failures that pass by themselves are told and tried again.
     *
     * @throws RuntimeException the failure that does not pass, or the last one if the thread is interrupted
     */
    static void run(Runnable step) {
        run(step, PAUSE);
    }

    static void run(Runnable step, Duration pause) {
        while (true) {
            try {
                step.run();
                return;
            } catch (RuntimeException e) {
                if (!passes(e)) {
                    throw e;
                }
                LOG.warn("{}; trying again", e.getMessage());
                try {
                    Thread.sleep(pause.toMillis());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private static boolean passes(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RetriableException || each instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
