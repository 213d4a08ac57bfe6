package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.environment.SuiteBook.RunUpdate;
import dev.tripline.analyzer.incident.Cause;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Scope.Kind;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.pattern.RunOfSuite;
import dev.tripline.analyzer.pattern.RunOfSuite.FailedTest;
import dev.tripline.analyzer.rate.PatternShare;
import dev.tripline.service.text.Percent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the targets of suites are met.
 *
 * <p>A target below 100 % is decided by the plain count of the newest complete run, until sequential detectors take its
 * place. A target of 100 % is no statistical question: any conclusive failure breaks it, at once.
 */
final class BreachBook {
    private final IncidentBook incidents;

    BreachBook(IncidentBook incidents) {
        this.incidents = incidents;
    }

    void judge(Turn turn, RunUpdate update) {
        String suite = update.history().suite();
        @Nullable Rule rule = turn.rules().targetRule(turn.environment(), suite).orElse(null);
        if (rule == null || rule.target() == null || !update.isNewest()) {
            return;
        }
        StatusCounts counts = update.run().counts();
        if (counts.conclusive() == 0) {
            return;
        }
        double target = rule.target();
        boolean isBroken = (double) counts.passed() / counts.conclusive() < target;
        boolean isDecided = update.wasCompleted() || (target >= 1 && isBroken);
        if (!isDecided) {
            return;
        }
        Scope scope = Scope.of(turn.environment(), Kind.SUITE, suite);
        @Nullable Breach known = turn.state().breaches().get(keyOf(scope, rule));
        if (isBroken) {
            broken(turn, scope, rule, target, update.run(), known);
        } else if (known != null && known.isOpen()) {
            tell(turn, rule, breach(turn, scope, rule, target, update.run(), known, false, new TreeSet<>()));
        }
    }

    private void broken(Turn turn, Scope scope, Rule rule, double target, RunOfSuite run, @Nullable Breach known) {
        SortedSet<String> causes = incidentsOf(turn, scope.name(), rule, run);
        if (known != null
                && known.isOpen()
                && known.incidentIds().equals(causes)
                && known.counts().equals(run.counts())) {
            return;
        }
        Breach breach = breach(turn, scope, rule, target, run, known, true, causes);
        tell(turn, rule, breach);
        causes.forEach(id -> incidents.attach(turn, id, breach.breachId(), breach.at(), breach.reason()));
    }

    /** Returns the incidents the failures of a run belong to, opening one for those that belong to none. */
    private SortedSet<String> incidentsOf(Turn turn, String suite, Rule rule, RunOfSuite run) {
        var ids = new TreeSet<String>();
        var uncovered = new ArrayList<PatternKnowledge>();
        for (String patternId : run.patterns().keySet()) {
            @Nullable PatternKnowledge pattern = turn.state().patterns().get(patternId);
            if (pattern == null) {
                continue;
            }
            @Nullable String open = incidents.openIncident(turn, pattern, suite);
            if (open != null) {
                ids.add(open);
            } else {
                uncovered.add(pattern);
            }
        }
        if (!uncovered.isEmpty()) {
            Cause cause = uncovered.size() == 1 ? Cause.of(uncovered.get(0).pattern(), suite) : Cause.of(suite);
            List<PatternedFailure> failures = uncovered.stream()
                    .flatMap(pattern -> failuresOf(run, pattern).stream())
                    .toList();
            ids.add(incidents.open(turn, cause, failures, rule.id(), missed(rule, run)));
        }
        return ids;
    }

    private static List<PatternedFailure> failuresOf(RunOfSuite run, PatternKnowledge pattern) {
        return run.failures().getOrDefault(pattern.pattern().id(), List.of()).stream()
                .map(failed -> new PatternedFailure(
                        failed.outcome(),
                        failed.status(),
                        pattern.pattern(),
                        "",
                        run.service(),
                        run.revision(),
                        null,
                        Collections.emptySortedMap()))
                .toList();
    }

    private static Breach breach(
            Turn turn,
            Scope scope,
            Rule rule,
            double target,
            RunOfSuite run,
            @Nullable Breach known,
            boolean isOpen,
            SortedSet<String> causes) {
        @Nullable Breach goingOn = known != null && known.isOpen() ? known : null;
        int episode = known == null ? 1 : known.isOpen() ? known.episode() : known.episode() + 1;
        List<OutcomeId> evidence = run.failures().values().stream()
                .flatMap(List::stream)
                .map(FailedTest::outcome)
                .sorted()
                .limit(PatternChange.EVIDENCE)
                .toList();
        Instant since = goingOn != null
                ? goingOn.since()
                : evidence.stream().map(OutcomeId::endedAt).findFirst().orElse(run.endedAt());
        return new Breach(
                Breach.idOf(scope, rule.id(), episode),
                episode,
                scope,
                rule.id(),
                turn.rules().version(),
                isOpen,
                since,
                run.endedAt(),
                run.counts(),
                target,
                rule.baseline(),
                PatternShare.of(run.patterns()),
                evidence,
                causes,
                isOpen ? missed(rule, run) : "target of " + Percent.of(target) + " met again: " + passed(run));
    }

    private static void tell(Turn turn, Rule rule, Breach breach) {
        turn.state().breaches().put(keyOf(breach.scope(), rule), breach);
        turn.tell(breach);
    }

    private static String missed(Rule rule, RunOfSuite run) {
        return "target of " + Percent.of(Objects.requireNonNull(rule.target())) + " missed: " + passed(run);
    }

    private static String passed(RunOfSuite run) {
        StatusCounts counts = run.counts();
        return counts.passed() + " of " + counts.conclusive() + " passed ("
                + Percent.of((double) counts.passed() / counts.conclusive()) + ")";
    }

    private static String keyOf(Scope scope, Rule rule) {
        return scope.name() + '\u0000' + rule.id();
    }
}
