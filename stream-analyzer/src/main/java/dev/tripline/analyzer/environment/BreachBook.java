package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.environment.SuiteBook.RunUpdate;
import dev.tripline.analyzer.incident.Cause;
import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Scope.Kind;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.FailureSample;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.rate.PatternShare;
import dev.tripline.analyzer.run.RunOfSuite;
import dev.tripline.service.text.Percent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
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
        String suite = update.suites().suite();
        @Nullable Rule rule = turn.rules().targetRule(turn.environment(), suite).orElse(null);
        boolean isRemembered = update.suites().has(update.run().id());
        if (rule == null || rule.target() == null || !update.isNewest() || !isRemembered) {
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
            broken(turn, scope, rule, target, update, known);
        } else if (known != null && known.isOpen()) {
            tell(turn, rule, breach(turn, scope, rule, target, update, known, false, new TreeSet<>()));
        }
    }

    private void broken(Turn turn, Scope scope, Rule rule, double target, RunUpdate update, @Nullable Breach known) {
        RunOfSuite run = update.run();
        SortedSet<String> causes = incidentsOf(turn, scope.name(), rule, update);
        if (known != null
                && known.isOpen()
                && known.incidentIds().equals(causes)
                && known.counts().equals(run.counts())) {
            return;
        }
        Breach breach = breach(turn, scope, rule, target, update, known, true, causes);
        tell(turn, rule, breach);
        causes.forEach(id -> incidents.attach(turn, id, breach.breachId(), breach.at(), breach.reason()));
    }

    /** Returns the incidents the failures of a run belong to, opening one for those that belong to none. */
    private SortedSet<String> incidentsOf(Turn turn, String suite, Rule rule, RunUpdate update) {
        RunOfSuite run = update.run();
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
            List<FailureSample> failures = uncovered.stream()
                    .flatMap(pattern -> failuresOf(turn, update, pattern))
                    .toList();
            if (!failures.isEmpty()) { // there are some, unless they could not be read
                ids.add(incidents.open(turn, cause, failures, rule.id(), missed(rule, run)));
            }
        }
        return ids;
    }

    private static Stream<FailureSample> failuresOf(Turn turn, RunUpdate update, PatternKnowledge known) {
        RunOfSuite run = update.run();
        ErrorPattern pattern = known.pattern();
        return SuiteBook.failuresOf(turn, update.suites(), run.id(), pattern.id()).stream()
                .map(failed -> new FailureSample(
                        failed.outcome(),
                        failed.status(),
                        pattern.id(),
                        pattern.type(),
                        "",
                        run.service(),
                        run.revision(),
                        Collections.emptySortedMap()));
    }

    /** Returns the first failures of the run, of its most frequent patterns first where there are more than are kept. */
    private static List<OutcomeId> evidence(Turn turn, RunUpdate update) {
        var evidence = new ArrayList<OutcomeId>();
        for (PatternShare share : update.run().shares()) {
            if (evidence.size() >= PatternChange.EVIDENCE) {
                break;
            }
            SuiteBook.failuresOf(turn, update.suites(), update.run().id(), share.patternId())
                    .forEach(failed -> evidence.add(failed.outcome()));
        }
        Collections.sort(evidence);
        return Bounded.first(evidence, PatternChange.EVIDENCE, PatternChange.EVIDENCE_CHARS, OutcomeId::chars);
    }

    private static Breach breach(
            Turn turn,
            Scope scope,
            Rule rule,
            double target,
            RunUpdate update,
            @Nullable Breach known,
            boolean isOpen,
            SortedSet<String> causes) {
        RunOfSuite run = update.run();
        @Nullable Breach goingOn = known != null && known.isOpen() ? known : null;
        int episode = known == null ? 1 : known.isOpen() ? known.episode() : known.episode() + 1;
        List<OutcomeId> evidence = evidence(turn, update);
        Instant since = goingOn != null
                ? goingOn.since()
                : evidence.stream().map(OutcomeId::endedAt).findFirst().orElse(run.endedAt());
        return new Breach(
                Breach.Kind.TARGET,
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
                run.shares(),
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
