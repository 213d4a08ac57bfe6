package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.environment.SuiteBook.RunUpdate;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Scope.Kind;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import dev.tripline.analyzer.pattern.PatternChange.Sight;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.run.FailuresOfRun.FailedTest;
import dev.tripline.analyzer.run.Replacement;
import dev.tripline.analyzer.run.RunOfSuite;
import dev.tripline.analyzer.run.SuiteRuns;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps what an environment knows of its error patterns, and notices when they change. */
final class PatternBook {
    private final SuiteBook suites;

    PatternBook(SuiteBook suites) {
        this.suites = suites;
    }

    /** Takes in the failures of one pattern from one delta. */
    void see(Turn turn, List<PatternedFailure> failures) {
        PatternedFailure first = failures.get(0);
        String id = first.pattern().id();
        @Nullable PatternKnowledge known = turn.state().patterns().get(id);
        boolean isNew = known == null;
        PatternKnowledge now = known;
        for (PatternedFailure failure : failures) {
            now = now == null ? PatternKnowledge.first(failure, lastDeployment(turn, failure)) : now.after(failure);
        }
        if (now != null) {
            turn.state().patterns().put(id, now);
            turn.tellPattern(id);
            if (isNew && !turn.isLearning()) {
                turn.tell(newPattern(turn, now, failures));
            }
        }
    }

    /**
     * Compares a run that was completed with the runs before and after it in time; returns the suite's new dominant patterns
     * with the ones they replaced. A run that comes late is compared with the one after it as well.
     */
    List<Replacement> compare(Turn turn, RunUpdate update) {
        SuiteRuns known = update.suites();
        RunOfSuite run = update.run();
        Optional<Replacement> arrived = known.before(run)
                .flatMap(id -> SuiteBook.run(turn, known, id))
                .flatMap(older -> replacement(turn, known, older, run));
        Optional<Replacement> followed = known.after(run)
                .flatMap(id -> SuiteBook.run(turn, known, id))
                .flatMap(newer -> replacement(turn, known, run, newer));
        return Stream.of(arrived, followed).flatMap(Optional::stream).toList();
    }

    /** Looks again which deployment lies between before and after, for the recent changes. */
    void relink(Turn turn) {
        for (String changeId : turn.recentChanges().ids()) {
            @Nullable PatternChange change = turn.state().changes().get(changeId);
            if (change == null) {
                continue;
            }
            Between between = change.kind() == PatternChange.Kind.NEW
                            && !change.evidence().isEmpty()
                    ? betweenNow(
                            turn, change.evidence().get(0), change.between().service(), change.between())
                    : change.between();
            @Nullable DeployedRevision deployment = newestIn(turn, between);
            if (!Objects.equals(deployment, change.deployment())) {
                turn.tell(change.with(deployment));
            }
        }
    }

    /** Returns the span in which a deployment may explain failures of a suite that began with an outcome. */
    Between between(Turn turn, OutcomeId first, @Nullable String service) {
        Optional<RunOfSuite> before = suites.runBefore(turn, first.suite(), first.location(), first.runId());
        @Nullable Instant firstSeen = turn.progress().firstSeenAt();
        Instant since = before.map(RunOfSuite::endedAt).orElse(firstSeen == null ? first.endedAt() : firstSeen);
        return new Between(since, first.endedAt(), service);
    }

    /**
     * Returns the span in which a deployment may explain failures that began with an outcome, as far as is known by now: older
     * runs may have come since.
     *
     * @param before span that was known before; holds if the outcome's run is forgotten
     */
    Between betweenNow(Turn turn, OutcomeId first, @Nullable String service, Between before) {
        return suites.remembers(turn, first.suite(), first.location(), first.runId())
                ? between(turn, first, service)
                : before;
    }

