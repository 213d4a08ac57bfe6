package dev.tripline.analyzer.wire;

import dev.tripline.analyzer.agent.Silence;
import dev.tripline.analyzer.breach.Journey;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.PatternSeen;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.Decision.SuiteView;
import dev.tripline.analyzer.environment.Decision.TestView;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.FailureSample;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.rate.WilsonInterval;
import dev.tripline.analyzer.run.LastRun;
import dev.tripline.analyzer.run.RunOfSuite;
import dev.tripline.events.AffectedJourney;
import dev.tripline.events.AffectedSuite;
import dev.tripline.events.Breach;
import dev.tripline.events.BreachKind;
import dev.tripline.events.BreachState;
import dev.tripline.events.BucketCounts;
import dev.tripline.events.ClockTick;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.DecisionInputKind;
import dev.tripline.events.Deployment;
import dev.tripline.events.FailureRecord;
import dev.tripline.events.IncidentFact;
import dev.tripline.events.IncidentNote;
import dev.tripline.events.IncidentState;
import dev.tripline.events.OutcomeDelta;
import dev.tripline.events.OutcomeRef;
import dev.tripline.events.OutcomeSample;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.PatternChange;
import dev.tripline.events.PatternChangeKind;
import dev.tripline.events.PatternShare;
import dev.tripline.events.PatternView;
import dev.tripline.events.RuleSet;
import dev.tripline.events.RulesActivation;
import dev.tripline.events.RunEnd;
import dev.tripline.events.Scope;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.Severity;
import dev.tripline.events.SignalKind;
import dev.tripline.events.SilenceNotice;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.SuspectedDeployment;
import dev.tripline.events.TestCondition;
import dev.tripline.events.TestSignal;
import dev.tripline.events.TextBounds;
import dev.tripline.events.WindowRate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what the analyzer decided into records for topics. */
public final class ToRecords {
    private static final int TESTS_CHARS = 64 * 1024;
    private static final int SUITES_CHARS = 64 * 1024;
    private static final int PATTERN_ID = 16;

    /** Patterns of the last run of each suite that an incident tells. */
    private static final int PATTERNS_OF_SUITE = 20;

    private ToRecords() {}

    /**
     * Returns the decision input of a delta.
     *
     * @param more whether another input of the environment follows at once
     */
    public static DecisionInput delta(String environment, Delta delta, boolean more) {
        var record = OutcomeDelta.newBuilder()
                .setSuite(delta.suite())
                .setLocation(delta.location())
                .setSource(delta.run().source())
                .setRun(delta.run().run())
                .setProbeKind(delta.probeKind())
                .setService(delta.service())
                .setRevision(delta.revision())
                .setTags(delta.tags())
                .setLinks(delta.links())
                .setStartedAt(delta.startedAt())
                .setEndedAt(delta.endedAt())
                .setBuckets(delta.buckets().stream()
                        .map(bucket -> BucketCounts.newBuilder()
                                .setStartedAt(bucket.startedAt())
                                .setCounts(counts(bucket.tally().counts()))
                                .setFlaky(bucket.tally().flaky())
                                .setDurations(bucket.tally().durations().entrySet().stream()
                                        .collect(Collectors.toMap(
                                                e -> Integer.toString(e.getKey()),
                                                e -> e.getValue(),
                                                Long::sum,
                                                TreeMap::new)))
                                .setPatterns(new TreeMap<>(bucket.tally().patterns()))
                                .build())
                        .toList())
                .setFailures(delta.failures().stream().map(ToRecords::failure).toList())
                .build();
        return input(environment, DecisionInputKind.DELTA)
                .setDelta(record)
                .setMore(more)
                .build();
    }

    /**
     * Returns the decision input of a pattern that stays away.
     *
     * @param more whether another input of the environment follows at once
     */
    public static DecisionInput absence(String environment, PatternAbsent absent, boolean more) {
        var record = TestSignal.newBuilder()
                .setKind(absent.isRecovered() ? SignalKind.RECOVERED : SignalKind.ABSENT)
                .setOutcome(ref(absent.outcome()))
                .setStatus(OutcomeStatus.valueOf(absent.status().name()))
                .setPatternId(absent.patternId())
                .setOutcomesSince(absent.outcomesSince())
                .build();
        return input(environment, DecisionInputKind.SIGNAL)
                .setSignal(record)
                .setMore(more)
                .build();
    }

