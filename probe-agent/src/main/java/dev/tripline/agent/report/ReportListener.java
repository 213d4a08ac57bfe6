package dev.tripline.agent.report;

/** Takes what a report says, in its order. */
public interface ReportListener {
    /** Takes an outcome. */
    void outcome(ReportedOutcome outcome);

    /** Tells whether how tests failed matters; where it does not, outcomes may come without their failures. */
    default boolean readsFailures() {
        return true;
    }

    /** Takes a detail that was passed over. */
    void passedOver(PassedOver detail);
}
