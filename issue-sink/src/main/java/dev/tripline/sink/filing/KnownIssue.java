package dev.tripline.sink.filing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sink knows about the issue of one incident. Each step of its life is a method that gives the next state, so
 * that the order of writes can be read here.
 *
 * @param incidentId the incident
 * @param tracker name of the tracker the issue is in
 * @param state where it stands
 * @param number its number; null before it exists
 * @param url its page; null before it exists
 * @param attemptedAt when the last create was sent; null before
 * @param attempts creates that were sent
 * @param updatedAt when this was recorded
 * @param contentDigest digest of the draft last written; null if unknown
 * @param factsReported number of the incident's last fact that needs no telling any more; 0 if none
 * @param told phase of the incident last told; null before
 * @param problem why it is parked or what went wrong last; null if all is well
 * @param labels labels the sink set last; empty if unknown
 * @param toldSeverity severity last told; null if unknown
 */
public record KnownIssue(
        String incidentId,
        String tracker,
        FilingState state,
        @Nullable String number,
        @Nullable String url,
        @Nullable Instant attemptedAt,
        int attempts,
        Instant updatedAt,
        @Nullable String contentDigest,
        long factsReported,
        @Nullable Phase told,
        @Nullable String problem,
        List<String> labels,
        @Nullable Severity toldSeverity) {
    public KnownIssue {
        labels = List.copyOf(labels);
    }

    /** An issue that is to be created. */
    public static KnownIssue planned(String incidentId, String tracker, Instant now) {
        return new KnownIssue(
                incidentId,
                tracker,
                FilingState.PLANNED,
                null,
                null,
                null,
                0,
                now,
                null,
                0,
                null,
                null,
                List.of(),
                null);
    }

    /** A create is about to be sent; recorded before it is. */
    public KnownIssue attempting(IncidentView incident, IssueDraft draft, Instant now) {
        return new KnownIssue(
                incidentId,
                tracker,
                FilingState.ATTEMPTING,
                null,
                null,
                now,
                attempts + 1,
                now,
                draft.digest(),
                incident.lastFact(),
                incident.phase(),
                null,
                draft.labels(),
                incident.severity());
    }

    /** The tracker said it created the issue. */
    public KnownIssue created(ListedIssue issue, Instant now) {
        return with(FilingState.OPEN, issue.number(), issue.url(), now, contentDigest, factsReported, told, null);
    }

    /** The tracker said for certain that it did not create the issue; it stays planned. */
    public KnownIssue notCreated(String reason, Instant now) {
        return with(FilingState.PLANNED, null, null, now, null, factsReported, told, reason);
    }

    /**
     * An issue with the incident's marker was found in the tracker. What a lost record would have said is taken from the
     * issue itself: a closed one counts as told, an open one as not told that the incident is over.
     */
    public KnownIssue adopted(ListedIssue issue, IncidentView incident, Instant now) {
        Phase known =
                told != null ? told : issue.open() && !incident.phase().isActive() ? Phase.OPEN : incident.phase();
        long facts = told != null ? factsReported : incident.lastFact();
        return with(
                issue.open() ? FilingState.OPEN : FilingState.CLOSED,
                issue.number(),
                issue.url(),
                now,
                null,
                facts,
                known,
                null);
    }

    /** Title, body and labels were written. */
    public KnownIssue edited(IncidentView incident, String digest, LabelChange change, Instant now) {
        String note = change.note().isEmpty() ? null : change.note();
        return with(FilingState.OPEN, number, url, now, digest, factsReported, incident.phase(), note)
                .labelled(change.set(), toldSeverity == null ? incident.severity() : toldSeverity);
    }

    /** Facts and the severity were told in a comment, or need none. */
    public KnownIssue reported(long facts, Severity severity, Instant now) {
        return with(state, number, url, now, contentDigest, facts, told, problem)
                .labelled(labels, severity);
    }

    /** The sink closed it, because the incident is over. */
    public KnownIssue closed(IncidentView incident, String digest, LabelChange change, Instant now) {
        return with(FilingState.CLOSED, number, url, now, digest, factsReported, incident.phase(), null)
                .labelled(change.set(), toldSeverity);
    }

    /** The sink opened it again, because the incident broke anew. */
    public KnownIssue reopened(IncidentView incident, Instant now) {
        return with(FilingState.OPEN, number, url, now, contentDigest, factsReported, incident.phase(), null);
    }

    /** A person closed it. */
    public KnownIssue closedByPerson(Instant now) {
        return with(FilingState.CLOSED, number, url, now, contentDigest, factsReported, told, "closed by a person");
    }

    /** A person opened it again. */
    public KnownIssue reopenedByPerson(Instant now) {
        return with(FilingState.OPEN, number, url, now, contentDigest, factsReported, told, null);
    }

    /** The incident is over and a person had closed the issue before: nothing to say, but to be remembered. */
    public KnownIssue settled(IncidentView incident, Instant now) {
        return with(state, number, url, now, contentDigest, incident.lastFact(), incident.phase(), problem);
    }

    /** The issue is no longer in its tracker: another is to be created, after looking. */
    public KnownIssue gone(Instant now) {
        return with(FilingState.PLANNED, null, null, now, null, factsReported, told, "#" + number + " is gone");
    }

    /** It waits for the operator. */
    public KnownIssue parked(String reason, Instant now) {
        return with(FilingState.PARKED, number, url, now, contentDigest, factsReported, told, reason);
    }

    private KnownIssue labelled(List<String> newLabels, @Nullable Severity severity) {
        return new KnownIssue(
                incidentId,
                tracker,
                state,
                number,
                url,
                attemptedAt,
                attempts,
                updatedAt,
                contentDigest,
                factsReported,
                told,
                problem,
                newLabels,
                severity);
    }

    private KnownIssue with(
            FilingState newState,
            @Nullable String newNumber,
            @Nullable String newUrl,
            Instant now,
            @Nullable String digest,
            long facts,
            @Nullable Phase newTold,
            @Nullable String newProblem) {
        return new KnownIssue(
                incidentId,
                tracker,
                newState,
                newNumber,
                newUrl,
                attemptedAt,
                attempts,
                now,
                digest,
                facts,
                newTold,
                newProblem,
                labels,
                toldSeverity);
    }
}
