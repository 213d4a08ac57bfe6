package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Journey;
import dev.tripline.analyzer.breach.NewPatternPolicy;
import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.breach.Severity;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.SuiteView;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.Cause;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.incident.Incident.Fact;
import dev.tripline.analyzer.incident.Incident.Origin;
import dev.tripline.analyzer.incident.Incident.Suspicion;
import dev.tripline.analyzer.incident.Life;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.PatternedFailure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens incidents, adds to them what belongs to them, and ends them. */
final class IncidentBook {
    private final PatternBook patterns;

    IncidentBook(PatternBook patterns) {
        this.patterns = patterns;
    }

    /**
     * Takes in a failure: it belongs to the open incident of its cause, or of its suite, or it may open one.
     *
     * @param isLearning whether the environment is learned, so that a cause never seen before is not watched
     */
    void failed(Turn turn, PatternedFailure failure, boolean isLearning) {
        String suite = failure.outcome().suite();
        Cause cause = Cause.of(failure.pattern(), suite);
        CauseRecord record = recordOf(turn, cause, !isLearning);
        if (record.openIncident() != null) {
            add(turn, record.openIncident(), failure);
            return;
        }
        CauseRecord ofSuite = recordOf(turn, Cause.of(suite), false);
        if (!record.isWatched() && ofSuite.openIncident() != null) {
            add(turn, ofSuite.openIncident(), failure);
        }
        CauseRecord next = record.takes(failure) ? record.with(failure) : record;
        turn.state().causes().put(cause.key(), next);
        NewPatternPolicy policy = turn.rules().newPattern(turn.environment(), suite);
        if (next.isWatched() && policy.isMetBy(next.candidates().size(), next.candidateTests())) {
            open(
                    turn,
                    cause,
                    next.candidates(),
                    turn.rules()
                            .newPatternRule(turn.environment(), suite)
                            .map(Rule::id)
                            .orElse(null),
                    reason(next));
        }
    }

    /** Returns the id of the open incident that failures of a pattern in a suite belong to; null if there is none. */
    @Nullable
    String openIncident(Turn turn, PatternKnowledge pattern, String suite) {
        String ofPattern =
                recordOf(turn, Cause.of(pattern.pattern(), suite), true).openIncident();
        return ofPattern != null
                ? ofPattern
                : recordOf(turn, Cause.of(suite), false).openIncident();
    }

    /** Opens an incident, or opens the last one of the cause again if that ended not long ago. Returns its id. */
    String open(Turn turn, Cause cause, List<PatternedFailure> failures, @Nullable String rule, String reason) {
        CauseRecord record = recordOf(turn, cause, true);
        List<PatternedFailure> inOrder = failures.stream()
                .sorted(Comparator.comparing(PatternedFailure::outcome))
                .toList();
        PatternedFailure first = inOrder.get(0);
        Instant at = inOrder.get(inOrder.size() - 1).outcome().endedAt();
        @Nullable
        Incident last =
                record.lastIncident() == null ? null : turn.state().incidents().get(record.lastIncident());
        Incident incident;
        int episodes = record.episodes();
        if (last != null && record.reopensAt(at)) {
            incident = Life.reopened(last, at, reason);
        } else {
            episodes++;
            Between between = patterns.between(turn, first.outcome(), first.service());
            incident = Incident.open(
                    new Origin(
                            cause.incidentId(turn.environment(), episodes),
                            turn.environment(),
                            cause,
                            at,
                            rule,
                            turn.rules().version(),
                            record.lastIncident(),
                            between,
                            reason),
                    Severity.LOW);
        }
        for (PatternedFailure failure : inOrder) {
            incident = incident.with(failure);
        }
        turn.state().causes().put(cause.key(), record.opened(incident.id(), episodes));
        String id = incident.id();
        turn.update(known -> known.with(known.openIncidents().with(id)));
        keep(turn, suspected(turn, incident), at);
        return id;
    }

