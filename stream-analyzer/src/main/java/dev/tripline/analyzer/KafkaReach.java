package dev.tripline.analyzer;

import dev.tripline.service.FailureReport;
import dev.tripline.service.KafkaConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits, as long as it takes, until Kafka answers; one that refuses us is no reason to wait. Told of by any thread. */
final class KafkaReach {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaReach.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How deep causes are followed, should one of them be among its own. */
    private static final int DEEPEST = 20;

    /** How Kafka's clients begin to say that no name of a broker is known, for which they have no class of its own. */
    private static final String NO_SUCH_HOST = "No resolvable bootstrap urls";

    private final KafkaConnection kafka;
    private final InstantSource clock;
    private volatile @Nullable String waiting;

    /** @param clock tells since when it waits */
    KafkaReach(KafkaConnection kafka, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * Returns once Kafka answered.
     *
     * @throws InterruptedException if the thread is interrupted, which ends the wait
     * @throws AuthenticationException if Kafka refuses us
     * @throws KafkaException if no client can be made of the settings
     */
    void await() throws InterruptedException {
        Instant since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String known = "";
        for (Optional<Throwable> away = away(); away.isPresent(); away = away()) {
            String now = "waiting for Kafka at " + kafka.bootstrapServers() + " since " + since + ": "
                    + FailureReport.of(away.get()).line();
            waiting = now;
            if (!now.equals(known)) {
                LOG.warn("{}", now);
                known = now;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        if (!known.isEmpty()) {
            LOG.info("Kafka at {} answers", kafka.bootstrapServers());
        }
        waiting = null;
    }

    /** Tells what it waits for, since when, and why; empty if it does not wait. */
    Optional<String> describe() {
        return Optional.ofNullable(waiting);
    }

    /** Tells whether a failure came from Kafka being away, which passes without anybody changing our settings. */
    static boolean isAway(Throwable failure) {
        @Nullable Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each instanceof RetriableException
                    || (each instanceof ConfigException
                            && String.valueOf(each.getMessage()).startsWith(NO_SUCH_HOST))) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** Returns why Kafka does not answer; empty if it does. */
    private Optional<Throwable> away() throws InterruptedException {
        Map<String, Object> properties = kafka.clientProperties();
        int millis = (int) ANSWERS_WITHIN.toMillis();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try (var admin = Admin.create(properties)) {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                    .clusterId()
                    .get();
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof AuthenticationException refused) {
                throw refused;
            }
            // Whatever else it says: it is there.
            return isAway(cause) ? Optional.of(cause) : Optional.empty();
        } catch (KafkaException e) {
            if (isAway(e)) {
                return Optional.of(e);
            }
            throw e;
        }
    }
}
