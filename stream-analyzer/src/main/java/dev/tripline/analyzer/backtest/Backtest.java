package dev.tripline.analyzer.backtest;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.Decision.Breached;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.PatternChanged;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.environment.MemoryState;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.CountedRuns.Verdict;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Late;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Repeated;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.Breach;
import dev.tripline.events.Deployment;
import dev.tripline.events.Incident;
import dev.tripline.events.Keys;
import dev.tripline.events.PatternChange;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.TextBounds;
import dev.tripline.service.time.Acceptance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs the analysis over recorded outcomes, without Kafka, in order of event time and identity. Not for several threads.
 */
public final class Backtest {
    /** Outcomes that are gathered at most before they are handed over. */
    private static final int GATHERED = 1_000;

    private static final Instant BEFORE_ALL = Instant.EPOCH.plusMillis(1);

    /**
     * What the analysis told.
     *
     * @param rates last rate of each scope, by key
     * @param patternChanges each change as it was told last, in order of its first telling
     * @param breaches each breach as it was told last, in order of its first telling
     * @param incidents each incident as it was told last, in order of its first telling
     * @param repeated outcomes that had been counted before
     * @param ahead outcomes that end in the future
     * @param late outcomes too old to tell whether they had been counted
     */
    public record Result(
            List<SuccessRate> rates,
            List<PatternChange> patternChanges,
            List<Breach> breaches,
            List<Incident> incidents,
            long repeated,
            long ahead,
            long late) {}

    /** One recorded thing; things of one moment are replayed deployments first, totals last. */
    private record Event(Instant at, int rank, OutcomeId identity, Runnable replay) {
        private static final Comparator<Event> ORDER =
                Comparator.comparing(Event::at).thenComparingInt(Event::rank).thenComparing(Event::identity);
    }