    /** Takes in that a pattern stays away from a test. */
    void absent(Turn turn, PatternAbsent absent) {
        @Nullable PatternKnowledge pattern = turn.state().patterns().get(absent.patternId());
        if (pattern == null) {
            return;
        }
        String suite = absent.outcome().suite();
        absent(turn, Cause.of(pattern.pattern(), suite), absent);
        absent(turn, Cause.of(suite), absent);
    }

    /** Notes on the incident of a pattern that it replaced another in a suite. */
    void shifted(Turn turn, String suite, String before, String after) {
        @Nullable PatternKnowledge now = turn.state().patterns().get(after);
        @Nullable
        String id = now == null
                ? null
                : recordOf(turn, Cause.of(now.pattern(), suite), true).openIncident();
        @Nullable
        Incident incident = id == null ? null : turn.state().incidents().get(id);
        if (incident != null && !before.equals(incident.shiftedFrom().get(suite))) {
            put(turn, incident.withShift(suite, before));
        }
    }

    /** Attaches a breach to an incident. */
    void attach(Turn turn, String incidentId, String breachId, Instant at, String text) {
        @Nullable Incident incident = turn.state().incidents().get(incidentId);
        if (incident != null && !incident.breachIds().contains(breachId)) {
            put(turn, incident.withBreach(breachId).with(new Fact(at, "breach", text)));
        }
    }

    /** Adds what a person said; a note on an unknown incident changes nothing. */
    void note(Turn turn, String incidentId, Incident.Note note) {
        @Nullable Incident incident = turn.state().incidents().get(incidentId);
        if (incident != null) {
            put(turn, incident.with(note));
        }
    }

    /** Looks again which deployments the open incidents may come from. */
    void relink(Turn turn) {
        for (String id : turn.summary().openIncidents().ids()) {
            @Nullable Incident incident = turn.state().incidents().get(id);
            if (incident == null) {
                continue;
            }
            Incident next = suspected(turn, incident);
            if (!Objects.equals(next.deployment(), incident.deployment())) {
                @Nullable Suspicion suspicion = next.deployment();
                put(
                        turn,
                        suspicion == null
                                ? next
                                : next.with(new Fact(turn.summary().now(), "deployment", suspicion.reason())));
            }
        }
    }

    /** Tells the open incidents of a suite again after its last run changed. */
    void runCompleted(Turn turn, String suite) {
        @Nullable IncidentIds ids = turn.state().incidentsOfSuite().get(suite);
        if (ids != null) {
            ids.ids().forEach(turn::tellIncident);
        }
    }

    IncidentChanged viewOf(Turn turn, Incident incident) {
        String environment = turn.environment();
        List<SuiteView> suites = incident.suites().stream()
                .map(suite -> new SuiteView(
                        suite,
                        turn.state().lastRuns().get(suite),
                        turn.rules()
                                .baselineRule(environment, suite)
                                .map(Rule::baseline)
                                .orElse(null),
                        turn.rules()
                                .targetRule(environment, suite)
                                .map(Rule::target)
                                .orElse(null),
                        patternOf(turn, incident.shiftedFrom().get(suite))))
                .toList();
        List<Journey> journeys = incident.suites().stream()
                .flatMap(suite -> turn.rules().journeysOf(suite).stream())
                .distinct()
                .sorted(Comparator.comparing(Journey::name))
                .toList();
        return new IncidentChanged(
                incident,
                patternOf(turn, incident.origin().cause().patternId()),
                suites,
                journeys,
                severityReason(turn, incident));
    }

    /** A severity never falls, so that of earlier rules may be worse than those of today would have it. */
    private static @Nullable String severityReason(Turn turn, Incident incident) {
        long suites = incident.suites().size();
        long tests = incident.testCount();
        return incident.suites().stream()
                .map(suite -> turn.rules().severity(turn.environment(), suite))
                .filter(ladder -> ladder.of(suites, tests) == incident.status().severity())
                .findFirst()
                .map(ladder -> ladder.reason(suites, tests))
                .orElse(null);
    }

