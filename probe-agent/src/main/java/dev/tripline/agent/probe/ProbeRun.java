package dev.tripline.agent.probe;

import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.util.List;

/**
 * What one run of a probe found.
 *
 * @param outcomes its outcomes in order; at least one
 * @param suiteRuns totals of its suites
 */
public record ProbeRun(List<TestOutcome> outcomes, List<SuiteRun> suiteRuns) {
    public ProbeRun {
        outcomes = List.copyOf(outcomes);
        suiteRuns = List.copyOf(suiteRuns);
    }
}
