package dev.tripline.analyzer.topology;

import dev.tripline.service.secrets.SecretMask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the raw bytes of a record with headers that say why it was put aside, where it came from and when. Its
 * detail has no secret and no stack trace.
 */
final class DeadLetters {
    /** Counter of dead letters; its tags {@code topic} and {@code reason} say of what and why. Those of a transaction that failed count, too. */
    static final String COUNTER = "tripline.analyzer.dead.letters";

    /** Longest detail in characters. */
    private static final int DETAIL = 500;

    /** Most bytes of a record that are kept: with its headers it must fit into a record again. */
    static final int MOST_BYTES = 900_000;

    private static final int MOST_KEY_BYTES = 32_768;

    /** Why a record is put aside. */
    enum Reason {
        /** It is no record of its topic. */
        UNREADABLE("unreadable"),
        /** It is a record, but breaks a rule of a field. */
        INVALID("invalid"),
        /** It is older than the horizon of its series. */
        LATE("late"),
        /** It ends later than the broker's clock allows. */
        CLOCK_SKEW("clock-skew"),
        /** Handling it failed, which is our fault. */
        FAILED("failed"),
        /** It is an entry of a state store, which holds something else than was written there. */
        UNREADABLE_STATE("unreadable-state");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private DeadLetters() {}

    static Record<byte[], byte[]> of(
            byte @Nullable [] key, byte @Nullable [] raw, Origin origin, Reason reason, String detail) {
        Headers headers = headers(reason, detail, origin.topic(), origin.partition(), raw);
        put(headers, "tripline.offset", Long.toString(origin.offset()));
        put(headers, "tripline.appended-at", origin.appendedAt().toString());
        return letter(key, raw, origin.appendedAt(), headers);
    }

    private static Headers headers(Reason reason, String detail, String topic, int partition, byte @Nullable [] raw) {
        Headers headers = new RecordHeaders();
        put(headers, "tripline.reason", reason.word());
        String open = SecretMask.standard().mask(detail);
        put(headers, "tripline.detail", open.length() > DETAIL ? open.substring(0, DETAIL) : open);
        put(headers, "tripline.topic", topic);
        put(headers, "tripline.partition", Integer.toString(partition));
        if (raw != null && raw.length > MOST_BYTES) {
            put(headers, "tripline.bytes", Integer.toString(raw.length));
        }
        StageMeters.deadLetters(topic, reason).increment();
        return headers;
    }

    private static Record<byte[], byte[]> letter(
            byte @Nullable [] key, byte @Nullable [] raw, Instant at, Headers headers) {
        return new Record<>(bounded(key, MOST_KEY_BYTES), bounded(raw, MOST_BYTES), at.toEpochMilli(), headers);
    }

    /** What is cut off can be read at its place of origin, as long as Kafka keeps it. */
    private static byte @Nullable [] bounded(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    static <V> Record<byte[], byte[]> of(Decoded<V> decoded, Reason reason, String detail) {
        return of(decoded.key(), decoded.raw(), decoded.origin(), reason, detail);
    }

    /**
     * Makes a dead letter of an entry of a store.
     *
     * @param changelog topic that holds the entry, too
     * @param at when it was found
     */
    static Record<byte[], byte[]> ofState(
            UnreadableState.Entry entry, String changelog, int partition, Instant at, UnreadableStateException why) {
        Headers headers = headers(
                Reason.UNREADABLE_STATE, entry.shown() + ": " + why.getMessage(), changelog, partition, entry.value());
        return letter(entry.key(), entry.value(), at, headers);
    }

    private static void put(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