    private void absent(Turn turn, Cause cause, PatternAbsent absent) {
        CauseRecord record = recordOf(turn, cause, false);
        @Nullable
        Incident incident =
                record.openIncident() == null ? null : turn.state().incidents().get(record.openIncident());
        if (incident == null) {
            return;
        }
        Instant at = absent.outcome().endedAt();
        Incident next = Life.absent(
                incident,
                AffectedTest.keyOf(absent.outcome()),
                absent.patternId(),
                absent.status(),
                absent.outcomesSince(),
                absent.isRecovered(),
                at);
        if (next.equals(incident)) {
            return;
        }
        put(turn, next);
        if (!next.isOpen()) {
            turn.state().causes().put(cause.key(), record.resolved(at));
            turn.update(known -> known.with(known.openIncidents().without(next.id())));
            next.suites().forEach(suite -> {
                @Nullable IncidentIds ids = turn.state().incidentsOfSuite().get(suite);
                turn.state().incidentsOfSuite().put(suite, (ids == null ? IncidentIds.NONE : ids).without(next.id()));
            });
        }
    }

    private void add(Turn turn, String incidentId, PatternedFailure failure) {
        @Nullable Incident incident = turn.state().incidents().get(incidentId);
        if (incident == null) {
            throw new IllegalStateException("a cause names incident " + incidentId + ", which is not kept");
        }
        keep(turn, Life.failed(incident, failure), failure.outcome().endedAt());
    }

    private void keep(Turn turn, Incident incident, Instant at) {
        long tests = incident.testCount();
        Severity worst = incident.suites().stream()
                .map(suite -> turn.rules()
                        .severity(turn.environment(), suite)
                        .of(incident.suites().size(), tests))
                .min(Comparator.naturalOrder())
                .orElse(Severity.LOW);
        put(turn, Life.withSeverity(incident, worst, at));
        incident.suites().forEach(suite -> {
            @Nullable IncidentIds ids = turn.state().incidentsOfSuite().get(suite);
            if (ids == null || !ids.ids().contains(incident.id())) {
                turn.state().incidentsOfSuite().put(suite, (ids == null ? IncidentIds.NONE : ids).with(incident.id()));
            }
        });
    }

    private static void put(Turn turn, Incident incident) {
        turn.state().incidents().put(incident.id(), incident);
        turn.tellIncident(incident.id());
    }

    private Incident suspected(Turn turn, Incident incident) {
        @Nullable Between between = betweenNow(turn, incident);
        List<DeployedRevision> deployments =
                between == null ? List.of() : turn.summary().deploymentsIn(between);
        if (deployments.isEmpty()) {
            return incident.with((Suspicion) null);
        }
        DeployedRevision newest = deployments.get(deployments.size() - 1);
        // Each deployment in between and one chance that it was none of them, all equally likely.
        double confidence = 1.0 / (deployments.size() + 1);
        String reason = newest.service() + " " + newest.revision() + " went live at " + newest.deployedAt()
                + ", after the last run without this failure and before its first"
                + (deployments.size() > 1 ? "; so did " + (deployments.size() - 1) + " more" : "");
        return incident.with(new Suspicion(newest, confidence, reason));
    }

    private @Nullable Between betweenNow(Turn turn, Incident incident) {
        @Nullable Between known = incident.origin().between();
        return incident.evidence().samples().stream()
                .min(Comparator.comparing(PatternedFailure::outcome))
                .filter(first -> known != null)
                .map(first ->
                        patterns.betweenNow(turn, first.outcome(), first.service(), Objects.requireNonNull(known)))
                .orElse(known);
    }

    private static String reason(CauseRecord record) {
        long tests = record.candidateTests();
        return record.candidates().size() + (record.candidates().size() == 1 ? " failure" : " failures") + " in "
                + tests + (tests == 1 ? " test" : " tests")
                + (record.episodes() == 0
                        ? " with a pattern never seen before"
                        : " with a pattern whose incident was over");
    }

    private static CauseRecord recordOf(Turn turn, Cause cause, boolean isWatched) {
        @Nullable CauseRecord known = turn.state().causes().get(cause.key());
        return known == null ? CauseRecord.of(isWatched) : known;
    }

    private static @Nullable PatternKnowledge patternOf(Turn turn, @Nullable String patternId) {
        return patternId == null ? null : turn.state().patterns().get(patternId);
    }
}
