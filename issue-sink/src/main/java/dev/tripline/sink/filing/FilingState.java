package dev.tripline.sink.filing;

/** Where the issue of an incident stands, as far as the sink knows. */
public enum FilingState {
    /** To be created; no create is under way. */
    PLANNED,
    /** A create was sent or is about to be; whether it took place is not known. */
    ATTEMPTING,
    /** Open in the tracker. */
    OPEN,
    /** Closed in the tracker, by the sink or by a person. */
    CLOSED,
    /** Waits for the operator; tried again after a while. */
    PARKED,
    /** A person holds it; nothing is written. */
    HELD,
    /** A state that this version does not know; nothing is done. */
    UNKNOWN
}
