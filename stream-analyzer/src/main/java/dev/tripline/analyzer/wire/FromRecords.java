package dev.tripline.analyzer.wire;

import dev.tripline.analyzer.agent.Heartbeat;
import dev.tripline.analyzer.agent.Silence;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Bucket;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.NoteWritten;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.environment.EnvironmentInput.Silent;
import dev.tripline.analyzer.environment.EnvironmentInput.TimePassed;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.Bounded;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.rate.Tally;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.Deployment;
import dev.tripline.events.FailureRecord;
import dev.tripline.events.IncidentNote;
import dev.tripline.events.OutcomeDelta;
import dev.tripline.events.OutcomeRef;
import dev.tripline.events.PatternView;
import dev.tripline.events.RuleSet;
import dev.tripline.events.RulesActivation;
import dev.tripline.events.SignalKind;
import dev.tripline.events.SilenceNotice;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.TestSignal;
import dev.tripline.events.TextBounds;
import dev.tripline.service.secrets.FailureText;
import dev.tripline.service.secrets.SecretMask;
import dev.tripline.service.text.Cut;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns records from topics into the analyzer's domain.
 *
 * <p>Records that break a rule of their field's documentation are refused with an {@link IllegalArgumentException} that names
 * field, rule and value. Secrets are masked here, too, but not in the environment, which records go by: not everyone
 * publishes through an agent of ours. Then what is longer than {@link TextBounds} allow is cut as agents cut it, so that both
 * name one series.
 */
public final class FromRecords {
    /** Probes of an agent that are watched, and characters of their names. */
    private static final int MOST_PROBES = 500;

    private static final int MOST_PROBE_CHARS = 100_000;

    private FromRecords() {}

    /** Returns the outcome a record tells of. */
    public static Outcome outcome(TestOutcome given) {
        TestOutcome record = TextBounds.bounded(given);
        notEmpty("environment", record.getEnvironment());
        notEmpty("suite", record.getSuite());
        notEmpty("test", record.getTest());
        notEmpty("source", record.getSource());
        require(record.getRun() >= 0, "run", "must be 0 or more", record.getRun());
        require(record.getAttempt() >= 1, "attempt", "must be 1 or more", record.getAttempt());
        require(
                !record.getEndedAt().isBefore(record.getStartedAt()),
                "endedAt",
                "must not be before startedAt " + record.getStartedAt(),
                record.getEndedAt());
        @Nullable Long duration = record.getDurationMillis();
        require(duration == null || duration >= 0, "durationMillis", "must be 0 or more", duration);
        var failure = record.getFailure();
        return new Outcome(
                new Series(
                        record.getEnvironment(),
                        Secrets.masked(record.getSuite()),
                        Secrets.masked(record.getClassName()),
                        Secrets.masked(record.getTest()),
                        Secrets.masked(record.getLocation())),
                new RunId(Secrets.masked(record.getSource()), record.getRun()),
                record.getAttempt(),
                status(record.getStatus()),
                record.getFlaky(),
                record.getStartedAt(),
                record.getEndedAt(),
                duration,
                failure == null ? null : Secrets.maskedOrNull(failure.getType()),
                failure == null
                        ? ""
                        : FailureText.masked(SecretMask.standard(), failure.getType(), failure.getMessage()),
                failure == null ? null : Secrets.maskedOrNull(failure.getDetails()),
                Secrets.maskedOrNull(record.getService()),
                Secrets.maskedOrNull(record.getRevision()),
                Secrets.masked(record.getProbeKind()),
                record.getTags().stream().map(Secrets::masked).toList(),
                Links.of(record.getAttributes()));
    }

    /** Returns the totals a record tells of. */
    public static RunTotals totals(SuiteRun given) {
        SuiteRun record = TextBounds.bounded(given);
        notEmpty("environment", record.getEnvironment());
        notEmpty("suite", record.getSuite());
        notEmpty("source", record.getSource());
        require(record.getRun() >= 0, "run", "must be 0 or more", record.getRun());
        require(
                !record.getEndedAt().isBefore(record.getStartedAt()),
                "endedAt",
                "must not be before startedAt " + record.getStartedAt(),
                record.getEndedAt());
        return new RunTotals(
                Secrets.masked(record.getSuite()),
                Secrets.masked(record.getLocation()),
                new RunId(Secrets.masked(record.getSource()), record.getRun()),
                record.getStartedAt(),
                record.getEndedAt(),
                counts(record.getTotals()),
                Secrets.maskedOrNull(record.getService()),
                Secrets.maskedOrNull(record.getRevision()),
                Secrets.masked(record.getProbeKind()),
                Secrets.maskedOrNull(record.getAgent()),
                record.getTags().stream().map(Secrets::masked).toList(),
                RunEnd.OPEN);
    }

    /**
     * Returns the heartbeat a record tells of, with as many of its probes as are watched.
     *
     * @param takenAt when the broker took it
     */
    public static Heartbeat heartbeat(AgentHeartbeat record, Instant takenAt) {
        notEmpty("agent", record.getAgent());
        List<Heartbeat.Probe> probes = record.getProbes().stream()
                .map(probe -> new Heartbeat.Probe(
                        Secrets.masked(Cut.plain(probe.getProbe(), TextBounds.WORD)),
                        Cut.plain(probe.getEnvironment(), TextBounds.WORD),
                        probe.getNextDueAt(),
                        probe.getLastEndedAt(),
                        probe.getRunning()))
                .filter(probe -> !probe.environment().isEmpty())
                .toList();
        return new Heartbeat(
                Secrets.masked(Cut.plain(record.getAgent(), TextBounds.WORD)),
                Secrets.masked(Cut.plain(record.getLocation(), TextBounds.WORD)),
                record.getSentAt(),
                takenAt,
                Bounded.first(
                        probes,
                        MOST_PROBES,
                        MOST_PROBE_CHARS,
                        probe -> probe.name().length() + probe.environment().length()));
    }

