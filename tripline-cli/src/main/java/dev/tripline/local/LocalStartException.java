package dev.tripline.local;

/** The local broker or registry cannot start. The message names the culprit and what to do; print it as it is. */
public final class LocalStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalStartException(String message) {
        super(message);
    }

    LocalStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