    /** Returns the decision input that says that a suite run is over. */
    public static DecisionInput totals(String environment, RunTotals totals, boolean more) {
        SuiteRun run = SuiteRun.newBuilder()
                .setEnvironment(environment)
                .setSuite(totals.suite())
                .setLocation(totals.location())
                .setSource(totals.run().source())
                .setRun(totals.run().run())
                .setStartedAt(totals.startedAt())
                .setEndedAt(totals.endedAt())
                .setTotals(counts(totals.totals()))
                .setService(totals.service())
                .setRevision(totals.revision())
                .setProbeKind(totals.probeKind())
                .setAgent(totals.agent())
                .setTags(totals.tags())
                .build();
        return input(environment, DecisionInputKind.SUITE_RUN)
                .setSuiteRun(run)
                .setRunEnd(RunEnd.valueOf(totals.end().name()))
                .setMore(more)
                .build();
    }

    /** Returns the decision input that says how far time has come. */
    public static DecisionInput tick(String environment, Instant now) {
        return input(environment, DecisionInputKind.TICK)
                .setTick(new ClockTick(now))
                .build();
    }

    /** Returns the decision input of a silence. */
    public static DecisionInput silence(Silence silence) {
        return input(silence.environment(), DecisionInputKind.SILENCE)
                .setSilence(SilenceNotice.newBuilder()
                        .setAgent(silence.agent())
                        .setProbe(silence.probe())
                        .setDueAt(silence.dueAt())
                        .setAgentAlive(silence.isAgentAlive())
                        .setLocation(silence.location())
                        .setOver(silence.isOver())
                        .build())
                .build();
    }

    /** Returns the decision input of a deployment, within {@link TextBounds} and without secrets. */
    @SuppressWarnings("NullAway") // the generated builder takes null for fields whose schema allows it
    public static DecisionInput deployment(Deployment given) {
        Deployment bounded = TextBounds.bounded(given);
        Deployment deployment = Deployment.newBuilder(bounded)
                .setService(Secrets.masked(bounded.getService()))
                .setRevision(Secrets.masked(bounded.getRevision()))
                .setReportedBy(Secrets.maskedOrNull(bounded.getReportedBy()))
                .setUrl(Secrets.maskedOrNull(bounded.getUrl()))
                .build();
        return input(deployment.getEnvironment(), DecisionInputKind.DEPLOYMENT)
                .setDeployment(deployment)
                .build();
    }

    /** Returns the decision input that activates rules. */
    public static DecisionInput rules(String environment, RuleSet rules, long number, String activatedBy) {
        return input(environment, DecisionInputKind.RULES)
                .setRules(new RulesActivation(rules, activatedBy, number))
                .build();
    }

    /** Returns the record of a rate. */
    public static SuccessRate rate(RateChanged rate) {
        return SuccessRate.newBuilder()
                .setScope(scope(rate.scope()))
                .setAsOf(rate.asOf())
                .setWindows(rate.windows().stream().map(ToRecords::window).toList())
                .setLastRun(rate.lastRun() == null ? null : lastRun(rate.lastRun(), RunOfSuite.PATTERNS + 1))
                .setBaseline(rate.baseline())
                .setTarget(rate.target())
                .setRuleVersion(rate.ruleVersion())
                .build();
    }

    /** Returns the record of a test's rate, which knows no rules. */
    public static SuccessRate testRate(
            dev.tripline.analyzer.outcome.Scope scope,
            Instant asOf,
            List<dev.tripline.analyzer.rate.WindowRate> windows) {
        return rate(new RateChanged(scope, asOf, windows, null, null, null, null));
    }

    /** Returns the record of a pattern. */
    public static dev.tripline.events.ErrorPattern pattern(PatternSeen seen) {
        PatternKnowledge known = seen.knowledge();
        return dev.tripline.events.ErrorPattern.newBuilder()
                .setEnvironment(seen.environment())
                .setPatternId(known.pattern().id())
                .setNormaliserVersion(known.pattern().normaliserVersion())
                .setType(known.pattern().type())
                .setTemplate(known.pattern().template())
                .setGeneric(known.pattern().generic())
                .setExample(known.example())
                .setFirstSeenAt(known.firstSeenAt())
                .setLastSeenAt(known.lastSeenAt())
                .setFailures(known.failures())
                .setSuites(List.copyOf(known.suites()))
                .setTestCount(known.testHashes().size())
                .setLastDeploymentBefore(
                        known.lastDeploymentBefore() == null
                                ? null
                                : deployment(seen.environment(), known.lastDeploymentBefore()))
                .build();
    }

