package dev.tripline.events;

/** The bytes are not a record of the topic and never will be. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Characters of a message: it goes into logs and headers, and may quote what a stranger wrote. */
    private static final int MAX_MESSAGE = 1_000;

    /** @param message why; what is longer than 1,000 characters is cut */
    public UnreadableRecordException(String message) {
        super(cut(message));
    }

    /** @param message why; what is longer than 1,000 characters is cut */
    public UnreadableRecordException(String message, Throwable cause) {
        super(cut(message), cause);
    }

    private static String cut(String message) {
        if (message.length() <= MAX_MESSAGE) {
            return message;
        }
        int end = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 2)) ? MAX_MESSAGE - 2 : MAX_MESSAGE - 1;
        return message.substring(0, end) + "…";
    }
}
