package dev.tripline.events;

/** The Schema Registry could not answer now. Never a property of a record: whoever meets it waits and tries again. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