    /** Returns the record of a change. */
    public static PatternChange change(dev.tripline.analyzer.pattern.PatternChange change) {
        return PatternChange.newBuilder()
                .setChangeId(change.changeId())
                .setScope(scope(change.scope()))
                .setKind(PatternChangeKind.valueOf(change.kind().name()))
                .setAt(change.at())
                .setBefore(change.before() == null ? null : sight(change.before()))
                .setAfter(sight(change.after()))
                .setRateBefore(change.rateBefore())
                .setRateAfter(change.rateAfter())
                .setDeployment(
                        change.deployment() == null
                                ? null
                                : deployment(change.scope().environment(), change.deployment()))
                .setRevisionBefore(change.revisionBefore())
                .setRevisionAfter(change.revisionAfter())
                .setEvidence(change.evidence().stream().map(ToRecords::ref).toList())
                .setRuleVersion(change.ruleVersion())
                .setReason(change.reason())
                .build();
    }

    /** Returns the record of a breach. */
    public static Breach breach(dev.tripline.analyzer.breach.Breach breach) {
        var interval = breach.counts().conclusive() == 0
                ? Optional.<WilsonInterval>empty()
                : Optional.of(WilsonInterval.of(
                        breach.counts().passed(), breach.counts().conclusive(), WilsonInterval.Z95));
        return Breach.newBuilder()
                .setBreachId(breach.breachId())
                .setScope(scope(breach.scope()))
                .setRule(breach.rule())
                .setRuleVersion(breach.ruleVersion())
                .setKind(BreachKind.valueOf(breach.kind().name()))
                .setState(breach.isOpen() ? BreachState.OPEN : BreachState.ENDED)
                .setSince(breach.since())
                .setAt(breach.at())
                .setCounts(counts(breach.counts()))
                .setRate(orNull(breach.counts().rate()))
                .setTarget(breach.target())
                .setBaseline(breach.baseline())
                .setLow(interval.map(WilsonInterval::low).orElse(null))
                .setHigh(interval.map(WilsonInterval::high).orElse(null))
                .setPatterns(breach.patterns().stream().map(ToRecords::share).toList())
                .setEvidence(breach.evidence().stream().map(ToRecords::ref).toList())
                .setIncidentIds(List.copyOf(breach.incidentIds()))
                .setReason(breach.reason())
                .build();
    }

    /** Returns the record of an incident. */
    public static dev.tripline.events.Incident incident(IncidentChanged changed) {
        Incident incident = changed.incident();
        var origin = incident.origin();
        var status = incident.status();
        String environment = origin.environment();
        return dev.tripline.events.Incident.newBuilder()
                .setIncidentId(origin.incidentId())
                .setEnvironment(environment)
                .setState(IncidentState.valueOf(status.state().name()))
                .setSeverity(Severity.valueOf(status.severity().name()))
                .setSeverityReason(changed.severityReason())
                .setPriority(status.severity().priority())
                .setTitle(changed.title())
                .setStartedAt(status.startedAt())
                .setOpenedAt(origin.openedAt())
                .setUpdatedAt(status.updatedAt())
                .setResolvedAt(status.resolvedAt())
                .setPattern(changed.cause() == null ? null : view(changed.cause()))
                .setScope(
                        changed.cause() != null || origin.cause().suite() == null
                                ? null
                                : new Scope(
                                        environment,
                                        ScopeKind.SUITE,
                                        origin.cause().suite(),
                                        null,
                                        null,
                                        null))
                .setFailures(incident.evidence().failures())
                .setTestCount(incident.reach().tests())
                .setSuiteCount(incident.reach().suites())
                .setTests(
                        Bounded.first(
                                        changed.tests(),
                                        changed.tests().size(),
                                        TESTS_CHARS,
                                        view -> view.test().chars())
                                .stream()
                                .map(ToRecords::test)
                                .toList())
                .setSuites(
                        Bounded.first(changed.suites(), changed.suites().size(), SUITES_CHARS, ToRecords::chars)
                                .stream()
                                .map(ToRecords::suite)
                                .toList())
                .setJourneys(changed.journeys().stream().map(ToRecords::journey).toList())
                .setDeployment(
                        incident.deployment() == null
                                ? null
                                : new SuspectedDeployment(
                                        deployment(
                                                environment,
                                                incident.deployment().deployment()),
                                        incident.deployment().confidence(),
                                        incident.deployment().reason()))
                .setExpectedImpact(List.of())
                .setHeldBack(0)
                .setBreachIds(incident.breachIds().stream().sorted().toList())
                .setEvidence(incident.evidence().samples().stream()
                        .map(ToRecords::sample)
                        .toList())
                .setEvidenceDigest(incident.evidence().digest())
                .setFacts(facts(incident))
                .setNotes(incident.notes().stream()
                        .map(note -> new IncidentNote(
                                origin.incidentId(), note.author(), note.writtenAt(), note.text(), note.url()))
                        .toList())
                .setRule(origin.rule())
                .setRuleVersion(origin.ruleVersion())
                .setReopenings(status.reopenings())
                .setPreviousIncidentId(origin.previousIncident())
                .setReason(origin.reason())
                .build();
    }

