package dev.tripline.sink.filing;

/** How bad an incident is, worst first. */
public enum Severity {
    CRITICAL(4),
    HIGH(3),
    MEDIUM(2),
    LOW(1);

    private final int rank;

    Severity(int rank) {
        this.rank = rank;
    }

    /** Returns the number it has in markers of comments; the worse, the higher. */
    int rank() {
        return rank;
    }

    /** Tells whether this is at least as bad as another. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
