package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.Deployments;
import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.environment.Named;
import dev.tripline.analyzer.environment.Progress;
import dev.tripline.analyzer.environment.RecentChanges;
import dev.tripline.analyzer.environment.RulesInForce;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.AffectedTest.Condition;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.HitSuite;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.incident.Incident.Evidence;
import dev.tripline.analyzer.incident.Reach;
import dev.tripline.analyzer.incident.Standing;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.FailureSample;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.run.FailuresOfRun;
import dev.tripline.analyzer.run.FailuresOfRun.FailedTest;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.analyzer.run.RunOfSuite;
import dev.tripline.analyzer.run.SuiteRuns;
import dev.tripline.events.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What an environment remembered before what it can have any number of became rows: read once, when the environment is first used,
 * and put where it is now. Its values are deleted then; what cannot be read is put aside.
 */
final class EarlierState {
    private static final String SUMMARY = "summary";

    /** Of no rules at all, so that it is chosen when the incident is used next. */
    private static final Standing NOT_CHOSEN = new Standing("", List.of());

    private record Summary(
            Instant now,
            @Nullable Instant firstSeenAt,
            long completeRuns,
            Rules rules,
            long rulesNumber,
            Instant rulesPublishedAt,
            List<DeployedRevision> deployments,
            List<String> recentChanges) {}

    private record History(String suite, String location, List<Run> runs) {}

    private record Run(
            RunId id,
            Instant startedAt,
            Instant endedAt,
            StatusCounts counts,
            long flaky,
            @Nullable StatusCounts totals,
            Map<String, Long> patterns,
            Map<String, List<FailedTest>> failures,
            @Nullable String service,
            @Nullable String revision) {}

    private record Cause(
            boolean isWatched,
            int episodes,
            @Nullable String openIncident,
            @Nullable String lastIncident,
            @Nullable Instant resolvedAt,
            List<PatternedFailure> candidates) {}

    private record Evidences(long failures, List<PatternedFailure> samples, String digest) {}

    private record Problem(
            Incident.Origin origin,
            Incident.Status status,
            Evidences evidence,
            Map<String, AffectedTest> tests,
            Map<String, String> shiftedFrom,
            List<String> breachIds,
            Incident.@Nullable Suspicion deployment,
            List<Incident.Fact> facts,
            long factCount,
            List<Incident.Note> notes) {}

    private final EnvironmentState state;
    private final KeyValueStore<String, byte[]> store;
    private final UnreadableState unreadable;

    private EarlierState(EnvironmentState state, EnvironmentStores stores) {
        this.state = state;
        this.store = stores.heads();
        this.unreadable = stores.unreadable();
    }

    /** Puts what is left of before into a state, which is to be committed then; returns whether there was any. */
    static boolean moveTo(EnvironmentState state, EnvironmentStores stores) {
        String summary = Keys.of(state.environment(), SUMMARY, SUMMARY);
        byte[] bytes = stores.heads().get(summary);
        if (bytes == null) {
            return false;
        }
        var earlier = new EarlierState(state, stores);
        earlier.read(summary, bytes, new StateCodec<>(Summary.class)).ifPresent(earlier::move);
        earlier.each("histories", History.class, (key, history) -> earlier.move(history));
        earlier.each("causes", Cause.class, earlier::move);
        earlier.each("incidents", Problem.class, (key, problem) -> earlier.move(problem));
        earlier.each("incidents-of-suite", Named.class, (key, ids) -> {});
        stores.heads().delete(summary);
        return true;
    }

    private <V> void each(String table, Class<V> type, BiConsumer<String, V> move) {
        var codec = new StateCodec<>(type);
        List<String> moved = new ArrayList<>();
        String before = Keys.of(state.environment(), table);
        // From the separator of parts to the character after it.
        try (KeyValueIterator<String, byte[]> values = store.range(before + '/', before + '0')) {
            while (values.hasNext()) {
                KeyValue<String, byte[]> each = values.next();
                moved.add(each.key);
                read(each.key, each.value, codec)
                        .ifPresent(value -> move.accept(Keys.parts(each.key).get(2), value));
            }
        }
        moved.forEach(store::delete);
    }

