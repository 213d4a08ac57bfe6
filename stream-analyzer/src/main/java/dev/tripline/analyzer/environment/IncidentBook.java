package dev.tripline.analyzer.environment;

import static dev.tripline.analyzer.environment.EnvironmentState.ONLY;

import dev.tripline.analyzer.breach.Journey;
import dev.tripline.analyzer.breach.NewPatternPolicy;
import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.breach.Severity;
import dev.tripline.analyzer.breach.SeverityLadder;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.SuiteView;
import dev.tripline.analyzer.environment.Decision.TestView;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.Cause;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.HitSuite;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.incident.Incident.Fact;
import dev.tripline.analyzer.incident.Incident.Origin;
import dev.tripline.analyzer.incident.Incident.Suspicion;
import dev.tripline.analyzer.incident.Life;
import dev.tripline.analyzer.incident.Reach;
import dev.tripline.analyzer.incident.Standing;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.pattern.FailureSample;
import dev.tripline.analyzer.pattern.PatternChange.Between;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.run.LastRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens incidents, adds to them what belongs to them, and ends them. */
final class IncidentBook {
    private static final int ALL = Integer.MAX_VALUE;

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
        @Nullable Incident open = openIncident(turn, record);
        if (open != null) {
            add(turn, open, failure.sample());
            return;
        }
        @Nullable Incident ofSuite = openIncident(turn, recordOf(turn, Cause.of(suite), false));
        if (!record.isWatched() && ofSuite != null) {
            add(turn, ofSuite, failure.sample());
        }
        CauseRecord next = record.takes(failure.sample()) ? record.with(failure.sample()) : record;
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
        @Nullable Incident ofPattern = openIncident(turn, recordOf(turn, Cause.of(pattern.pattern(), suite), true));
        @Nullable
        Incident open = ofPattern != null ? ofPattern : openIncident(turn, recordOf(turn, Cause.of(suite), false));
        return open == null ? null : open.id();
    }

    /** Returns the incident of a cause that is not resolved; null if there is none, or if it is lost. */
    private static @Nullable Incident openIncident(Turn turn, CauseRecord record) {
        return record.openIncident() == null ? null : turn.state().incidents().get(record.openIncident());
    }

    /** Opens an incident, or opens the last one of the cause again if that ended not long ago. Returns its id. */
    String open(Turn turn, Cause cause, List<FailureSample> failures, @Nullable String rule, String reason) {
        CauseRecord record = recordOf(turn, cause, true);
        List<FailureSample> inOrder = failures.stream()
                .sorted(Comparator.comparing(FailureSample::outcome))
                .toList();
        FailureSample first = inOrder.get(0);
        Instant at = inOrder.get(inOrder.size() - 1).outcome().endedAt();
        @Nullable
        Incident last =
                record.lastIncident() == null ? null : turn.state().incidents().get(record.lastIncident());
        Incident incident;
        int episodes = record.episodes();
        if (last != null && record.reopensAt(at)) {
            incident = Life.reopened(last, at, reason);
        } else {
            do {
                episodes++; // what is known of the cause may be lost, and its incidents not
            } while (turn.state().incidents().get(cause.incidentId(turn.environment(), episodes)) != null);
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
        String id = incident.id();
        turn.state().causes().put(cause.key(), record.opened(id, episodes));
        turn.state().openIncidents().put(ONLY, id, new Named(id));
        // One that opens again stands for the suites of its first life, too.
        for (HitSuite hit : turn.state().suitesOfIncidents().of(id, ALL)) {
            incident = attached(turn, incident, hit.suite());
        }
        var hits = new HitRows(turn.state(), id);
        for (FailureSample failure : inOrder) {
            incident = attached(
                    turn,
                    Life.failed(incident, failure, hits),
                    failure.outcome().suite());
        }
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
        if (id == null) {
            return;
        }
        @Nullable HitSuite hit = turn.state().suitesOfIncidents().get(id, suite);
        if (hit != null && !before.equals(hit.shiftedFrom())) {
            turn.state().suitesOfIncidents().put(id, suite, new HitSuite(suite, before));
            turn.tellIncident(id);
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
        for (Named open : turn.state().openIncidents().of(ONLY, ALL)) {
            @Nullable Incident incident = turn.state().incidents().get(open.name());
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
                                : next.with(new Fact(turn.progress().now(), "deployment", suspicion.reason())));
            }
        }
    }

    /** Tells the open incidents of a suite again after its last run changed. */
    void runCompleted(Turn turn, String suite) {
        turn.state().openIncidentsOfSuites().of(suite, ALL).forEach(open -> turn.tellIncident(open.name()));
    }

    /** Returns an incident as it is told. */
    IncidentChanged viewOf(Turn turn, Incident kept) {
        Incident incident = withStandingOfToday(turn, kept);
        if (!incident.equals(kept)) {
            turn.state().incidents().put(incident.id(), incident);
        }
        List<AffectedTest> hit = turn.state().affectedTests().of(incident.id(), IncidentChanged.TESTS).stream()
                .sorted(Comparator.comparing(AffectedTest::key))
                .toList();
        boolean hasMovedOn = incident.reach().hasMovedOn();
        List<TestView> tests = hit.stream()
                .map(test -> new TestView(test, hasMovedOn && hasNotRunSince(turn, test)))
                .toList();
        List<SuiteView> suites = turn.state().suitesOfIncidents().of(incident.id(), IncidentChanged.SUITES).stream()
                .sorted(Comparator.comparing(HitSuite::suite))
                .map(suite -> viewOf(turn, suite))
                .toList();
        List<Journey> journeys = incident.standing().suites().stream()
                .flatMap(suite -> turn.rules().journeysOf(suite).stream())
                .distinct()
                .sorted(Comparator.comparing(Journey::name))
                .toList();
        Cause cause = incident.origin().cause();
        @Nullable PatternKnowledge pattern = patternOf(turn, cause.patternId());
        String title = pattern == null
                ? cause.suite() + " misses its target"
                : pattern.pattern().display();
        return new IncidentChanged(incident, title, pattern, tests, suites, journeys, severityReason(turn, incident));
    }

    private static SuiteView viewOf(Turn turn, HitSuite hit) {
        String environment = turn.environment();
        String suite = hit.suite();
        return new SuiteView(
                suite,
                turn.state().lastRuns().get(suite),
                turn.rules()
                        .baselineRule(environment, suite)
                        .map(Rule::baseline)
                        .orElse(null),
                turn.rules().targetRule(environment, suite).map(Rule::target).orElse(null),
                patternOf(turn, hit.shiftedFrom()));
    }

    private static boolean hasNotRunSince(Turn turn, AffectedTest test) {
        @Nullable LastRun last = turn.state().lastRuns().get(test.suite());
        return test.condition() == AffectedTest.Condition.FAILING
                && (last == null || !last.run().startedAt().isAfter(test.lastFailedAt()));
    }

    /** A severity never falls, so that of earlier rules may be worse than those of today would have it. */
    private static @Nullable String severityReason(Turn turn, Incident incident) {
        Reach reach = incident.reach();
        return incident.standing().suites().stream()
                .map(suite -> turn.rules().severity(turn.environment(), suite))
                .filter(ladder -> ladder.of(reach.suites(), reach.tests())
                        == incident.status().severity())
                .findFirst()
                .map(ladder -> ladder.reason(reach.suites(), reach.tests()))
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
        var hits = new HitRows(turn.state(), incident.id());
        @Nullable AffectedTest before = hits.at(absent.outcome());
        Incident next = Life.absent(
                incident,
                absent.outcome(),
                absent.patternId(),
                absent.status(),
                absent.outcomesSince(),
                absent.isRecovered(),
                hits);
        if (Objects.equals(before, hits.at(absent.outcome()))) {
            return;
        }
        put(turn, next);
        if (!next.isOpen()) {
            turn.state().causes().put(cause.key(), record.resolved(at));
            turn.state().openIncidents().remove(ONLY, next.id());
            turn.state()
                    .suitesOfIncidents()
                    .of(next.id(), ALL)
                    .forEach(hit -> turn.state().openIncidentsOfSuites().remove(hit.suite(), next.id()));
        }
    }

    private void add(Turn turn, Incident incident, FailureSample failure) {
        Incident next = Life.failed(incident, failure, new HitRows(turn.state(), incident.id()));
        keep(
                turn,
                attached(turn, next, failure.outcome().suite()),
                failure.outcome().endedAt());
    }

    /** Keeps that an open incident hits a suite, and whether that suite stands for others. */
    private static Incident attached(Turn turn, Incident incident, String suite) {
        if (turn.state().openIncidentsOfSuites().get(suite, incident.id()) != null) {
            return incident;
        }
        turn.state().openIncidentsOfSuites().put(suite, incident.id(), new Named(incident.id()));
        return incident.with(standing(turn, incident.standing(), suite));
    }

    private static Standing standing(Turn turn, Standing known, String suite) {
        SeverityLadder ladder = ladder(turn, suite);
        List<Journey> journeys = turn.rules().journeysOf(suite);
        boolean hasLadder = false;
        for (String other : known.suites()) {
            if (ladder.equals(ladder(turn, other))) {
                hasLadder = true;
                if (journeys.equals(turn.rules().journeysOf(other))) {
                    return known;
                }
            }
        }
        return known.with(suite, !hasLadder);
    }

    private static SeverityLadder ladder(Turn turn, String suite) {
        return turn.rules().severity(turn.environment(), suite);
    }

    /** By new rules other suites stand for all. */
    private static Incident withStandingOfToday(Turn turn, Incident incident) {
        @Nullable String today = turn.rules().version();
        if (Objects.equals(today, incident.standing().ruleVersion())) {
            return incident;
        }
        Standing chosen = new Standing(today, List.of());
        for (HitSuite hit : turn.state().suitesOfIncidents().of(incident.id(), ALL)) {
            chosen = standing(turn, chosen, hit.suite());
        }
        return incident.with(chosen);
    }

    private void keep(Turn turn, Incident changed, Instant at) {
        Incident incident = withStandingOfToday(turn, changed);
        Reach reach = incident.reach();
        Severity worst = incident.standing().suites().stream()
                .map(suite -> ladder(turn, suite).of(reach.suites(), reach.tests()))
                .min(Comparator.naturalOrder())
                .orElse(Severity.LOW);
        put(turn, Life.withSeverity(incident, worst, at));
    }

    private static void put(Turn turn, Incident incident) {
        turn.state().incidents().put(incident.id(), incident);
        turn.tellIncident(incident.id());
    }

    private Incident suspected(Turn turn, Incident incident) {
        @Nullable Between between = betweenNow(turn, incident);
        List<DeployedRevision> deployments =
                between == null ? List.of() : turn.deployments().in(between);
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
                .min(Comparator.comparing(FailureSample::outcome))
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
