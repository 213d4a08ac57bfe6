package dev.tripline.sink.consumer;

import dev.tripline.events.AffectedJourney;
import dev.tripline.events.AffectedSuite;
import dev.tripline.events.AffectedTest;
import dev.tripline.events.ExpectedImpact;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentFact;
import dev.tripline.events.IncidentNote;
import dev.tripline.events.IncidentState;
import dev.tripline.events.IssueState;
import dev.tripline.events.LastRun;
import dev.tripline.events.OutcomeRef;
import dev.tripline.events.OutcomeSample;
import dev.tripline.events.PatternView;
import dev.tripline.events.Scope;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuspectedDeployment;
import dev.tripline.events.TrackedIssue;
import dev.tripline.service.text.Cut;
import dev.tripline.sink.filing.Condition;
import dev.tripline.sink.filing.FilingState;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.filing.Phase;
import dev.tripline.sink.filing.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Maps records on topics to the sink's own, and back. */
public final class Records {
    private Records() {}

    private static final int NAME = 256;
    private static final int URL = 2_048;
    private static final int PROBLEM = 2_048;
    private static final int LABELS = 100;

    /**
     * Returns what an issue needs of an incident, within {@link IncidentBounds}.
     *
     * @throws IllegalArgumentException if its id is longer than any of ours
     */
    public static IncidentView view(Incident given) {
        Incident incident = IncidentBounds.bounded(given);
        PatternView pattern = incident.getPattern();
        Scope scope = incident.getScope();
        SuspectedDeployment suspect = incident.getDeployment();
        Severity severity = severity(incident.getSeverity());
        var names = new NamesOfTests(incident);
        return new IncidentView(
                incident.getIncidentId(),
                incident.getEnvironment(),
                severity == null ? Phase.UNKNOWN : phase(incident.getState()),
                severity == null ? Severity.LOW : severity,
                incident.getSeverityReason(),
                incident.getPriority(),
                incident.getTitle(),
                incident.getStartedAt(),
                incident.getOpenedAt(),
                incident.getResolvedAt(),
                pattern == null ? null : pattern(pattern),
                scope == null ? null : scope(scope),
                incident.getFailures(),
                incident.getTestCount(),
                incident.getSuiteCount(),
                incident.getTests().stream().map(test -> test(test, names)).toList(),
                incident.getSuites().stream().map(Records::suite).toList(),
                incident.getJourneys().stream().map(Records::journey).toList(),
                suspect == null ? null : suspect(suspect),
                incident.getExpectedImpact().stream().map(Records::impact).toList(),
                incident.getEvidence().stream()
                        .map(sample -> evidence(sample, names))
                        .toList(),
                facts(incident.getFacts()),
                incident.getNotes().stream().map(Records::note).toList(),
                incident.getRule(),
                incident.getRuleVersion(),
                incident.getReopenings(),
                incident.getPreviousIncidentId(),
                incident.getHeldBack(),
                incident.getReason());
    }

    /**
     * Returns what the sink knew about an issue.
     *
     * @throws IllegalArgumentException if a part is longer than any that a sink writes: written again, it might not fit into a record
     */
    public static KnownIssue known(TrackedIssue issue) {
        atMost("incidentId", issue.getIncidentId(), IncidentBounds.ID);
        atMost("tracker", issue.getTracker(), NAME);
        atMost("number", issue.getNumber(), NAME);
        atMost("url", issue.getUrl(), URL);
        atMost("contentDigest", issue.getContentDigest(), NAME);
        atMost("problem", issue.getProblem(), PROBLEM);
        if (issue.getLabels().size() > LABELS) {
            throw new IllegalArgumentException("labels: must be at most " + LABELS + ", got "
                    + issue.getLabels().size());
        }
        issue.getLabels().forEach(label -> atMost("labels", label, NAME));
        IncidentState told = issue.getIncidentState();
        return new KnownIssue(
                issue.getIncidentId(),
                issue.getTracker(),
                FilingState.valueOf(issue.getState().name()),
                issue.getNumber(),
                issue.getUrl(),
                issue.getAttemptedAt(),
                issue.getAttempts(),
                issue.getUpdatedAt(),
                issue.getContentDigest(),
                issue.getFactsReported(),
                told == null ? null : phase(told),
                issue.getProblem(),
                issue.getLabels(),
                severity(issue.getSeverity()));
    }

    private static void atMost(String field, @Nullable String text, int most) {
        if (text != null && text.length() > most) {
            throw new IllegalArgumentException(
                    field + ": must have at most " + most + " characters, got " + text.length());
        }
    }

