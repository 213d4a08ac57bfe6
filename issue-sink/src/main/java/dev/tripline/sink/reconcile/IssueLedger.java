package dev.tripline.sink.reconcile;

import dev.tripline.sink.filing.KnownIssue;

/** Where the sink remembers what it did: what is written here survives it. */
public interface IssueLedger {
    /**
     * Records the whole state of one issue and returns when it is durable.
     *
     * @throws IllegalStateException if it cannot be made durable; nothing may be sent to the tracker then
     */
    void write(KnownIssue issue);

    /**
     * Removes the record of an expired incident's issue.
     *
     * @throws IllegalStateException if that cannot be made durable
     */
    void remove(KnownIssue issue);
}
