package dev.tripline.analyzer.topology;

import dev.tripline.service.secrets.SecretMask;
import java.nio.charset.StandardCharsets;
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
        FAILED("failed");

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
        Headers headers = new RecordHeaders();
        put(headers, "tripline.reason", reason.word());
        String open = SecretMask.standard().mask(detail);
        put(headers, "tripline.detail", open.length() > DETAIL ? open.substring(0, DETAIL) : open);
        put(headers, "tripline.topic", origin.topic());
        put(headers, "tripline.partition", Integer.toString(origin.partition()));
        put(headers, "tripline.offset", Long.toString(origin.offset()));
        put(headers, "tripline.appended-at", origin.appendedAt().toString());
        if (raw != null && raw.length > MOST_BYTES) {
            put(headers, "tripline.bytes", Integer.toString(raw.length));
        }
        return new Record<>(
                bounded(key, MOST_KEY_BYTES),
                bounded(raw, MOST_BYTES),
                origin.appendedAt().toEpochMilli(),
                headers);
    }

    /** What is cut off can be read at its place of origin, as long as Kafka keeps it. */
    private static byte @Nullable [] bounded(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    static <V> Record<byte[], byte[]> of(Decoded<V> decoded, Reason reason, String detail) {
        return of(decoded.key(), decoded.raw(), decoded.origin(), reason, detail);
    }

    private static void put(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
