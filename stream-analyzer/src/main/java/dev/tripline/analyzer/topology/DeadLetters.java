package dev.tripline.analyzer.topology;

import dev.tripline.service.secrets.SecretMask;
import java.nio.charset.StandardCharsets;
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
        return new Record<>(key, raw, origin.appendedAt().toEpochMilli(), headers);
    }

    static <V> Record<byte[], byte[]> of(Decoded<V> decoded, Reason reason, String detail) {
        return of(decoded.key(), decoded.raw(), decoded.origin(), reason, detail);
    }

    private static void put(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
