package dev.tripline.analyzer;

import dev.tripline.events.EventSerde;
import dev.tripline.events.RegistryUnavailableException;
import dev.tripline.events.UnreadableRecordException;
import dev.tripline.service.FailureReport;
import dev.tripline.service.text.Cut;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Schema Registry for the schemas of records before these are handled, on a thread of its own: whoever handles records has
 * a transaction, which must not wait for anybody. An unanswered question is asked again each second, without end. May be used
 * by several threads.
 */
final class SchemaQuestions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaQuestions.class);

    /** Magic byte and id. */
    private static final int HEADER_BYTES = 5;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What made a record unreadable may pass: a refused schema is remembered for a minute, and is asked for again here before. */
    private static final Duration REFUSED_FOR = Duration.ofSeconds(30);

    /** Answers that are remembered; others are asked for again. */
    private static final int MOST_ANSWERS = 10_000;

    private static final int REASON = 400;

    /** A schema as a record of a topic names it. */
    record Question(String topic, int id) {}

    private final Map<String, EventSerde<?>> serdes;
    private final InstantSource clock;
    private final ExecutorService own;
    private final Executor again;

    /** When an answer is over; the oldest question first. */
    private final Map<Question, Instant> answered = new LinkedHashMap<>();

    private final Set<Question> asked = new HashSet<>();
    private final Set<Question> unanswered = new HashSet<>();
    private @Nullable String waiting;

    /**
     * @param serdes serdes of the topics whose records are asked about, by name; records of others need no schema
     * @param clock tells since when the registry is away
     */
    SchemaQuestions(Map<String, EventSerde<?>> serdes, InstantSource clock) {
        this(serdes, clock, PAUSE);
    }

    /** @param pause time before an unanswered question is asked again; above 0 */
    SchemaQuestions(Map<String, EventSerde<?>> serdes, InstantSource clock, Duration pause) {
        this.serdes = Map.copyOf(serdes);
        this.clock = clock;
        own = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "schema-questions");
            thread.setDaemon(true);
            return thread;
        });
        again = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, own);
    }

    /** Returns what must be answered before a record can be handled; null if nothing: its schema is known, or it has none. */
    @Nullable
    Question open(String topic, byte @Nullable [] value) {
        if (value == null || value.length < HEADER_BYTES || value[0] != 0 || !serdes.containsKey(topic)) {
            return null;
        }
        var question =
                new Question(topic, ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
        synchronized (this) {
            if (isAnswered(question)) {
                return null;
            }
            if (asked.add(question)) {
                own.execute(() -> ask(question, value));
            }
        }
        return question;
    }

    /** Tells whether a question is answered. */
    synchronized boolean isAnswered(Question question) {
        @Nullable Instant until = answered.get(question);
        return until != null && clock.instant().isBefore(until);
    }

    /** Tells since when the registry is away, and why, if a record waits for it; empty otherwise. */
    synchronized Optional<String> describe() {
        return Optional.ofNullable(waiting);
    }

    private void ask(Question question, byte[] value) {
        EventSerde<?> serde = serdes.get(question.topic());
        if (serde == null) {
            return;
        }
        try {
            serde.read(value);
            answer(question, Instant.MAX);
        } catch (RegistryUnavailableException e) {
            failed(question, e);
            again.execute(() -> ask(question, value));
        } catch (UnreadableRecordException e) {
            answer(question, clock.instant().plus(REFUSED_FOR));
        } catch (RuntimeException e) {
            // Whoever handles the record will meet it again and has a place for it.
            LOG.debug("{}", question, e);
            answer(question, clock.instant().plus(REFUSED_FOR));
        }
    }

    private synchronized void answer(Question question, Instant until) {
        asked.remove(question);
        unanswered.remove(question);
        if (waiting != null && unanswered.isEmpty()) {
            LOG.info("the Schema Registry answers");
            waiting = null;
        }
        answered.remove(question);
        answered.put(question, until);
        if (answered.size() > MOST_ANSWERS) {
            answered.keySet().remove(answered.keySet().iterator().next());
        }
    }

    private synchronized void failed(Question question, RegistryUnavailableException why) {
        unanswered.add(question);
        if (waiting == null) {
            waiting = waitingSince(clock.instant(), why);
            LOG.warn("{}", waiting);
        }
    }

    /** Says that something waits for the registry. */
    static String waitingSince(Instant since, RegistryUnavailableException why) {
        return "waiting for the Schema Registry since " + since.truncatedTo(ChronoUnit.SECONDS) + ": "
                + Cut.marked(FailureReport.of(why).line(), REASON);
    }

    @Override
    public void close() {
        own.shutdownNow();
    }
}
