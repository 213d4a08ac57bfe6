package dev.tripline.analyzer.pattern;

import dev.tripline.analyzer.outcome.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest runs of one suite at one location, oldest first, at most {@value #RUNS}.
 *
 * @param runs by time
 */
public record SuiteHistory(String suite, String location, List<RunOfSuite> runs) {
    static final int RUNS = 32;

    public SuiteHistory {
        runs = runs.stream().sorted(RunOfSuite.BY_TIME).toList();
    }

    /** Returns a run by its identity. */
    public Optional<RunOfSuite> run(RunId id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** Returns the history with a run put in or replaced; the oldest make room. */
    public SuiteHistory with(RunOfSuite run) {
        var all = new ArrayList<>(runs);
        all.removeIf(known -> known.id().equals(run.id()));
        all.add(run);
        all.sort(RunOfSuite.BY_TIME);
        return new SuiteHistory(suite, location, all.subList(Math.max(0, all.size() - RUNS), all.size()));
    }

    /** Returns the newest complete run before another. */
    public Optional<RunOfSuite> before(RunOfSuite run) {
        return complete()
                .filter(other -> RunOfSuite.BY_TIME.compare(other, run) < 0)
                .reduce((older, newer) -> newer);
    }

    /** Returns the oldest complete run after another. */
    public Optional<RunOfSuite> after(RunOfSuite run) {
        return complete()
                .filter(other -> RunOfSuite.BY_TIME.compare(other, run) > 0)
                .findFirst();
    }

    private Stream<RunOfSuite> complete() {
        return runs.stream().filter(RunOfSuite::isComplete);
    }
}
