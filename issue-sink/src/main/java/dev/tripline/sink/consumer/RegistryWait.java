package dev.tripline.sink.consumer;

import dev.tripline.events.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a Schema Registry that is away: asks every second, says so every 5 s. Not thread-safe. */
final class RegistryWait {
    /** Time between two questions. */
    static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private static final Duration SAY_EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWait.class);

    private Instant askAt = Instant.MIN;
    private Instant sayAt = Instant.MIN;
    private String reason = "";

    /**
     * Begins or goes on waiting.
     *
     * @param topic what cannot be read or written meanwhile
     */
    void await(String topic, RegistryUnavailableException away, Instant now) {
        askAt = now.plus(ASK_EVERY);
        reason = topic + " waits: " + away.getMessage();
        if (!now.isBefore(sayAt)) {
            sayAt = now.plus(SAY_EVERY);
            LOG.warn("{}", reason);
        }
    }

    /** Ends the waiting: what was to be read was read. */
    void answered() {
        reason = "";
    }

    /** Returns what waits and why; empty if nothing does. */
    String reason() {
        return reason;
    }

    /** Tells whether the registry may be asked now. */
    boolean isOver(Instant now) {
        return !now.isBefore(askAt);
    }
}
