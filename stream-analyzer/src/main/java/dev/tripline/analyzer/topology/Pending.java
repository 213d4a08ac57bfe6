package dev.tripline.analyzer.topology;

/** What was changed since the last commit. */
interface Pending {
    /** Writes it. */
    void commit();

    /** Forgets it. */
    void rollback();
}