    private final RateWindows windows = RateWindows.STANDARD;
    private final SeriesAnalysis seriesAnalysis =
            new SeriesAnalysis(windows, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final EnvironmentAnalysis environmentAnalysis = new EnvironmentAnalysis(windows);
    private final Rules rules;

    private final List<Event> events = new ArrayList<>();
    private final Map<Series, SeriesState> series = new HashMap<>();
    private final CountedRuns runs = seriesAnalysis.runsIn(SuiteTables.inMemory());
    private final Map<String, MemoryState> environments = new HashMap<>();
    private final Map<String, List<Contribution>> waiting = new HashMap<>();
    private final Map<String, Set<String>> suites = new TreeMap<>();

    private final Map<String, SuccessRate> rates = new TreeMap<>();
    private final Map<String, PatternChange> changes = new LinkedHashMap<>();
    private final Map<String, Breach> breaches = new LinkedHashMap<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private long repeated;
    private long ahead;
    private long late;
    private final Instant now;

    /** @param now what ends later is put aside, as the live analysis does */
    public Backtest(Rules rules, Instant now) {
        this.rules = rules;
        this.now = now;
    }

    /**
     * Adds a recorded outcome.
     *
     * @throws IllegalArgumentException if it breaks a rule of a field
     */
    public void add(TestOutcome outcome) {
        Outcome read = FromRecords.outcome(outcome);
        if (Acceptance.isAhead(read.endedAt(), now)) {
            ahead++;
            return;
        }
        suites.computeIfAbsent(read.series().environment(), e -> new TreeSet<>())
                .add(read.series().suite());
        events.add(new Event(read.endedAt(), 1, read.id(), () -> count(read)));
    }

    /**
     * Adds the recorded totals of a suite run.
     *
     * @throws IllegalArgumentException if they break a rule of a field
     */
    public void add(SuiteRun given) {
        SuiteRun run = TextBounds.bounded(given);
        var totals = FromRecords.totals(run);
        if (Acceptance.isAhead(totals.endedAt(), now)) {
            return;
        }
        suites.computeIfAbsent(run.getEnvironment(), e -> new TreeSet<>()).add(totals.suite());
        var identity = new OutcomeId(
                run.getSuite(), "", "", run.getLocation(), run.getSource(), run.getRun(), 1, run.getEndedAt());
        events.add(new Event(run.getEndedAt(), 2, identity, () -> publish(run.getEnvironment(), totals)));
    }

    /**
     * Adds a recorded deployment.
     *
     * @throws IllegalArgumentException if it breaks a rule of a field
     */
    public void add(Deployment given) {
        Deployment deployment = TextBounds.bounded(given);
        var deployed = FromRecords.deployment(deployment);
        var identity = new OutcomeId(deployed.service(), deployed.revision(), "", "", "", 0, 1, deployed.deployedAt());
        events.add(new Event(
                deployed.deployedAt(), 0, identity, () -> decide(deployment.getEnvironment(), new Deployed(deployed))));
    }

    /** Replays all that was added and returns what the analysis told. */
    public Result run() {
        events.sort(Event.ORDER);
        events.forEach(event -> event.replay().run());
        List.copyOf(waiting.keySet()).forEach(this::flush);
        // Nothing more comes of what is not over.
        suites.forEach((environment, names) -> names.forEach(suite -> endRuns(environment, suite, Instant.MAX)));
        environments
                .values()
                .forEach(state ->
                        state.untold().take().forEach(mark -> environmentAnalysis.tell(mark, state, this::keep)));
        series.forEach((key, state) -> keep(ToRecords.testRate(
                Scope.test(key), state.rates().now(), state.rates().rates())));
        return new Result(
                List.copyOf(rates.values()),
                List.copyOf(changes.values()),
                List.copyOf(breaches.values()),
                List.copyOf(incidents.values()),
                repeated,
                ahead,
                late);
    }

    private void count(Outcome outcome) {
        SeriesState state = series.computeIfAbsent(outcome.series(), s -> seriesAnalysis.begin());
        SeriesAnalysis.Result result = seriesAnalysis.next(outcome, outcome.endedAt(), runs, state);
        if (result instanceof Counted counted) {
            String environment = outcome.series().environment();
            var gathered = waiting.computeIfAbsent(environment, e -> new ArrayList<>());
            gathered.add(Contribution.of(counted));
            if (gathered.size() >= GATHERED) {
                flush(environment);
            }
        } else if (result instanceof Repeated) {
            repeated++;
        } else if (result instanceof Late) {
            late++;
        }
    }

    private void endRuns(String environment, String suite, Instant at) {
        runs.ended(environment, suite, at).forEach(ended -> process(environment, ended));
    }

    private void publish(String environment, RunTotals totals) {
        if (runs.publish(environment, totals, totals.endedAt()) == Verdict.COUNTED) {
            flush(environment);
            endRuns(environment, totals.suite(), Instant.MIN);
        }
    }

    /** Hands over an input after the outcomes that came before it. */
    private void decide(String environment, EnvironmentInput input) {
        flush(environment);
        process(environment, input);
    }

    private void flush(String environment) {
        List<Contribution> contributions = waiting.remove(environment);
        if (contributions != null) {
            List<EnvironmentInput> inputs = Contribution.sum(contributions, windows);
            inputs.forEach(input -> process(environment, input));
            contributions.stream()
                    .map(each -> each.series().suite())
                    .distinct()
                    .forEach(suite -> endRuns(environment, suite, Instant.MIN));
        }
    }

    private void process(String environment, EnvironmentInput input) {
        MemoryState state = environments.computeIfAbsent(environment, this::begin);
        environmentAnalysis.process(input, state, this::keep);
        state.untold().takeFindings().forEach(mark -> environmentAnalysis.tell(mark, state, this::keep));
    }

    private MemoryState begin(String environment) {
        var state = new MemoryState(environment);
        environmentAnalysis.process(new RulesActivated(rules, 1, BEFORE_ALL), state, this::keep);
        return state;
    }

    private void keep(Decision decision) {
        if (decision instanceof RateChanged rate) {
            keep(ToRecords.rate(rate));
        } else if (decision instanceof PatternChanged changed) {
            PatternChange record = ToRecords.change(changed.change());
            changes.put(record.getChangeId(), record);
        } else if (decision instanceof Breached breached) {
            Breach record = ToRecords.breach(breached.breach());
            breaches.put(record.getBreachId(), record);
        } else if (decision instanceof IncidentChanged changed) {
            Incident record = ToRecords.incident(changed);
            incidents.put(record.getIncidentId(), record);
        }
    }

    private void keep(SuccessRate rate) {
        rates.put(Keys.of(rate.getScope()), rate);
    }
}
