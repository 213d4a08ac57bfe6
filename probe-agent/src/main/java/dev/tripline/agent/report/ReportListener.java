package dev.tripline.agent.report;

/** Takes what a report says, in its order. */
public interface ReportListener {
    /** Takes an outcome. */
    void outcome(ReportedOutcome outcome);

    /** Takes a detail that was passed over. */
    void passedOver(PassedOver detail);
}
