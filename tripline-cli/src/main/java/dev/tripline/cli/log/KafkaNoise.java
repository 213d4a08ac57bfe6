package dev.tripline.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Keeps back what Kafka logs as warnings and errors in ordinary operation, and says in one line every 5 s that Kafka does not
 * answer. A logger that is set to debug is left alone.
 */
public final class KafkaNoise extends TurboFilter {
    private static final String CLIENTS = "org.apache.kafka.clients.NetworkClient";
    private static final Pattern UNKNOWN_TOPIC = Pattern.compile("UNKNOWN_TOPIC_OR_PARTITION");
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    /**
     * What is kept back.
     *
     * @param logger its logger
     * @param words part of the message's format, or of the class of its exception
     * @param why for readers of this list
     */
    private record Known(String logger, String words, String why) {
        boolean matches(String name, String format, @Nullable Throwable thrown) {
            return logger.equals(name) && (format.contains(words) || isIn(thrown));
        }

        private boolean isIn(@Nullable Throwable thrown) {
            for (Throwable each = thrown; each != null; each = each.getCause()) {
                if (each.getClass().getName().contains(words)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "kafka.server.ReplicaManager",
                    "OutOfOrderSequenceException",
                    "an idempotent producer with several batches under way; it sends them again in order"),
            new Known(
                    "org.apache.kafka.clients.producer.internals.Sender",
                    "retrying (",
                    "each retry of a producer; the last failure is an error of its own"),
            new Known(
                    "kafka.server.ControllerApis",
                    "NotControllerException",
                    "the broker registers before the controller beside it has been elected; it tries again"),
            new Known(
                    "org.apache.kafka.streams.processor.internals.StateDirectory",
                    "Failed to delete state store directory",
                    "the lock of this very process is in it"),
            new Known(
                    "org.apache.kafka.streams.processor.internals.StateDirectory",
                    "Using an OS temp directory",
                    "state that is lost is restored"),
            new Known(
                    "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
                    "Not updating last stable offset",
                    "a partition was given away while an answer was under way"),
            new Known(
                    "org.apache.kafka.streams.StreamsConfig",
                    "",
                    "advice about settings of later versions; wrong values are errors"));

    private final AtomicLong sayFrom = new AtomicLong(Long.MIN_VALUE);

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        String name = logger.getName();
        if (format == null
                || !(name.startsWith("org.apache.kafka.") || name.startsWith("kafka."))
                || isWanted(logger)) {
            return FilterReply.NEUTRAL;
        }
        // Logback leaves an exception among the arguments where there are one or two of them.
        @Nullable Throwable cause = thrown == null ? lastOf(parameters) : thrown;
        if (CLIENTS.equals(name)) {
            if (format.contains("could not be established") || format.contains("Error connecting to node")) {
                sayWaiting(
                        logger, MessageFormatter.arrayFormat(format, parameters).getMessage(), cause);
                return FilterReply.DENY;
            }
            if (format.contains("connection setup timeout")) {
                sayWaiting(logger, "node " + first(parameters), null);
                return FilterReply.DENY;
            }
            if (format.contains("metadata")
                    && UNKNOWN_TOPIC.matcher(text(parameters)).find()) {
                say(
                        logger,
                        "waiting for a topic that is not there: " + text(parameters)
                                + "; 'tripline topics apply' makes the topics");
                return FilterReply.DENY;
            }
            return FilterReply.NEUTRAL;
        }
        return KNOWN.stream().anyMatch(known -> known.matches(name, format, cause))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static Object first(Object @Nullable [] parameters) {
        return parameters == null || parameters.length == 0 ? "of Kafka" : parameters[0];
    }

    private static String text(Object @Nullable [] parameters) {
        return parameters == null || parameters.length == 0 ? "" : String.valueOf(parameters[parameters.length - 1]);
    }

    private static @Nullable Throwable lastOf(Object @Nullable [] parameters) {
        return parameters == null ? null : MessageFormatter.getThrowableCandidate(parameters);
    }

    private static boolean isWanted(Logger logger) {
        return !logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO);
    }

    /** Each client tries to connect about once a second. */
    private void sayWaiting(Logger logger, String message, @Nullable Throwable cause) {
        say(logger, "waiting for Kafka: " + reason(message, cause));
    }

    private void say(Logger logger, String message) {
        long now = System.nanoTime();
        long from = sayFrom.get();
        if ((from == Long.MIN_VALUE || now - from >= 0) && sayFrom.compareAndSet(from, now + SAY_EVERY.toNanos())) {
            logger.getLoggerContext().getLogger(KafkaNoise.class).warn("{}", message);
        }
    }

    /** Returns who does not answer: {@code 127.0.0.1:9092 does not answer}. */
    private static String reason(String message, @Nullable Throwable thrown) {
        String node = message.replaceAll(".*\\((?:[^()/]*/)?([^()]+:\\d+)\\).*", "$1");
        String who = node.equals(message) ? message : node;
        return thrown == null ? who + " does not answer" : who + ": " + thrown.getMessage();
    }
}
