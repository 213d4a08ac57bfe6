package dev.tripline.analyzer.topology;

import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a store holds and nobody can read, before it is removed there. */
interface UnreadableState {
    /** Entry of a store.
     *
     * @param store name of the store
     * @param key its key there
     * @param shown what it is of, for the log
     * @param value its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String store, byte[] key, String shown, byte[] value) {}

    /** Keeps an entry, and why it cannot be read. */
    void putAside(Entry entry, UnreadableStateException why);

    /**
     * Returns what writes entries to the dead letters of a processor's topic, in its transaction: an entry is removed from its
     * store exactly when it is there.
     *
     * @param deadLetters node that takes them
     */
    static UnreadableState toDeadLetters(ProcessorContext<Object, Object> context, String deadLetters) {
        Logger log = LoggerFactory.getLogger(UnreadableState.class);
        return (entry, why) -> {
            String topic = context.applicationId() + "-" + entry.store() + "-changelog";
            int partition = context.taskId().partition();
            log.error(
                    "{}-{}: state of {} cannot be read, is put aside and begins anew: {}",
                    topic,
                    partition,
                    entry.shown(),
                    why.getMessage());
            context.forward(
                    DeadLetters.ofState(
                            entry, topic, partition, Instant.ofEpochMilli(context.currentSystemTimeMs()), why),
                    deadLetters);
        };
    }
}
