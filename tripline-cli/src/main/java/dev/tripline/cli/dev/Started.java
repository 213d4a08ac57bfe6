package dev.tripline.cli.dev;

import dev.tripline.service.Service;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service made of something that works from the moment it is made until it is closed. */
final class Started implements Service {
    /** What works until it is closed. */
    interface Running {
        void close();
    }

    private final String name;
    private final String waitingFor;
    private final Supplier<Running> starter;
    private @Nullable Running running;
    private boolean closed;

    Started(String name, Supplier<Running> starter) {
        this(name, "", starter);
    }

    /** @param waitingFor what usually takes the time when it takes long; may be empty */
    Started(String name, String waitingFor, Supplier<Running> starter) {
        this.name = name;
        this.waitingFor = waitingFor;
        this.starter = starter;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String waitingFor() {
        return waitingFor;
    }

    @Override
    public void start() {
        Running made = starter.get();
        synchronized (this) {
            if (!closed) {
                running = made;
                return;
            }
        }
        // It was told to stop while it was still starting.
        made.close();
    }

    @Override
    public void close() {
        Running last;
        synchronized (this) {
            closed = true;
            last = running;
            running = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
