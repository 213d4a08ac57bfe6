package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.pattern.RunOfSuite;
import dev.tripline.analyzer.pattern.SuiteHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the runs of suites together from their outcomes and totals. */
final class SuiteBook {
    /**
     * What became of a run.
     *
     * @param history runs of the suite at the location, this one among them
     * @param wasCompleted whether its last missing part came just now
     * @param isNewest whether no newer run of the suite is complete
     */
    record RunUpdate(SuiteHistory history, RunOfSuite run, boolean wasCompleted, boolean isNewest) {}

    /** Adds outcomes to their run. */
    RunUpdate add(Turn turn, Delta delta) {
        SuiteHistory history = historyOf(turn, delta.suite(), delta.location());
        RunOfSuite before =
                runOf(history, delta.run(), delta.startedAt(), delta.endedAt(), delta.service(), delta.revision());
        RunOfSuite after =
                before.plus(delta.counts(), delta.flaky(), delta.failures(), delta.startedAt(), delta.endedAt());
        return keep(turn, history, before, after);
    }

    /** Adds the totals of a run; empty if they were known. */
    Optional<RunUpdate> add(Turn turn, RunTotals totals) {
        SuiteHistory history = historyOf(turn, totals.suite(), totals.location());
        RunOfSuite before =
                runOf(history, totals.run(), totals.startedAt(), totals.endedAt(), totals.service(), totals.revision());
        if (before.totals() != null) {
            return Optional.empty();
        }
        return Optional.of(
                keep(turn, history, before, before.with(totals.totals(), totals.startedAt(), totals.endedAt())));
    }

    /** Tells whether an outcome's own run is still among the newest of its suite. */
    boolean remembers(Turn turn, String suite, String location, RunId own) {
        return historyOf(turn, suite, location).run(own).isPresent();
    }

    /** Returns the newest complete run of the suite before an outcome's own, at its location. */
    Optional<RunOfSuite> runBefore(Turn turn, String suite, String location, RunId own) {
        SuiteHistory history = historyOf(turn, suite, location);
        return history.run(own).flatMap(history::before);
    }

    private static RunUpdate keep(Turn turn, SuiteHistory history, RunOfSuite before, RunOfSuite after) {
        SuiteHistory next = history.with(after);
        turn.state().histories().put(keyOf(history.suite(), history.location()), next);
        @Nullable LastRun last = turn.state().lastRuns().get(history.suite());
        boolean isNewest = last == null || RunOfSuite.BY_TIME.compare(after, last.run()) > 0;
        boolean wasCompleted = !before.isComplete() && after.isComplete();
        if (isNewest && wasCompleted) {
            turn.state().lastRuns().put(history.suite(), new LastRun(history.suite(), history.location(), after));
        }
        if (wasCompleted) {
            turn.update(Summary::oneMoreRun);
        }
        return new RunUpdate(next, after, wasCompleted, isNewest);
    }

    private static RunOfSuite runOf(
            SuiteHistory history,
            RunId id,
            Instant startedAt,
            Instant endedAt,
            @Nullable String service,
            @Nullable String revision) {
        return history.run(id).orElseGet(() -> RunOfSuite.begin(id, startedAt, endedAt, service, revision));
    }

    private static SuiteHistory historyOf(Turn turn, String suite, String location) {
        SuiteHistory known = turn.state().histories().get(keyOf(suite, location));
        return known == null ? new SuiteHistory(suite, location, List.of()) : known;
    }

    private static String keyOf(String suite, String location) {
        return suite + '\u0000' + location;
    }
}
