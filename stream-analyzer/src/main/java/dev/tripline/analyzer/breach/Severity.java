package dev.tripline.analyzer.breach;

/** How bad an incident is, worst first. */
public enum Severity {
    CRITICAL("P0"),
    HIGH("P1"),
    MEDIUM("P2"),
    LOW("P3");

    private final String priority;

    Severity(String priority) {
        this.priority = priority;
    }

    /** Priority that goes with it: {@code P0} for the worst to {@code P3}. */
    public String priority() {
        return priority;
    }

    /** Tells whether this is worse than another. */
    public boolean isWorseThan(Severity other) {
        return compareTo(other) < 0;
    }
}
