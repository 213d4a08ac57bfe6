package dev.tripline.sink.filing;

/** Where an incident is in its life. */
public enum Phase {
    OPEN,
    ESCALATED,
    RECOVERING,
    RESOLVED;

    /** Tells whether the problem may still be there. */
    public boolean isActive() {
        return this != RESOLVED;
    }
}
