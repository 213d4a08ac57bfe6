package dev.tripline.sink.filing;

/** Where an incident is in its life. */
public enum Phase {
    OPEN,
    ESCALATED,
    RECOVERING,
    RESOLVED,
    /** A state, or another word that decides, that this version does not know: nothing is done about it. */
    UNKNOWN;

    /** Tells whether the problem may still be there. */
    public boolean isActive() {
        return this != RESOLVED;
    }
}
