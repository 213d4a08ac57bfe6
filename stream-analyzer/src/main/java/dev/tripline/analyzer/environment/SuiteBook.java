package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.run.FailuresOfRun;
import dev.tripline.analyzer.run.FailuresOfRun.FailedTest;
import dev.tripline.analyzer.run.LastRun;
import dev.tripline.analyzer.run.RunOfSuite;
import dev.tripline.analyzer.run.SuiteRuns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the runs of suites together from their outcomes and totals. */
final class SuiteBook {
    /**
     * What became of a run.
     *
     * @param suites runs of the suite at the location, this one among them
     * @param wasCompleted whether it is over just now, or what was missing came after all
     * @param isNewest whether no newer run of the suite is complete
     */
    record RunUpdate(SuiteRuns suites, RunOfSuite run, boolean wasCompleted, boolean isNewest) {}

    /** Adds outcomes to their run. */
    RunUpdate add(Turn turn, Delta delta) {
        SuiteRuns known = runsOf(turn, delta.suite(), delta.location());
        RunOfSuite before =
                runOf(turn, known, delta.run(), delta.startedAt(), delta.endedAt(), delta.service(), delta.revision());
        RunOfSuite after =
                before.plus(delta.counts(), delta.flaky(), delta.failures(), delta.startedAt(), delta.endedAt());
        RunUpdate update = keep(turn, known, before, after);
        if (update.suites().has(after.id())) {
            keepFailures(turn, update.suites(), after, delta.failures());
        }
        return update;
    }

    /** Adds the totals of a run; empty if they say nothing new. */
    Optional<RunUpdate> add(Turn turn, RunTotals totals) {
        SuiteRuns known = runsOf(turn, totals.suite(), totals.location());
        RunOfSuite before = runOf(
                turn, known, totals.run(), totals.startedAt(), totals.endedAt(), totals.service(), totals.revision());
        if (!before.isNews(totals.end())) {
            return Optional.empty();
        }
        return Optional.of(keep(
                turn, known, before, before.with(totals.totals(), totals.startedAt(), totals.endedAt(), totals.end())));
    }

    /** Tells whether an outcome's own run is still among the newest of its suite. */
    boolean remembers(Turn turn, String suite, String location, RunId own) {
        return runsOf(turn, suite, location).has(own);
    }

    /** Returns the newest complete run of the suite before an outcome's own, at its location. */
    Optional<RunOfSuite> runBefore(Turn turn, String suite, String location, RunId own) {
        SuiteRuns known = runsOf(turn, suite, location);
        return run(turn, known, own).flatMap(known::before).flatMap(id -> run(turn, known, id));
    }

    /** Returns a run that is remembered. */
    static Optional<RunOfSuite> run(Turn turn, SuiteRuns known, RunId id) {
        return known.has(id) ? Optional.ofNullable(turn.state().runs().get(known.key(), id.key())) : Optional.empty();
    }

    /** Returns the first failures of a run with a pattern, by time. */
    static List<FailedTest> failuresOf(Turn turn, SuiteRuns known, RunId id, String patternId) {
        @Nullable FailuresOfRun failures = turn.state().failuresOfRuns().get(known.keyOf(id), patternId);
        return failures == null ? List.of() : failures.first();
    }

    private static RunUpdate keep(Turn turn, SuiteRuns known, RunOfSuite before, RunOfSuite after) {
        SuiteRuns next = known.with(after);
        turn.state().suites().put(known.key(), next);
        if (next.has(after.id())) {
            turn.state().runs().put(known.key(), after.id().key(), after);
        }
        known.runs().stream()
                .map(SuiteRuns.Mark::id)
                .filter(id -> !next.has(id))
                .forEach(id -> forget(turn, known, id));
        @Nullable LastRun last = turn.state().lastRuns().get(known.suite());
        boolean isLast = last != null
                && last.location().equals(known.location())
                && last.run().id().equals(after.id());
        boolean isNewest = last == null || isLast || RunOfSuite.BY_TIME.compare(after, last.run()) > 0;
        boolean isMoreComplete = before.isComplete() && before.end() != after.end();
        boolean wasCompleted = (!before.isComplete() || isMoreComplete) && after.isComplete();
        if (isNewest && wasCompleted) {
            turn.state().lastRuns().put(known.suite(), new LastRun(known.suite(), known.location(), after));
        } else if (isLast) {
            turn.state().lastRuns().put(known.suite(), new LastRun(known.suite(), known.location(), after));
        }
        if (wasCompleted && !isMoreComplete) {
            turn.keep(turn.progress().oneMoreRun());
        }
        return new RunUpdate(next, after, wasCompleted, isNewest);
    }

    private static void keepFailures(Turn turn, SuiteRuns known, RunOfSuite run, List<PatternedFailure> failures) {
        String owner = known.keyOf(run.id());
        for (PatternedFailure failure : failures) {
            String pattern = failure.pattern().id();
            if (run.patterns().containsKey(pattern)) {
                @Nullable FailuresOfRun before = turn.state().failuresOfRuns().get(owner, pattern);
                FailuresOfRun after = (before == null ? FailuresOfRun.NONE : before).with(failure);
                if (!after.equals(before)) {
                    turn.state().failuresOfRuns().put(owner, pattern, after);
                }
            }
        }
    }

    private static void forget(Turn turn, SuiteRuns known, RunId id) {
        @Nullable RunOfSuite run = turn.state().runs().get(known.key(), id.key());
        if (run != null) {
            run.patterns()
                    .keySet()
                    .forEach(pattern -> turn.state().failuresOfRuns().remove(known.keyOf(id), pattern));
            turn.state().runs().remove(known.key(), id.key());
        }
    }

    private static RunOfSuite runOf(
            Turn turn,
            SuiteRuns known,
            RunId id,
            Instant startedAt,
            Instant endedAt,
            @Nullable String service,
            @Nullable String revision) {
        return run(turn, known, id).orElseGet(() -> RunOfSuite.begin(id, startedAt, endedAt, service, revision));
    }

    private static SuiteRuns runsOf(Turn turn, String suite, String location) {
        SuiteRuns known = turn.state().suites().get(SuiteRuns.keyOf(suite, location));
        return known == null ? new SuiteRuns(suite, location, List.of()) : known;
    }
}