    private <V> Optional<V> read(String key, byte[] bytes, StateCodec<V> codec) {
        try {
            return Optional.of(codec.read(bytes));
        } catch (UnreadableStateException e) {
            byte[] stored = key.getBytes(StandardCharsets.UTF_8);
            unreadable.putAside(new UnreadableState.Entry(store.name(), stored, key, bytes), e);
            return Optional.empty();
        }
    }

    private void move(Summary summary) {
        state.progress()
                .put(EnvironmentState.ONLY, new Progress(summary.now(), summary.firstSeenAt(), summary.completeRuns()));
        state.rules()
                .put(
                        EnvironmentState.ONLY,
                        new RulesInForce(summary.rules(), summary.rulesNumber(), summary.rulesPublishedAt()));
        state.deployments().put(EnvironmentState.ONLY, new Deployments(summary.deployments()));
        state.recentChanges().put(EnvironmentState.ONLY, new RecentChanges(summary.recentChanges()));
    }

    private void move(History history) {
        var known = new SuiteRuns(history.suite(), history.location(), List.of());
        for (Run run : history.runs()) {
            var now = new RunOfSuite(
                    run.id(),
                    run.startedAt(),
                    run.endedAt(),
                    run.counts(),
                    run.flaky(),
                    run.totals(),
                    new TreeMap<>(run.patterns()),
                    0,
                    run.service(),
                    run.revision(),
                    RunEnd.OPEN);
            known = known.with(now);
            state.runs().put(known.key(), run.id().key(), now);
            String ofRun = known.keyOf(run.id());
            run.failures()
                    .forEach((pattern, failures) ->
                            state.failuresOfRuns().put(ofRun, pattern, new FailuresOfRun(failures)));
        }
        state.suites().put(known.key(), known);
    }

    private void move(String key, Cause cause) {
        state.causes()
                .put(
                        key,
                        new CauseRecord(
                                cause.isWatched(),
                                cause.episodes(),
                                cause.openIncident(),
                                cause.lastIncident(),
                                cause.resolvedAt(),
                                samples(cause.candidates())));
    }

    private void move(Problem problem) {
        String id = problem.origin().incidentId();
        boolean isOpen = problem.status().state() != Incident.State.RESOLVED;
        Map<Condition, Long> conditions = new EnumMap<>(Condition.class);
        Set<String> tests = new HashSet<>();
        Set<String> suites = new TreeSet<>();
        for (AffectedTest test : problem.tests().values()) {
            conditions.merge(test.condition(), 1L, Long::sum);
            tests.add(test.testKey());
            suites.add(test.suite());
            state.affectedTests().put(id, test.key(), test);
            state.testsOfIncidents().put(id, test.testKey(), new Named(""));
        }
        for (String suite : suites) {
            state.suitesOfIncidents()
                    .put(id, suite, new HitSuite(suite, problem.shiftedFrom().get(suite)));
            if (isOpen) {
                state.openIncidentsOfSuites().put(suite, id, new Named(id));
            }
        }
        if (isOpen) {
            state.openIncidents().put(EnvironmentState.ONLY, id, new Named(id));
        }
        var reach = new Reach(
                tests.size(),
                suites.size(),
                conditions.getOrDefault(Condition.FAILING, 0L),
                conditions.getOrDefault(Condition.FAILING_DIFFERENTLY, 0L),
                conditions.getOrDefault(Condition.PASSING, 0L),
                conditions.getOrDefault(Condition.RECOVERED, 0L));
        Evidences evidence = problem.evidence();
        state.incidents()
                .put(
                        id,
                        new Incident(
                                problem.origin(),
                                problem.status(),
                                new Evidence(evidence.failures(), samples(evidence.samples()), evidence.digest()),
                                reach,
                                NOT_CHOSEN,
                                problem.breachIds(),
                                problem.deployment(),
                                problem.facts(),
                                problem.factCount(),
                                problem.notes()));
    }

    private static List<FailureSample> samples(List<PatternedFailure> failures) {
        return failures.stream().map(PatternedFailure::sample).toList();
    }
}
