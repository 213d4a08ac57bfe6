package dev.tripline.analyzer.outcome;

/** Result of one test in one suite run. */
public enum OutcomeStatus {
    PASSED,
    /** An assertion failed. */
    FAILED,
    /** The test itself broke. */
    ERRORED,
    TIMED_OUT,
    SKIPPED,
    /** The probe could not run the test. */
    INCONCLUSIVE;

    /** Tells whether the outcome counts in a rate. */
    public boolean isConclusive() {
        return this != SKIPPED && this != INCONCLUSIVE;
    }

    /** Tells whether the outcome counts in a rate and is not a pass. */
    public boolean isFailure() {
        return isConclusive() && this != PASSED;
    }
}