    private static List<IncidentFact> facts(Incident incident) {
        var facts = new ArrayList<IncidentFact>();
        long number = incident.firstFactNumber();
        for (Incident.Fact fact : incident.facts()) {
            facts.add(new IncidentFact(fact.at(), fact.kind(), fact.text(), number++));
        }
        return facts;
    }

    private static dev.tripline.events.AffectedTest test(TestView view) {
        AffectedTest test = view.test();
        return dev.tripline.events.AffectedTest.newBuilder()
                .setSuite(test.suite())
                .setClassName(test.className())
                .setTest(test.test())
                .setLocation(test.location())
                .setFailures(test.failures())
                .setFirstFailedAt(test.firstFailedAt())
                .setLastFailedAt(test.lastFailedAt())
                .setCondition(
                        view.hasNotRunSince()
                                ? TestCondition.NOT_RUN_SINCE
                                : TestCondition.valueOf(test.condition().name()))
                .setOutcomesSince(test.outcomesSince())
                .build();
    }

    private static AffectedSuite suite(SuiteView suite) {
        return AffectedSuite.newBuilder()
                .setSuite(suite.suite())
                .setLastRun(suite.lastRun() == null ? null : lastRun(suite.lastRun(), PATTERNS_OF_SUITE))
                .setBaseline(suite.baseline())
                .setTarget(suite.target())
                .setShiftedFrom(suite.shiftedFrom() == null ? null : view(suite.shiftedFrom()))
                .build();
    }

