package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.outcome.OutcomeId;
import org.jspecify.annotations.Nullable;

/** What one incident hits, each in a row of its own, so that an incident of any size changes little with a failure. */
public interface Hits {
    /** Returns what is known of the test of an outcome at its location; null if the incident does not hit it. */
    @Nullable
    AffectedTest at(OutcomeId outcome);

    /** Keeps what is known of a test at a location. */
    void keep(AffectedTest test);

    /** Keeps that a test is hit, wherever; returns whether that is new. */
    boolean addTest(AffectedTest test);

    /** Keeps that a suite is hit; returns whether that is new. */
    boolean addSuite(String suite);
}
