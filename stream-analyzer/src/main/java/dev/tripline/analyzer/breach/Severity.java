package dev.tripline.analyzer.breach;

/** How bad an incident is, worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    /** Priority that goes with it: {@code P0} for the worst to {@code P3}. */
    public String priority() {
        return "P" + ordinal();
    }

    /** Tells whether this is worse than another. */
    public boolean isWorseThan(Severity other) {
        return ordinal() < other.ordinal();
    }
}
