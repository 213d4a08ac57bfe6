package dev.tripline.analyzer.run;

import dev.tripline.analyzer.outcome.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which runs of one suite at one location are remembered, oldest first, at most {@value #RUNS}.
 *
 * @param runs by time
 */
public record SuiteRuns(String suite, String location, List<Mark> runs) {
    static final int RUNS = 32;

    /** A run by its identity and time. */
    public record Mark(RunId id, Instant endedAt, boolean isComplete) {
        /** Oldest first; runs that ended together by identity. */
        private static final Comparator<Mark> BY_TIME =
                Comparator.comparing(Mark::endedAt).thenComparing(Mark::id);

        /** Returns the mark of a run. */
        public static Mark of(RunOfSuite run) {
            return new Mark(run.id(), run.endedAt(), run.isComplete());
        }
    }

    public SuiteRuns {
        runs = runs.stream().sorted(Mark.BY_TIME).toList();
    }

    /** Returns a key that differs for different suites, and for a suite at different locations. */
    public static String keyOf(String suite, String location) {
        return suite + '\u0000' + location;
    }

    /** Returns the key of {@link #keyOf(String, String)}. */
    public String key() {
        return keyOf(suite, location);
    }

    /** Returns a key that differs for the runs of all suites. */
    public String keyOf(RunId id) {
        return key() + '\u0000' + id.key();
    }

    /** Tells whether a run is remembered. */
    public boolean has(RunId id) {
        return runs.stream().anyMatch(run -> run.id().equals(id));
    }

    /** Returns the runs with one put in or replaced; the oldest make room, which may be that one. */
    public SuiteRuns with(RunOfSuite run) {
        var all = new ArrayList<>(runs);
        all.removeIf(known -> known.id().equals(run.id()));
        all.add(Mark.of(run));
        all.sort(Mark.BY_TIME);
        return new SuiteRuns(suite, location, all.subList(Math.max(0, all.size() - RUNS), all.size()));
    }

    /** Returns the newest complete run before another. */
    public Optional<RunId> before(RunOfSuite run) {
        Mark mark = Mark.of(run);
        return complete()
                .filter(other -> Mark.BY_TIME.compare(other, mark) < 0)
                .reduce((older, newer) -> newer)
                .map(Mark::id);
    }

    /** Returns the oldest complete run after another. */
    public Optional<RunId> after(RunOfSuite run) {
        Mark mark = Mark.of(run);
        return complete()
                .filter(other -> Mark.BY_TIME.compare(other, mark) > 0)
                .findFirst()
                .map(Mark::id);
    }

    private Stream<Mark> complete() {
        return runs.stream().filter(Mark::isComplete);
    }
}
