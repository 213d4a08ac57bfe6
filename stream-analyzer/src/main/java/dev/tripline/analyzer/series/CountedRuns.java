package dev.tripline.analyzer.series;

import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.analyzer.state.Numbers;
import dev.tripline.service.time.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes of the runs of a suite were counted, so that each counts once, and when a run is over.
 *
 * <p>A run is remembered outcome by outcome while it is not complete and {@link #GRACE} longer, then as one of its source's runs,
 * which takes next to nothing; both for {@link #MEMORY}. What comes of a run that is remembered counts once, however late; what comes of
 * another counts within the horizon. Has no state of its own but tables.
 */
public final class CountedRuns {
    /** How long before the newest outcome of its suite a run is remembered. */
    public static final Duration MEMORY = Duration.ofDays(30);

    /** How much older than the newest outcome of its suite a complete run is at least, before more of it is no news, whatever it is. */
    static final Duration GRACE = Duration.ofHours(1);

    /** Time without anything new of a run, in its suite and on the broker, before which it is not over. */
    static final Duration QUIET = Duration.ofMinutes(5);

    /** How long a run may take where none was complete yet. */
    static final Duration UNUSUAL = Duration.ofHours(1);

    /** A run may take as many times its usual time. */
    private static final int PATIENCE = 2;

    /** What is filed that is looked at in one go: a long absence is caught up with step by step. */
    private static final int MOST_AT_ONCE = 2_000;

    /** What becomes of an outcome or of totals. */
    public enum Verdict {
        COUNTED,
        /** It was counted before. */
        REPEATED,
        /** It ended longer than the horizon before the newest outcome of its suite, and its run is not remembered. */
        LATE
    }

    private final SuiteTables tables;
    private final Duration horizon;

    /**
     * @param horizon span of event time before the newest outcome of a suite within which runs may begin to come; positive
     */
    public CountedRuns(SuiteTables tables, Duration horizon) {
        this.tables = tables;
        this.horizon = horizon;
    }

    /**
     * Tells what becomes of an outcome, which changes nothing.
     *
     * @param number number of its series; negative if it has none yet
     */
    Verdict verdict(Outcome outcome, int number) {
        String suite = suiteKey(outcome);
        String location = outcome.series().location();
        String run = SuiteTables.runKey(location, outcome.runId());
        if (tables.runs().get(suite, run) != null) {
            return number >= 0 && isMember(suite, run, SuiteTables.member(number, outcome.attempt()))
                    ? Verdict.REPEATED
                    : Verdict.COUNTED;
        }
        return verdictOnUnknown(suite, location, outcome.runId(), outcome.endedAt());
    }

    /** Returns the number of a series: the one it has, or if that is negative another, which no series has. */
    int numberOf(Outcome outcome, int number) {
        if (number >= 0) {
            return number;
        }
        String key = suiteKey(outcome);
        Suite suite = suiteOf(key, outcome.series().suite());
        int given = suite.another();
        tables.suites().put(key, suite);
        return given;
    }

    /** Counts an outcome that is to be counted. */
    void count(Outcome outcome, int number, Instant takenAt) {
        Suite suite = suiteOf(suiteKey(outcome), outcome.series().suite());
        count(
                suite,
                outcome.series().environment(),
                outcome.id(),
                outcome.status(),
                outcome.startedAt(),
                number,
                takenAt);
    }

    /** Counts again what was counted before a restart, if it is not there. */
    public void recount(Contribution counted, int number) {
        OutcomeId outcome = counted.id();
        String key = SuiteTables.suiteKey(counted.series().environment(), outcome.suite());
        String run = SuiteTables.runKey(outcome.location(), outcome.runId());
        if (isMember(key, run, SuiteTables.member(number, outcome.attempt()))) {
            return;
        }
        Suite suite = suiteOf(key, outcome.suite());
        count(
                suite,
                counted.series().environment(),
                outcome,
                counted.status(),
                counted.startedAt(),
                number,
                outcome.endedAt());
    }

    private void count(
            Suite suite,
            String environment,
            OutcomeId outcome,
            OutcomeStatus status,
            Instant startedAt,
            int number,
            Instant takenAt) {
        String key = SuiteTables.suiteKey(environment, suite.name());
        suite.reached(outcome.endedAt(), takenAt);
        suite.knows(number);
        String runKey = SuiteTables.runKey(outcome.location(), outcome.runId());
        @Nullable CountedRun known = tables.runs().get(key, runKey);
        CountedRun run = known != null
                ? known
                : new CountedRun(outcome.location(), outcome.runId(), startedAt, outcome.endedAt(), takenAt);
        run.count(status, startedAt, outcome.endedAt(), takenAt);
        long member = SuiteTables.member(number, outcome.attempt());
        long block = SuiteTables.block(member);
        String blockKey = SuiteTables.blockKey(runKey, block);
        @Nullable Numbers knownMembers = tables.members().get(key, blockKey);
        Numbers members = knownMembers == null ? new Numbers() : knownMembers;
        members.add(member);
        tables.members().put(key, blockKey, members);
        run.blocks().add(block);
        keep(key, suite, runKey, run, known == null);
    }

    /**
     * Takes in what was published of a run.
     *
     * @param takenAt when the broker took it
     */
    public Verdict publish(String environment, RunTotals totals, Instant takenAt) {
        String key = SuiteTables.suiteKey(environment, totals.suite());
        String runKey = SuiteTables.runKey(totals.location(), totals.run());
        @Nullable CountedRun known = tables.runs().get(key, runKey);
        if (known != null && known.totals() != null) {
            return Verdict.REPEATED;
        }
        if (known == null) {
            Verdict verdict = verdictOnUnknown(key, totals.location(), totals.run(), totals.endedAt());
            if (verdict != Verdict.COUNTED) {
                return verdict;
            }
        }
        Suite suite = suiteOf(key, totals.suite());
        CountedRun run = known != null
                ? known
                : new CountedRun(totals.location(), totals.run(), totals.startedAt(), totals.endedAt(), takenAt);
        run.publish(totals, takenAt);
        suite.reached(suite.newest(), takenAt);
        keep(key, suite, runKey, run, known == null);
        return Verdict.COUNTED;
    }

    /** Tells whether runs of a suite are waited for. */
    public boolean isWaiting(String environment, String suiteName) {
        @Nullable Suite suite = tables.suites().get(SuiteTables.suiteKey(environment, suiteName));
        return suite != null && !suite.open().isEmpty();
    }

    /**
     * Returns the runs of a suite that are over now and were not told to be, in the order in which they began to come.
     *
     * @param now by the clock of the broker, also if nothing came lately; {@link Instant#MIN} if time is that of what came
     */
    public List<RunTotals> ended(String environment, String suiteName, Instant now) {
        String key = SuiteTables.suiteKey(environment, suiteName);
        @Nullable Suite suite = tables.suites().get(key);
        if (suite == null) {
            return List.of();
        }
        var ended = new ArrayList<RunTotals>();
        int tooMany = suite.open().size() - Suite.MOST_OPEN;
        for (String runKey : suite.open()) {
            @Nullable CountedRun run = tables.runs().get(key, runKey);
            if (run == null) {
                suite.closed(runKey); // it could not be read
            } else if (run.isComplete()) {
                suite.completed(SuiteTables.locationKey(run.location()), run.took());
                ended.add(end(key, suite, runKey, run, RunEnd.COMPLETE));
            } else if (tooMany > 0 || isDue(suite, run, now)) {
                ended.add(end(key, suite, runKey, run, run.totals() == null ? RunEnd.UNTOLD : RunEnd.INCOMPLETE));
            }
            tooMany--;
        }
        forget(key, suite);
        tables.suites().put(key, suite);
        return ended;
    }

    private RunTotals end(String key, Suite suite, String runKey, CountedRun run, RunEnd end) {
        suite.closed(runKey);
        boolean wasTold = run.told() != RunEnd.OPEN;
        RunTotals told = run.end(suite.name(), end);
        tables.runs().put(key, runKey, run);
        if (wasTold
                && end == RunEnd.COMPLETE
                && !run.hasMoreThanPublished()
                && hour(run.endedAt()) < hour(present(suite).minus(GRACE))) {
            settle(key, suite, runKey, run); // it was not when its hour was looked at
        }
        return told;
    }

    private static boolean isDue(Suite suite, CountedRun run, Instant now) {
        @Nullable Duration usual = suite.usualAt(SuiteTables.locationKey(run.location()));
        Duration most = usual == null ? UNUSUAL : usual.multipliedBy(PATIENCE);
        if (!now.isBefore(run.takenAt().plus(most.compareTo(QUIET) > 0 ? most : QUIET))) {
            return true; // whatever comes of others
        }
        return !suite.newest().isBefore(run.startedAt().plus(most))
                && !suite.newest().isBefore(run.endedAt().plus(QUIET))
                && !suite.takenAt().isBefore(run.takenAt().plus(QUIET));
    }

    private void keep(String key, Suite suite, String runKey, CountedRun run, boolean isNew) {
        boolean isToTell = switch (run.told()) {
            case OPEN -> true;
            case UNTOLD -> run.totals() != null;
            case INCOMPLETE -> run.isComplete();
            case COMPLETE -> false;
        };
        if (isToTell) {
            suite.opened(runKey);
        }
        if (isNew) {
            file(key, Age.FRESH, suite.fresh(), hour(run.endedAt()), new Filed(Filed.Kind.RUN, runKey));
        }
        tables.runs().put(key, runKey, run);
        tables.suites().put(key, suite);
    }

    private Verdict verdictOnUnknown(String key, String location, RunId run, Instant endedAt) {
        @Nullable SettledRuns settled = tables.settled().get(key, SuiteTables.settledKey(location, run));
        if (settled != null && settled.contains(run.run())) {
            return Verdict.REPEATED;
        }
        @Nullable Suite suite = tables.suites().get(key);
        return suite != null && Acceptance.isLate(endedAt, suite.newest(), horizon) ? Verdict.LATE : Verdict.COUNTED;
    }

    /** End of the newest outcome of a suite; {@link Instant#MIN} without one. */
    Instant newest(Outcome outcome) {
        @Nullable Suite suite = tables.suites().get(suiteKey(outcome));
        return suite == null ? Instant.MIN : suite.newest();
    }

    private boolean isMember(String key, String runKey, long member) {
        @Nullable Numbers members = tables.members().get(key, SuiteTables.blockKey(runKey, SuiteTables.block(member)));
        return members != null && members.contains(member);
    }

    private Suite suiteOf(String key, String name) {
        @Nullable Suite known = tables.suites().get(key);
        return known == null ? new Suite(name) : known;
    }

    private static String suiteKey(Outcome outcome) {
        return SuiteTables.suiteKey(
                outcome.series().environment(), outcome.series().suite());
    }

    /** Which of the two files of a suite something is in. */
    private enum Age {
        FRESH,
        KEPT
    }

    /** Of a suite that has only totals, because its outcomes are put aside, time is the broker's. */
    private static Instant present(Suite suite) {
        return suite.newest().equals(Instant.MIN) ? suite.takenAt() : suite.newest();
    }

    private void forget(String key, Suite suite) {
        long settled = hour(present(suite).minus(GRACE));
        long forgotten = hour(present(suite).minus(MEMORY));
        int left = MOST_AT_ONCE;
        while (left > 0 && !suite.fresh().isEmpty() && suite.fresh().first() < settled) {
            left -= look(key, Age.FRESH, suite.fresh(), left, each -> settle(key, suite, each, settled));
        }
        while (left > 0 && !suite.kept().isEmpty() && suite.kept().first() < forgotten) {
            left -= look(key, Age.KEPT, suite.kept(), left, each -> expire(key, suite, each));
        }
    }

    /** Looks at what is filed under the first hour; returns how much that was, at least 1. */
    private int look(String key, Age age, Numbers hours, int most, Consumer<Filed> handle) {
        long hour = hours.first();
        String owner = owner(key, age, hour);
        List<Filed> all = tables.filed().of(owner, most);
        for (Filed each : all) {
            tables.filed().remove(owner, each.row());
            handle.accept(each);
        }
        if (all.size() < most) {
            hours.remove(hour);
        }
        return Math.max(1, all.size());
    }

    private void settle(String key, Suite suite, Filed filed, long settledBefore) {
        @Nullable CountedRun run = tables.runs().get(key, filed.key());
        if (run == null) {
            return;
        }
        long hour = hour(run.endedAt());
        if (hour >= settledBefore) {
            file(key, Age.FRESH, suite.fresh(), hour, filed);
        } else if (run.told() != RunEnd.COMPLETE || run.hasMoreThanPublished()) {
            file(key, Age.KEPT, suite.kept(), hour, filed);
        } else {
            settle(key, suite, filed.key(), run);
        }
    }

    private void settle(String key, Suite suite, String runKey, CountedRun run) {
        String source = SuiteTables.settledKey(run.location(), run.id());
        @Nullable SettledRuns known = tables.settled().get(key, source);
        SettledRuns settled = known == null ? new SettledRuns() : known;
        settled.add(run.id().run(), run.endedAt());
        tables.settled().put(key, source, settled);
        if (known == null) {
            file(key, Age.KEPT, suite.kept(), hour(run.endedAt()), new Filed(Filed.Kind.SOURCE, source));
        }
        remove(key, runKey, run);
    }

    private void expire(String key, Suite suite, Filed filed) {
        Instant begin = present(suite).minus(MEMORY);
        if (filed.kind() == Filed.Kind.RUN) {
            @Nullable CountedRun run = tables.runs().get(key, filed.key());
            if (run != null && run.endedAt().isBefore(begin)) {
                suite.closed(filed.key());
                remove(key, filed.key(), run);
            } else if (run != null) {
                file(key, Age.KEPT, suite.kept(), hour(run.endedAt()), filed);
            }
            return;
        }
        @Nullable SettledRuns settled = tables.settled().get(key, filed.key());
        if (settled == null) {
            return;
        }
        settled.forgetBefore(begin);
        if (settled.intervals().isEmpty()) {
            tables.settled().remove(key, filed.key());
        } else {
            tables.settled().put(key, filed.key(), settled);
            file(key, Age.KEPT, suite.kept(), hour(settled.oldest()), filed);
        }
    }

    private void remove(String key, String runKey, CountedRun run) {
        long[] blocks = run.blocks().bounds();
        for (int i = 0; i < blocks.length; i += 2) {
            for (long block = blocks[i]; block <= blocks[i + 1]; block++) {
                tables.members().remove(key, SuiteTables.blockKey(runKey, block));
            }
        }
        tables.runs().remove(key, runKey);
    }

    private void file(String key, Age age, Numbers hours, long hour, Filed filed) {
        hours.add(hour);
        tables.filed().put(owner(key, age, hour), filed.row(), filed);
    }

    private static String owner(String key, Age age, long hour) {
        return key + '\u0000' + age + hour;
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofHours(1).toSeconds());
    }
}
