package dev.tripline.sink.tracker;

/** Who has to act before a refused call can succeed. */
public enum Fault {
    /** The operator: a token, a permission, a repository. */
    OPERATOR,
    /** The other side; it may pass. */
    OTHER,
    /** Tripline itself sent what the tracker does not take. */
    OURS
}
