package dev.tripline.analyzer.topology;

/** Bytes of a store are not what was written: nothing will ever read them, so they are put aside and what they were of begins anew. */
final class UnreadableStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message) {
        super(message);
    }

    UnreadableStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