    /** Returns the record that remembers an issue; a problem that a tracker told at length is cut. */
    @SuppressWarnings(
            "NullAway") // the generated builder takes null for fields whose schema allows it, and says so nowhere
    public static TrackedIssue record(KnownIssue issue) {
        Phase told = issue.told();
        Severity severity = issue.toldSeverity();
        return TrackedIssue.newBuilder()
                .setIncidentId(issue.incidentId())
                .setTracker(issue.tracker())
                .setState(IssueState.valueOf(issue.state().name()))
                .setNumber(issue.number())
                .setUrl(issue.url())
                .setAttemptedAt(issue.attemptedAt())
                .setAttempts(issue.attempts())
                .setUpdatedAt(issue.updatedAt())
                .setContentDigest(issue.contentDigest())
                .setFactsReported(issue.factsReported())
                .setIncidentState(told == null ? null : IncidentState.valueOf(told.name()))
                .setProblem(issue.problem() == null ? null : Cut.marked(issue.problem(), PROBLEM))
                .setLabels(issue.labels())
                .setSeverity(severity == null ? null : dev.tripline.events.Severity.valueOf(severity.name()))
                .build();
    }

    /** Returns a severity; null if there is none, or it is of a newer version. */
    private static @Nullable Severity severity(dev.tripline.events.@Nullable Severity severity) {
        return severity == null || severity == dev.tripline.events.Severity.UNKNOWN
                ? null
                : Severity.valueOf(severity.name());
    }

    private static Phase phase(IncidentState state) {
        return Phase.valueOf(state.name());
    }

    private static IncidentView.Pattern pattern(PatternView pattern) {
        return new IncidentView.Pattern(
                pattern.getPatternId(),
                pattern.getType(),
                pattern.getTemplate(),
                pattern.getExample(),
                pattern.getDetails());
    }

    private static IncidentView.Scope scope(Scope scope) {
        return new IncidentView.Scope(scope.getKind().name().toLowerCase(Locale.ROOT), scope.getName());
    }

    private static IncidentView.Test test(AffectedTest test, NamesOfTests names) {
        return new IncidentView.Test(
                test.getSuite(),
                names.of(test.getSuite(), test.getClassName(), test.getTest()),
                test.getLocation(),
                test.getFailures(),
                test.getFirstFailedAt(),
                test.getLastFailedAt(),
                Condition.valueOf(test.getCondition().name()),
                test.getOutcomesSince());
    }

    private static IncidentView.Suite suite(AffectedSuite suite) {
        PatternView old = suite.getShiftedFrom();
        return new IncidentView.Suite(
                suite.getSuite(),
                run(suite.getLastRun()),
                suite.getBaseline(),
                suite.getTarget(),
                old == null ? null : pattern(old));
    }

    private static IncidentView.@Nullable Run run(@Nullable LastRun run) {
        if (run == null) {
            return null;
        }
        StatusCounts counts = run.getCounts();
        long conclusive = counts.getPassed() + counts.getFailed() + counts.getErrored() + counts.getTimedOut();
        return new IncidentView.Run(
                run.getRate(), counts.getPassed(), conclusive, run.getFlaky(), run.getLost(), run.getEndedAt());
    }

    private static IncidentView.Journey journey(AffectedJourney journey) {
        return new IncidentView.Journey(journey.getName(), journey.getImpact());
    }

    private static IncidentView.Suspect suspect(SuspectedDeployment suspect) {
        return new IncidentView.Suspect(
                suspect.getDeployment().getService(),
                suspect.getDeployment().getRevision(),
                suspect.getDeployment().getDeployedAt(),
                suspect.getDeployment().getUrl(),
                suspect.getConfidence(),
                suspect.getReason());
    }

    private static IncidentView.Impact impact(ExpectedImpact impact) {
        return new IncidentView.Impact(scope(impact.getScope()), impact.getRateNow(), impact.getRateAfter());
    }

    private static IncidentView.Evidence evidence(OutcomeSample sample, NamesOfTests names) {
        OutcomeRef outcome = sample.getOutcome();
        return new IncidentView.Evidence(
                outcome.getSuite(),
                names.of(outcome.getSuite(), outcome.getClassName(), outcome.getTest()),
                outcome.getLocation(),
                outcome.getSource() + "/" + outcome.getRun() + "/" + outcome.getAttempt(),
                sample.getStatus().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                outcome.getEndedAt(),
                sample.getType(),
                sample.getMessage(),
                sample.getRevision(),
                new TreeMap<>(sample.getLinks()));
    }

    /** Facts written before they had numbers have those of the list. */
    private static List<IncidentView.Fact> facts(List<IncidentFact> facts) {
        var numbered = new ArrayList<IncidentView.Fact>();
        for (IncidentFact fact : facts) {
            long number = fact.getNumber() > 0 ? fact.getNumber() : numbered.size() + 1L;
            numbered.add(new IncidentView.Fact(number, fact.getAt(), fact.getKind(), fact.getText()));
        }
        return numbered;
    }

    private static IncidentView.Note note(IncidentNote note) {
        return new IncidentView.Note(note.getAuthor(), note.getWrittenAt(), note.getText(), note.getUrl());
    }
}
