package dev.tripline.cli.dev;

/** Local mode cannot start for a reason the operator can mend. The message says which; print it as it is. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
