package dev.tripline.sink.filing;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next action about one incident from what should be, what is known and what the tracker listed. A pure
 * function: the same arguments give the same action, whatever happened before, so a crash or a replay ends in the same
 * place.
 *
 * @param tracker name of the tracker; what is known about another one's issue does not count
 * @param rules times and limits
 * @param since when this sink took over; older lists do not exist for it
 */
public record Reconciliation(String tracker, FilingRules rules, Instant since) {
    private static final Set<String> WORTH_A_COMMENT =
            Set.of("escalated", "deployment", "recovering", "resolved", "re-opened");

    /**
     * Decides what is next.
     *
     * @param incidentId the incident
     * @param incident what should be; null if the incident has expired
     * @param digest digest of the draft its issue should show; ignored without an incident
     * @param recorded what is known; null if nothing is
     * @param listings what the tracker listed
     */
    public FilingAction next(
            String incidentId,
            @Nullable IncidentView incident,
            String digest,
            @Nullable KnownIssue recorded,
            Listings listings,
            Instant now) {
        KnownIssue known = recorded != null && recorded.tracker().equals(tracker) ? recorded : null;
        if (incident == null) {
            return recorded == null ? new FilingAction.Nothing() : new FilingAction.Forget(incidentId);
        }
        if (incident.phase() == Phase.UNKNOWN || (known != null && known.state() == FilingState.UNKNOWN)) {
            return new FilingAction.Nothing();
        }
        if (known == null) {
            return first(incident, listings, now);
        }
        if (known.state() == FilingState.HELD) {
            return new FilingAction.Nothing();
        }
        if (known.state() == FilingState.PARKED) {
            Instant retryAt = known.updatedAt().plus(rules.retryParked());
            if (known.updatedAt().isAfter(since) && now.isBefore(retryAt)) {
                return new FilingAction.Wait(retryAt, "parked: " + known.problem());
            }
        }
        String number = known.number();
        if (number == null) {
            return unfiled(incident, known, listings, now);
        }
        return filed(incident, digest, known, number, listings, now);
    }

    private FilingAction first(IncidentView incident, Listings listings, Instant now) {
        if (!listings.of(incident.id()).isEmpty()) {
            KnownIssue planned = KnownIssue.planned(incident.id(), tracker, now);
            return new FilingAction.Adopt(
                    incident, planned, listings.of(incident.id()).get(0));
        }
        return isToBeFiled(incident) ? new FilingAction.Plan(incident) : new FilingAction.Nothing();
    }

    private boolean isToBeFiled(IncidentView incident) {
        return incident.phase().isActive() && incident.severity().isAtLeast(rules.leastSeverity());
    }

    private FilingAction unfiled(IncidentView incident, KnownIssue known, Listings listings, Instant now) {
        List<ListedIssue> listed = listings.of(incident.id());
        if (!listed.isEmpty()) {
            return new FilingAction.Adopt(incident, known, listed.get(0));
        }
        Instant attemptedAt = known.attemptedAt();
        if (attemptedAt != null && known.state() != FilingState.PLANNED) {
            return inDoubt(incident, known, attemptedAt, listings, now);
        }
        if (!isToBeFiled(incident)) {
            return new FilingAction.Nothing();
        }
        Instant settledAt = known.updatedAt().plus(rules.fileAfter());
        if (known.attempts() == 0 && now.isBefore(settledAt)) {
            return new FilingAction.Wait(settledAt, "a new incident settles");
        }
        return listings.hasLookedSince(known.updatedAt())
                ? new FilingAction.Attempt(incident, known)
                : new FilingAction.Look("before creating an issue");
    }

    /** A create was sent and its answer is not known: look, and look again, before a second one. */
    private FilingAction inDoubt(
            IncidentView incident, KnownIssue known, Instant attemptedAt, Listings listings, Instant now) {
        Instant newest = listings.newest();
        if (newest == null || !newest.isAfter(attemptedAt)) {
            return now.isAfter(attemptedAt)
                    ? new FilingAction.Look("a create is in doubt")
                    : new FilingAction.Wait(attemptedAt.plusMillis(1), "a create is in doubt");
        }
        Instant release = attemptedAt.plus(rules.quarantine());
        boolean isThrough =
                listings.countAfter(attemptedAt, rules.listEvery()) >= rules.cleanLists() && !newest.isBefore(release);
        if (isThrough) {
            return isToBeFiled(incident) ? new FilingAction.Attempt(incident, known) : new FilingAction.Nothing();
        }
        Instant lookAt = newest.plus(rules.listEvery());
        return now.isBefore(lookAt)
                ? new FilingAction.Wait(lookAt, "a create is in doubt")
                : new FilingAction.Look("a create is in doubt");
    }

