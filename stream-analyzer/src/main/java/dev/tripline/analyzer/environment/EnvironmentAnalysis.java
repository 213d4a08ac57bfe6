package dev.tripline.analyzer.environment;

import static dev.tripline.analyzer.environment.EnvironmentState.ONLY;

import dev.tripline.analyzer.environment.Decision.Breached;
import dev.tripline.analyzer.environment.Decision.PatternChanged;
import dev.tripline.analyzer.environment.Decision.PatternSeen;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.NoteWritten;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.environment.EnvironmentInput.Silent;
import dev.tripline.analyzer.environment.EnvironmentInput.TimePassed;
import dev.tripline.analyzer.environment.SuiteBook.RunUpdate;
import dev.tripline.analyzer.environment.Untold.Mark;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.run.Replacement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything that is decided across the tests of an environment.
 *
 * <p>What it tells follows from the state and the input alone: the same inputs in the same order give the same decisions on
 * any machine. Has no state of its own and may be shared.
 */
public final class EnvironmentAnalysis {
    private final RateBook rates;
    private final SuiteBook suites = new SuiteBook();
    private final PatternBook patterns = new PatternBook(suites);
    private final IncidentBook incidents = new IncidentBook(patterns);
    private final BreachBook breaches = new BreachBook(incidents);
    private final SilenceBook silences = new SilenceBook();

    public EnvironmentAnalysis(RateWindows windows) {
        this.rates = new RateBook(windows);
    }

    /**
     * Handles the next input of an environment. Changes of patterns and breaches are told at once; what else changed is noted in
     * {@link EnvironmentState#untold()} until it is asked for.
     *
     * @param state what the environment remembers; changed
     * @param tell takes the decisions, in order: changes, breaches
     */
    public void process(EnvironmentInput input, EnvironmentState state, Consumer<Decision> tell) {
        var turn = new Turn(state);
        input.handle(new InputHandler(turn));
        turn.changesToTell().forEach(change -> tell.accept(new PatternChanged(change)));
        turn.breachesToTell().forEach(breach -> tell.accept(new Breached(breach)));
    }

    /** Tells one thing that changed: a mark that was taken from {@link EnvironmentState#untold()}. */
    public void tell(Mark mark, EnvironmentState state, Consumer<Decision> tell) {
        var turn = new Turn(state);
        switch (mark.kind()) {
            case PATTERN -> {
                @Nullable PatternKnowledge pattern = state.patterns().get(mark.name());
                if (pattern != null) {
                    tell.accept(new PatternSeen(state.environment(), pattern));
                }
            }
            case INCIDENT -> {
                @Nullable Incident incident = state.incidents().get(mark.name());
                if (incident != null) {
                    tell.accept(incidents.viewOf(turn, incident));
                }
            }
            case SUITE, TAG, LOCATION, JOURNEY, ENVIRONMENT -> {
                Scope.Kind kind = Scope.Kind.valueOf(mark.kind().name());
                tell.accept(rates.rateOf(turn, Scope.of(state.environment(), kind, mark.name())));
            }
        }
    }

    private final class InputHandler implements EnvironmentInput.Handler {
        private final Turn turn;

        InputHandler(Turn turn) {
            this.turn = turn;
        }

        @Override
        public void on(Delta delta) {
            @Nullable Instant firstSeen = turn.progress().firstSeenAt();
            Instant before = turn.progress().now();
            turn.keep(turn.progress().at(delta.startedAt(), delta.endedAt()));
            rates.count(turn, delta);
            if (turn.progress().now().isAfter(before)) {
                rates.timePassed(turn);
            }
            RunUpdate update = suites.add(turn, delta);
            byPattern(delta.failures()).values().forEach(this::failed);
            judged(update);
            if (firstSeen != null && delta.startedAt().isBefore(firstSeen)) {
                relink();
            }
        }

        @Override
        public void on(RunTotals totals) {
            suites.add(turn, totals).ifPresent(this::judged);
        }

        @Override
        public void on(Deployed deployed) {
            if (!turn.deployments().has(deployed.deployment())) {
                turn.state().deployments().put(ONLY, turn.deployments().with(deployed.deployment()));
                relink();
            }
        }

        @Override
        public void on(RulesActivated activated) {
            RulesInForce inForce = turn.rulesInForce();
            if (activated.isNewerThan(inForce.number(), inForce.publishedAt())) {
                turn.state().rules().put(ONLY, RulesInForce.of(activated));
            }
        }

        @Override
        public void on(PatternAbsent absent) {
            incidents.absent(turn, absent);
        }

        @Override
        public void on(TimePassed passed) {
            if (turn.progress().firstSeenAt() != null) { // also where outcomes are ahead of the broker's clock
                turn.keep(turn.progress().at(passed.now(), passed.now()));
                rates.timePassed(turn);
            }
        }

        @Override
        public void on(NoteWritten written) {
            incidents.note(turn, written.incidentId(), written.note());
        }

        @Override
        public void on(Silent silent) {
            silences.heard(turn, silent.silence());
        }

        private void failed(List<PatternedFailure> failures) {
            patterns.see(turn, failures);
            boolean isLearning = turn.isLearning();
            failures.forEach(failure -> incidents.failed(turn, failure, isLearning));
        }

        private void judged(RunUpdate update) {
            String suite = update.suites().suite();
            List<Replacement> replacements = update.wasCompleted() ? patterns.compare(turn, update) : List.of();
            breaches.judge(turn, update);
            replacements.forEach(replaced -> incidents.shifted(turn, suite, replaced.before(), replaced.after()));
            if (update.wasCompleted()) {
                rates.completed(turn, suite, update.run().endedAt());
                incidents.runCompleted(turn, suite);
                if (!update.isNewest()) {
                    relink();
                }
            }
        }

        private void relink() {
            patterns.relink(turn);
            incidents.relink(turn);
        }

        private Map<String, List<PatternedFailure>> byPattern(List<PatternedFailure> failures) {
            var grouped = new LinkedHashMap<String, List<PatternedFailure>>();
            for (PatternedFailure failure : failures) {
                grouped.computeIfAbsent(failure.pattern().id(), id -> new ArrayList<>())
                        .add(failure);
            }
            return grouped;
        }
    }
}
