package dev.tripline.cli.topics;

/** Kafka or the Schema Registry did not do what setting up needs. The message says which and why. */
public final class TopicSetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicSetupException(String message) {
        super(message);
    }

    TopicSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
