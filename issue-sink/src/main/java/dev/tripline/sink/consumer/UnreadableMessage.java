package dev.tripline.sink.consumer;

import dev.tripline.service.secrets.SecretMask;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that says nothing to the sink.
 *
 * @param message the record as it came
 * @param deadLetters topic where it is put aside
 * @param cause why
 * @param detail what exactly, on one line, at most 500 characters, secrets masked
 */
public record UnreadableMessage(
        ConsumerRecord<byte[], byte[]> message, String deadLetters, Cause cause, String detail) {
    private static final int LONGEST_DETAIL = 500;

    /** Why a record says nothing. */
    enum Cause {
        /** It is no record of its topic. */
        UNREADABLE("unreadable"),
        /** It is a record, but holds what the sink cannot take. */
        INVALID("invalid");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** Returns the word for headers and metrics. */
        String word() {
            return word;
        }
    }

    public UnreadableMessage {
        String line = SecretMask.standard().mask(detail).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
        detail = line.substring(0, Math.min(LONGEST_DETAIL, line.length()));
    }

    /** Says on one line which record it is and what is wrong with it. */
    public String describe() {
        return message.topic() + ", offset " + message.offset() + ", is " + cause.word() + ": " + detail;
    }
}
