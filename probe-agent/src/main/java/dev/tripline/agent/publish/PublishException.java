package dev.tripline.agent.publish;

/** A record is not safe: the message names its topic, its key and the reason. */
public final class PublishException extends Exception {
    private static final long serialVersionUID = 1L;

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
