package dev.tripline.sink.filing;

/** How bad an incident is, worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    /** Tells whether this is at least as bad as another. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