    private static Silence silence(String environment, SilenceNotice record) {
        return new Silence(
                environment,
                record.getAgent(),
                record.getProbe(),
                record.getLocation(),
                record.getDueAt(),
                record.getAgentAlive(),
                record.getOver());
    }

    /** Returns the deployment a record tells of. */
    public static DeployedRevision deployment(Deployment given) {
        Deployment record = TextBounds.bounded(given);
        notEmpty("environment", record.getEnvironment());
        notEmpty("service", record.getService());
        notEmpty("revision", record.getRevision());
        return new DeployedRevision(
                Secrets.masked(record.getService()),
                Secrets.masked(record.getRevision()),
                record.getDeployedAt(),
                Secrets.maskedOrNull(record.getReportedBy()),
                Secrets.maskedOrNull(record.getUrl()));
    }

    /**
     * Returns the input a record tells of; empty for kinds that this version does not know.
     */
    public static Optional<EnvironmentInput> input(DecisionInput record) {
        notEmpty("environment", record.getEnvironment());
        return switch (record.getKind()) {
            case DELTA -> Optional.of(delta(present("delta", record.getDelta())));
            case SUITE_RUN ->
                Optional.of(totals(present("suiteRun", record.getSuiteRun()))
                        .ended(RunEnd.valueOf(record.getRunEnd().name())));
            case DEPLOYMENT -> Optional.of(new Deployed(deployment(present("deployment", record.getDeployment()))));
            case RULES -> {
                RulesActivation activation = present("rules", record.getRules());
                RuleSet rules = activation.getRules();
                yield Optional.of(
                        new RulesActivated(RulesReader.read(rules), activation.getNumber(), rules.getPublishedAt()));
            }
            case SIGNAL -> signal(present("signal", record.getSignal()));
            case TICK ->
                Optional.of(new TimePassed(present("tick", record.getTick()).getNow()));
            case NOTE -> Optional.of(note(present("note", record.getNote())));
            case SILENCE ->
                Optional.of(new Silent(silence(record.getEnvironment(), present("silence", record.getSilence()))));
            case OTHER -> Optional.empty();
        };
    }

    private static Delta delta(OutcomeDelta record) {
        var runId = new RunId(record.getSource(), record.getRun());
        return new Delta(
                record.getSuite(),
                record.getLocation(),
                runId,
                record.getProbeKind(),
                record.getService(),
                record.getRevision(),
                record.getTags(),
                new TreeMap<>(record.getLinks()),
                record.getStartedAt(),
                record.getEndedAt(),
                record.getBuckets().stream()
                        .map(bucket -> new Bucket(
                                bucket.getStartedAt(),
                                Tally.of(
                                        counts(bucket.getCounts()),
                                        bucket.getFlaky(),
                                        durations(bucket.getDurations()),
                                        bucket.getPatterns())))
                        .toList(),
                record.getFailures().stream()
                        .map(failure -> failure(failure, record))
                        .toList());
    }

    private static Map<Integer, Long> durations(Map<String, Long> record) {
        return record.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> Integer.valueOf(e.getKey()), Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    private static PatternedFailure failure(FailureRecord record, OutcomeDelta delta) {
        PatternView pattern = record.getPattern();
        return new PatternedFailure(
                outcomeId(record.getOutcome()),
                status(record.getStatus()),
                new ErrorPattern(
                        pattern.getPatternId(),
                        record.getNormaliserVersion(),
                        pattern.getType(),
                        pattern.getTemplate(),
                        record.getGeneric()),
                pattern.getExample() == null ? "" : pattern.getExample(),
                delta.getService(),
                delta.getRevision(),
                pattern.getDetails(),
                new TreeMap<>(delta.getLinks()));
    }

    private static Optional<EnvironmentInput> signal(TestSignal record) {
        return switch (record.getKind()) {
            case ABSENT, RECOVERED ->
                Optional.of(new PatternAbsent(
                        outcomeId(record.getOutcome()),
                        status(record.getStatus()),
                        record.getPatternId(),
                        Math.toIntExact(record.getOutcomesSince()),
                        record.getKind() == SignalKind.RECOVERED));
            case OTHER -> Optional.empty();
        };
    }

    private static NoteWritten note(IncidentNote record) {
        return new NoteWritten(
                record.getIncidentId(),
                new Incident.Note(
                        Secrets.masked(record.getAuthor()),
                        record.getWrittenAt(),
                        Secrets.masked(record.getText()),
                        Secrets.maskedOrNull(record.getUrl())));
    }

    private static OutcomeId outcomeId(OutcomeRef record) {
        return new OutcomeId(
                record.getSuite(),
                record.getClassName(),
                record.getTest(),
                record.getLocation(),
                record.getSource(),
                record.getRun(),
                record.getAttempt(),
                record.getEndedAt());
    }

    private static OutcomeStatus status(dev.tripline.events.OutcomeStatus record) {
        return OutcomeStatus.valueOf(record.name());
    }

    private static StatusCounts counts(dev.tripline.events.StatusCounts record) {
        return new StatusCounts(
                record.getPassed(),
                record.getFailed(),
                record.getErrored(),
                record.getTimedOut(),
                record.getSkipped(),
                record.getInconclusive());
    }

    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": must be set for this kind of input, got null");
        }
        return value;
    }

    private static void notEmpty(String field, String value) {
        require(!value.isEmpty(), field, "must not be empty", "''");
    }

    private static void require(boolean holds, String field, String rule, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + rule + ", got " + value);
        }
    }
}