    /** About how many characters it adds to a record. */
    private static int chars(SuiteView suite) {
        int chars = suite.suite().length();
        LastRun last = suite.lastRun();
        if (last != null) {
            RunOfSuite run = last.run();
            chars += last.suite().length()
                    + last.location().length()
                    + run.id().source().length()
                    + length(run.service())
                    + length(run.revision())
                    + PATTERN_ID * Math.min(run.patterns().size(), PATTERNS_OF_SUITE);
        }
        PatternKnowledge shifted = suite.shiftedFrom();
        return shifted == null
                ? chars
                : chars
                        + length(shifted.pattern().type())
                        + shifted.pattern().template().length()
                        + shifted.example().length()
                        + length(shifted.details());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static AffectedJourney journey(Journey journey) {
        return new AffectedJourney(journey.name(), journey.impact());
    }

    private static OutcomeSample sample(FailureSample failure) {
        return new OutcomeSample(
                ref(failure.outcome()),
                OutcomeStatus.valueOf(failure.status().name()),
                failure.type(),
                failure.message(),
                failure.revision(),
                failure.links());
    }

    private static FailureRecord failure(PatternedFailure failure) {
        ErrorPattern pattern = failure.pattern();
        return FailureRecord.newBuilder()
                .setOutcome(ref(failure.outcome()))
                .setStatus(OutcomeStatus.valueOf(failure.status().name()))
                .setPattern(PatternView.newBuilder()
                        .setPatternId(pattern.id())
                        .setType(pattern.type())
                        .setTemplate(pattern.template())
                        .setExample(failure.message())
                        .setDetails(failure.details())
                        .setFailures(1)
                        .build())
                .setNormaliserVersion(pattern.normaliserVersion())
                .setGeneric(pattern.generic())
                .build();
    }

    private static PatternView view(PatternKnowledge known) {
        return PatternView.newBuilder()
                .setPatternId(known.pattern().id())
                .setType(known.pattern().type())
                .setTemplate(known.pattern().template())
                .setExample(known.example())
                .setDetails(known.details())
                .setFailures(known.failures())
                .setFirstSeenAt(known.firstSeenAt())
                .setLastSeenAt(known.lastSeenAt())
                .build();
    }

    private static PatternView sight(dev.tripline.analyzer.pattern.PatternChange.Sight sight) {
        return PatternView.newBuilder(view(sight.knowledge()))
                .setShare(sight.share())
                .setFailures(sight.failures())
                .build();
    }

    private static WindowRate window(dev.tripline.analyzer.rate.WindowRate rate) {
        var interval = rate.interval();
        return WindowRate.newBuilder()
                .setLabel(rate.window().label())
                .setSpanMillis(rate.window().span().toMillis())
                .setStartedAt(rate.startedAt())
                .setCounts(counts(rate.counts()))
                .setFlaky(rate.flaky())
                .setRate(orNull(rate.counts().rate()))
                .setLow(interval.map(WilsonInterval::low).orElse(null))
                .setHigh(interval.map(WilsonInterval::high).orElse(null))
                .setPatterns(rate.patterns().stream().map(ToRecords::share).toList())
                .setP50Millis(orNull(rate.p50Millis()))
                .setP95Millis(orNull(rate.p95Millis()))
                .build();
    }

    private static dev.tripline.events.LastRun lastRun(LastRun last, int patterns) {
        RunOfSuite run = last.run();
        return dev.tripline.events.LastRun.newBuilder()
                .setSuite(last.suite())
                .setLocation(last.location())
                .setSource(run.id().source())
                .setRun(run.id().run())
                .setStartedAt(run.startedAt())
                .setEndedAt(run.endedAt())
                .setCounts(counts(run.counts()))
                .setFlaky(run.flaky())
                .setLost(run.lost().isPresent() ? run.lost().getAsLong() : null)
                .setRate(orNull(run.counts().rate()))
                .setService(run.service())
                .setRevision(run.revision())
                .setPatterns(run.shares().stream()
                        .limit(patterns)
                        .map(ToRecords::share)
                        .toList())
                .build();
    }

    private static PatternShare share(dev.tripline.analyzer.rate.PatternShare share) {
        return new PatternShare(share.patternId(), share.failures(), share.share());
    }

    private static Scope scope(dev.tripline.analyzer.outcome.Scope scope) {
        return new Scope(
                scope.environment(),
                ScopeKind.valueOf(scope.kind().name()),
                scope.name(),
                scope.suite(),
                scope.className(),
                scope.location());
    }

    private static StatusCounts counts(dev.tripline.analyzer.outcome.StatusCounts counts) {
        return new StatusCounts(
                counts.passed(),
                counts.failed(),
                counts.errored(),
                counts.timedOut(),
                counts.skipped(),
                counts.inconclusive());
    }

    private static OutcomeRef ref(OutcomeId id) {
        return new OutcomeRef(
                id.suite(),
                id.className(),
                id.test(),
                id.location(),
                id.source(),
                id.run(),
                id.attempt(),
                id.endedAt());
    }

    private static Deployment deployment(String environment, DeployedRevision deployed) {
        return Deployment.newBuilder()
                .setEnvironment(environment)
                .setService(deployed.service())
                .setRevision(deployed.revision())
                .setDeployedAt(deployed.deployedAt())
                .setReportedBy(deployed.reportedBy())
                .setUrl(deployed.url())
                .build();
    }

    private static DecisionInput.Builder input(String environment, DecisionInputKind kind) {
        return DecisionInput.newBuilder()
                .setEnvironment(environment)
                .setKind(kind)
                .setRunEnd(RunEnd.OPEN);
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
