package dev.tripline.sink.filing;

/** What a test of an incident does now. */
public enum Condition {
    FAILING,
    FAILING_DIFFERENTLY,
    NOT_RUN_SINCE,
    PASSING,
    RECOVERED,
    UNKNOWN
}
