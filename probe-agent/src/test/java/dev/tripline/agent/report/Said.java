package dev.tripline.agent.report;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader says. */
final class Said implements ReportListener {
    final List<ReportedOutcome> outcomes = new ArrayList<>();
    final List<PassedOver> passedOver = new ArrayList<>();

    @Override
    public void outcome(ReportedOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void passedOver(PassedOver detail) {
        passedOver.add(detail);
    }
}
