package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What one test did in one run, its attempts collapsed: the last one's result, flaky if it passed and another failed. An
 * attempt that says nothing (skipped, inconclusive) takes back no result. Outcomes that stand for a suite are no attempts: the
 * worst counts. For one thread.
 */
final class Attempts {
    /** Most failures of other attempts that are kept. */
    private static final int MOST_EARLIER_FAILURES = 10;

    private final List<String> earlier = new ArrayList<>();
    private TestOutcome.Builder result;
    private ReportedOutcome said;
    private boolean isFlaky;
    private int count = 1;

    Attempts(TestOutcome.Builder first, ReportedOutcome said) {
        this.result = first;
        this.said = said;
        this.isFlaky = first.getFlaky();
        first.getEarlierFailures().forEach(this::keep);
    }

    int count() {
        return count;
    }

    void add(TestOutcome.Builder next, ReportedOutcome nextSaid) {
        count++;
        next.getEarlierFailures().forEach(this::keep);
        boolean replaces = said.ofSuite() || nextSaid.ofSuite()
                ? weight(next.getStatus()) > weight(result.getStatus())
                : next.getAttempt() >= result.getAttempt()
                        && (weight(next.getStatus()) > 0 || weight(result.getStatus()) == 0);
        TestOutcome.Builder other = replaces ? result : next;
        ReportedOutcome otherSaid = replaces ? said : nextSaid;
        isFlaky |= next.getFlaky() || weight(other.getStatus()) > 1;
        if (otherSaid.failure() != null) {
            keep(otherSaid.failure().summary());
        }
        if (replaces) {
            result = next;
            said = nextSaid;
        }
    }

    TestOutcome collapsed() {
        return result.setFlaky(isFlaky && result.getStatus() == OutcomeStatus.PASSED)
                .setEarlierFailures(List.copyOf(earlier))
                .build();
    }

    private void keep(String failure) {
        if (earlier.size() < MOST_EARLIER_FAILURES) {
            earlier.add(failure);
        }
    }

    /** 0 says nothing about the test, 1 is a pass, more is a failure, the worse the more. */
    private static int weight(OutcomeStatus status) {
        return switch (status) {
            case SKIPPED, INCONCLUSIVE -> 0;
            case PASSED -> 1;
            case FAILED -> 2;
            case TIMED_OUT -> 3;
            case ERRORED -> 4;
        };
    }
}