    private PatternChange newPattern(Turn turn, PatternKnowledge now, List<PatternedFailure> failures) {
        PatternedFailure first = failures.get(0);
        OutcomeId outcome = first.outcome();
        Scope scope = Scope.environment(turn.environment());
        Between between = between(turn, outcome, first.service());
        Optional<RunOfSuite> before = suites.runBefore(turn, outcome.suite(), outcome.location(), outcome.runId());
        return new PatternChange(
                PatternChange.idOf(scope, PatternChange.Kind.NEW, now.pattern().id()),
                scope,
                PatternChange.Kind.NEW,
                outcome.endedAt(),
                null,
                new Sight(now, null, failures.size()),
                null,
                null,
                between,
                newestIn(turn, between),
                before.map(RunOfSuite::revision).orElse(null),
                first.revision(),
                failures.stream().map(PatternedFailure::outcome).toList(),
                turn.rules().version(),
                "never seen in " + turn.environment() + " before " + outcome.test() + " of " + outcome.suite()
                        + " failed with it");
    }

    private Optional<Replacement> replacement(Turn turn, SuiteRuns known, RunOfSuite older, RunOfSuite newer) {
        Optional<Replacement> found = Replacement.between(older, newer);
        found.ifPresent(replacement -> {
            @Nullable PatternKnowledge before = turn.state().patterns().get(replacement.before());
            @Nullable PatternKnowledge after = turn.state().patterns().get(replacement.after());
            if (before != null && after != null && !turn.isLearning()) {
                turn.tell(shift(turn, known, older, before, newer, after));
            }
        });
        return found;
    }

    private static PatternChange shift(
            Turn turn,
            SuiteRuns known,
            RunOfSuite older,
            PatternKnowledge before,
            RunOfSuite newer,
            PatternKnowledge after) {
        Scope scope = Scope.of(turn.environment(), Kind.SUITE, known.suite());
        List<OutcomeId> evidence = SuiteBook.failuresOf(
                        turn, known, newer.id(), after.pattern().id())
                .stream()
                .map(FailedTest::outcome)
                .toList();
        Instant at = evidence.stream()
                .map(OutcomeId::endedAt)
                .min(Instant::compareTo)
                .orElse(newer.endedAt());
        var between = new Between(older.endedAt(), at, newer.service());
        Sight was = sight(older, before);
        Sight is = sight(newer, after);
        boolean revisionChanged = older.revision() != null
                && newer.revision() != null
                && !older.revision().equals(newer.revision());
        return new PatternChange(
                PatternChange.idOf(
                        scope,
                        PatternChange.Kind.SHIFTED,
                        known.location(),
                        before.pattern().id(),
                        after.pattern().id(),
                        newer.id().source(),
                        Long.toString(newer.id().run())),
                scope,
                PatternChange.Kind.SHIFTED,
                at,
                was,
                is,
                rate(older),
                rate(newer),
                between,
                newestIn(turn, between),
                older.revision(),
                newer.revision(),
                evidence,
                turn.rules().version(),
                was.failures() + " of " + older.counts().failures()
                        + " failures of the run before had the old pattern, none of "
                        + newer.counts().failures() + " has it now and " + is.failures() + " have the new one"
                        + (revisionChanged
                                ? "; the revision changed from " + older.revision() + " to " + newer.revision()
                                : ""));
    }

    private static Sight sight(RunOfSuite run, PatternKnowledge knowledge) {
        long failures = run.patterns().getOrDefault(knowledge.pattern().id(), 0L);
        return new Sight(knowledge, (double) failures / run.counts().failures(), failures);
    }

    private static @Nullable Double rate(RunOfSuite run) {
        var rate = run.counts().rate();
        return rate.isPresent() ? rate.getAsDouble() : null;
    }

    private static @Nullable DeployedRevision newestIn(Turn turn, Between between) {
        List<DeployedRevision> deployments = turn.deployments().in(between);
        return deployments.isEmpty() ? null : deployments.get(deployments.size() - 1);
    }

    private static @Nullable DeployedRevision lastDeployment(Turn turn, PatternedFailure failure) {
        return turn.deployments().lastBefore(failure.outcome().endedAt()).orElse(null);
    }
}