    private FilingAction filed(
            IncidentView incident, String digest, KnownIssue known, String number, Listings listings, Instant now) {
        List<ListedIssue> listed = listings.of(incident.id());
        // With one create there is one issue: what looks like another is a copy, and is told of, not obeyed.
        if (!listed.isEmpty() && known.attempts() != 1) {
            ListedIssue lowest = listed.get(0);
            if (ListedIssue.compareNumbers(lowest.number(), number) < 0) {
                return new FilingAction.Adopt(incident, known, lowest);
            }
            for (ListedIssue other : listed) {
                if (other.open() && ListedIssue.compareNumbers(other.number(), number) > 0) {
                    return new FilingAction.CloseDuplicate(other, keptOf(known, number));
                }
            }
        }
        ListedIssue shown = listings.find(incident.id(), number);
        Instant newest = listings.newest();
        if (shown != null
                && newest != null
                && newest.isAfter(known.updatedAt().plus(rules.settle()))
                && shown.open() != (known.state() != FilingState.CLOSED)) {
            return shown.open()
                    ? new FilingAction.Remember(known.reopenedByPerson(now), "opened by a person")
                    : new FilingAction.Remember(known.closedByPerson(now), "closed by a person");
        }
        return known.state() == FilingState.CLOSED
                ? closed(incident, known, number)
                : open(incident, digest, known, number, listings, now);
    }

    private static ListedIssue keptOf(KnownIssue known, String number) {
        String url = known.url();
        return new ListedIssue(number, url == null ? "" : url, true, "", "", List.of(), true);
    }

    private FilingAction closed(IncidentView incident, KnownIssue known, String number) {
        if (!incident.phase().isActive()) {
            return known.told() == Phase.RESOLVED
                    ? new FilingAction.Nothing()
                    : new FilingAction.Remember(
                            known.settled(incident, known.updatedAt()), "over, and closed by a person");
        }
        // Of facts that were not kept one may have been that it broke anew.
        boolean brokeAnew = known.told() == Phase.RESOLVED
                || incident.lostAfter(known.factsReported()) > 0
                || incident.factsAfter(known.factsReported()).stream()
                        .anyMatch(fact -> fact.kind().equals("re-opened"));
        return brokeAnew ? new FilingAction.Reopen(incident, known, number) : new FilingAction.Nothing();
    }

    /** An escalation names the new severity itself. */
    private static @Nullable Severity risenFrom(
            IncidentView incident, KnownIssue known, List<IncidentView.Fact> telling) {
        Severity told = known.toldSeverity();
        boolean isRisen = told != null && incident.severity().compareTo(told) < 0;
        boolean isSaid = telling.stream().anyMatch(fact -> fact.kind().equals("escalated"));
        return isRisen && !isSaid ? told : null;
    }

    private FilingAction open(
            IncidentView incident, String digest, KnownIssue known, String number, Listings listings, Instant now) {
        List<IncidentView.Fact> fresh = incident.factsAfter(known.factsReported());
        List<IncidentView.Fact> telling = fresh.stream()
                .filter(fact -> WORTH_A_COMMENT.contains(fact.kind()))
                .toList();
        Severity risenFrom = risenFrom(incident, known, telling);
        long untold = incident.lostAfter(known.factsReported());
        if (!telling.isEmpty() || untold > 0 || risenFrom != null) {
            return new FilingAction.Comment(incident, known, number, telling, untold, risenFrom, incident.lastFact());
        }
        if (!incident.phase().isActive()) {
            return known.told() == Phase.RESOLVED
                    ? new FilingAction.Nothing()
                    : new FilingAction.Close(incident, known, number);
        }
        if (!digest.equals(known.contentDigest())) {
            boolean isUnknown = known.contentDigest() == null;
            Instant editAt = known.updatedAt().plus(rules.editInterval());
            return isUnknown || !now.isBefore(editAt)
                    ? new FilingAction.Edit(incident, known, number)
                    : new FilingAction.Wait(editAt, "edited a moment ago");
        }
        Instant attemptedAt = known.attemptedAt();
        if (attemptedAt != null
                && !attemptedAt.isBefore(since)
                && !listings.hasLookedSince(attemptedAt.plus(rules.verifyAfter()))) {
            Instant verifyAt = attemptedAt.plus(rules.verifyAfter());
            return now.isBefore(verifyAt)
                    ? new FilingAction.Wait(verifyAt, "to verify the create")
                    : new FilingAction.Look("to verify the create");
        }
        return new FilingAction.Nothing();
    }
}
