package dev.tripline.analyzer.run;

import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternedFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Failures of one run with one pattern.
 *
 * @param first the first by time, at most {@value PatternChange#EVIDENCE} and {@value PatternChange#EVIDENCE_CHARS} characters of names
 */
public record FailuresOfRun(List<FailedTest> first) {
    /** None. */
    public static final FailuresOfRun NONE = new FailuresOfRun(List.of());

    /** One failure of the run. */
    public record FailedTest(OutcomeId outcome, OutcomeStatus status) {}

    public FailuresOfRun {
        first = List.copyOf(first);
    }

    /** Returns the failures with one more among them. */
    public FailuresOfRun with(PatternedFailure failure) {
        var more = new ArrayList<>(first);
        more.add(new FailedTest(failure.outcome(), failure.status()));
        more.sort(Comparator.comparing(FailedTest::outcome));
        return new FailuresOfRun(Bounded.first(
                more,
                PatternChange.EVIDENCE,
                PatternChange.EVIDENCE_CHARS,
                failed -> failed.outcome().chars()));
    }
}
