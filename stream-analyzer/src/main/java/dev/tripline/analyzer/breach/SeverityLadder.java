package dev.tripline.analyzer.breach;

import java.util.List;
import java.util.Locale;

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
            return isReachedBySuites(suitesHit) || (tests > 0 && testsHit >= tests);
        }

        private boolean isReachedBySuites(long suitesHit) {
            return suites > 0 && suitesHit >= suites;
        }

        private String why(long suitesHit) {
            return word(severity) + " from "
                    + (isReachedBySuites(suitesHit) ? countedSuites(suites) : countedTests(tests));
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

    /**
     * Returns why a cause that hits so many suites and tests has its severity, such as "4 tests in 2 suites: critical from
     * 2 suites".
     */
    public String reason(long suitesHit, long testsHit) {
        String step = steps.stream()
                .filter(each -> each.isReachedBy(suitesHit, testsHit))
                .findFirst()
                .map(each -> each.why(suitesHit))
                .orElse(word(otherwise)
                        + (steps.isEmpty() ? ", whatever it hits" : ", as it reaches no step of the rules"));
        return countedTests(testsHit) + " in " + countedSuites(suitesHit) + ": " + step;
    }

    private static String countedTests(long count) {
        return count + (count == 1 ? " test" : " tests");
    }

    private static String countedSuites(long count) {
        return count + (count == 1 ? " suite" : " suites");
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
