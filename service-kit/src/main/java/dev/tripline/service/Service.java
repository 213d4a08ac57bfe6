package dev.tripline.service;

import java.util.Optional;

/**
 * A part of a process that starts, runs on threads of its own, and stops. One that fails while it runs says so to the
 * callback it was made with, usually {@link ServiceRunner#fail}.
 */
public interface Service extends AutoCloseable {
    /** Returns what logs call it, such as {@code stream analyzer}. */
    String name();

    /**
     * Starts the service and returns once it works, or once it waits for others by itself. An interrupt asks it to
     * give up.
     *
     * @throws RuntimeException if it cannot start; the message tells the operator why
     */
    void start();

    /**
     * Returns what {@link #start} waits for, such as {@code restoring 3 of 12 state stores}, for the operator of a start
     * that takes long; empty if there is nothing to say. May be called from any thread.
     */
    default String waitingFor() {
        return "";
    }

    /**
     * Returns why the service does not do its work at this moment, such as {@code waiting for the Schema Registry}; empty
     * if it does, or stands by for another that does. Asked only between {@link #start} and {@link #close}, from any
     * thread; must not block.
     */
    default Optional<String> notReady() {
        return Optional.empty();
    }

    /**
     * Stops the service, within about a second if it can, and releases what it holds. Also called when {@link #start}
     * failed, was interrupted or never came; a second call does nothing.
     */
    @Override
    void close();
}
