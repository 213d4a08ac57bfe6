package dev.tripline.service.health;

import dev.tripline.service.Service;
import java.util.Optional;

/** A service with the phase of its life, which it cannot tell by itself before it has started. */
final class WatchedService implements Service {
    private enum Phase {
        WAITING,
        STARTING,
        STARTED,
        STOPPING
    }

    private final Service service;
    private volatile Phase phase = Phase.WAITING;

    WatchedService(Service service) {
        this.service = service;
    }

    @Override
    public String name() {
        return service.name();
    }

    @Override
    public void start() {
        enter(Phase.STARTING);
        service.start();
        enter(Phase.STARTED);
    }

    /** Goes on to a phase; one that is being stopped stays so, even if its start returns meanwhile. */
    private synchronized void enter(Phase next) {
        if (phase != Phase.STOPPING) {
            phase = next;
        }
    }

    @Override
    public String waitingFor() {
        return service.waitingFor();
    }

    @Override
    public Optional<String> notReady() {
        return switch (phase) {
            case WAITING -> Optional.of("not started yet");
            case STARTING -> Optional.of(starting());
            case STARTED -> service.notReady();
            case STOPPING -> Optional.of("stopping");
        };
    }

    private String starting() {
        String reason = service.waitingFor();
        return reason.isEmpty() ? "starting" : "starting: " + reason;
    }

    @Override
    public void close() {
        enter(Phase.STOPPING);
        service.close();
    }
}
