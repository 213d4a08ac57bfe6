package dev.tripline.analyzer.breach;

import java.util.List;

/**
 * Severity by what one cause hits.
 *
 * @param steps worst first; the first that is reached holds
 * @param otherwise severity when none is reached
 */
public record SeverityLadder(List<Step> steps, Severity otherwise) {
    /** Ladder of incidents no rule speaks of. */
    public static final SeverityLadder STANDARD =
            new SeverityLadder(List.of(new Step(Severity.HIGH, 2, 5)), Severity.MEDIUM);

    /**
     * One step, reached by as many suites or as many tests.
     *
     * @param suites suites hit, 1 or more; 0 if suites do not count
     * @param tests tests hit, 1 or more; 0 if tests do not count
     */
    public record Step(Severity severity, int suites, int tests) {
        boolean isReachedBy(long suitesHit, long testsHit) {
            return (suites > 0 && suitesHit >= suites) || (tests > 0 && testsHit >= tests);
        }
    }

    /** Returns the severity of a cause that hits so many suites and tests. */
    public Severity of(long suitesHit, long testsHit) {
        return steps.stream()
                .filter(step -> step.isReachedBy(suitesHit, testsHit))
                .findFirst()
                .map(Step::severity)
                .orElse(otherwise);
    }
}
