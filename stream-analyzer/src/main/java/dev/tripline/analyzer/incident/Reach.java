package dev.tripline.analyzer.incident;

import dev.tripline.analyzer.incident.AffectedTest.Condition;
import org.jspecify.annotations.Nullable;

/**
 * How far an incident reaches, in numbers; what it hits is in rows of its own. A test that fails at several locations is one test
 * and several places.
 *
 * @param tests tests it hits, each once
 * @param suites suites it hits
 * @param failing places whose last outcome showed the incident's failure
 * @param failingDifferently places that fail in another way now
 * @param passing places that pass now
 * @param recovered places from which the failure has stayed away for long enough
 */
public record Reach(long tests, long suites, long failing, long failingDifferently, long passing, long recovered) {
    /** Of an incident without a failure. */
    public static final Reach NONE = new Reach(0, 0, 0, 0, 0, 0);

    /** Returns all places. */
    public long places() {
        return failing + failingDifferently + passing + recovered;
    }

    /** Tells whether not all places fail now as they did. */
    public boolean hasMovedOn() {
        return failing < places();
    }

    /** Tells whether the failure has stayed away from all places. */
    public boolean isOver() {
        return recovered == places();
    }

    Reach plus(long moreTests, long moreSuites) {
        return new Reach(tests + moreTests, suites + moreSuites, failing, failingDifferently, passing, recovered);
    }

    /** Returns the reach after a place came from one condition to another; from null for one that is new. */
    Reach moved(@Nullable Condition from, Condition to) {
        return from == to ? this : added(to, 1).added(from, -1);
    }

    private Reach added(@Nullable Condition condition, int number) {
        if (condition == null) {
            return this;
        }
        return switch (condition) {
            case FAILING -> new Reach(tests, suites, failing + number, failingDifferently, passing, recovered);
            case FAILING_DIFFERENTLY ->
                new Reach(tests, suites, failing, failingDifferently + number, passing, recovered);
            case PASSING -> new Reach(tests, suites, failing, failingDifferently, passing + number, recovered);
            case RECOVERED -> new Reach(tests, suites, failing, failingDifferently, passing, recovered + number);
        };
    }
}
