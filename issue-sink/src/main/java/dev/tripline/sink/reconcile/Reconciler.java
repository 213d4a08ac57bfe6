package dev.tripline.sink.reconcile;

import dev.tripline.sink.filing.FilingAction;
import dev.tripline.sink.filing.FilingRules;
import dev.tripline.sink.filing.FilingState;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.IssueRenderer;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.filing.LabelChange;
import dev.tripline.sink.filing.Listings;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.filing.Phase;
import dev.tripline.sink.filing.Reconciliation;
import dev.tripline.sink.filing.Severity;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.TrackerReply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one tracker match the incidents, one action at a time, new issues before changes of old ones, worst incident first.
 * A call that fails pauses its incident alone; the whole tracker is paused only for what would meet every call. It holds
 * what should be, what is known and what was listed since it took over; a new owner of the incidents makes a new one from
 * the topics. Not thread-safe.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final IssueTracker tracker;
    private final IssueLedger ledger;
    private final FilingRules rules;
    private final IssueRenderer renderer;
    private final InstantSource clock;
    private final Reconciliation reconciliation;
    private final Listings listings;
    private final Map<String, IncidentView> incidents = new HashMap<>();
    private final Map<String, String> digests = new HashMap<>();
    private final Map<String, KnownIssue> known = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final Map<String, Pause> pauses = new HashMap<>();

    /** Copied markers that were told of. */
    private final Set<Listings.Doubtful> told = new HashSet<>();

    private Pause trackerPause = Pause.NONE;
    private String trackerProblem = "";

    public Reconciler(
            IssueTracker tracker, IssueLedger ledger, FilingRules rules, Markers markers, InstantSource clock) {
        this.tracker = tracker;
        this.ledger = ledger;
        this.rules = rules;
        this.renderer = new IssueRenderer(markers, tracker.name());
        this.clock = clock;
        this.reconciliation = new Reconciliation(tracker.name(), rules, clock.instant());
        this.listings = new Listings(markers, tracker.names());
    }

    /**
     * Takes an incident as it should be now.
     *
     * @throws RuntimeException if no issue can be written about it; what was known of it stays
     */
    public void incident(IncidentView incident) {
        String digest = draft(incident).digest();
        if (incident.phase() == Phase.UNKNOWN && unknown.add(incident.id())) {
            LOG.warn(
                    "incident {}: its state or severity is of a newer version than this sink; nothing is done about it",
                    incident.id());
        }
        if (incident.phase() != Phase.UNKNOWN) {
            unknown.remove(incident.id());
        }
        incidents.put(incident.id(), incident);
        digests.put(incident.id(), digest);
    }

    /** Takes that an incident has expired. */
    public void expired(String incidentId) {
        incidents.remove(incidentId);
        digests.remove(incidentId);
        unknown.remove(incidentId);
        pauses.remove(incidentId);
    }

    /** Takes what an earlier sink of this tracker recorded. */
    public void remembered(KnownIssue issue) {
        if (issue.state() == FilingState.UNKNOWN) {
            LOG.warn(
                    "incident {}: what is recorded of its issue is of a newer version than this sink; nothing is done about it",
                    issue.incidentId());
        }
        know(issue);
    }

    private void know(KnownIssue issue) {
        KnownIssue before = known.put(issue.incidentId(), issue);
        if (before == null || !Objects.equals(before.number(), issue.number())) {
            digestAfter(issue.incidentId());
        }
    }

    /** An issue's marker is signed for its number, and it names the issue of the incident before: what becomes known changes both. */
    private void digestAfter(String incidentId) {
        for (IncidentView incident : incidents.values()) {
            if (incidentId.equals(incident.id()) || incidentId.equals(incident.previousIncidentId())) {
                digests.put(incident.id(), draft(incident).digest());
            }
        }
    }

    private IssueDraft draft(IncidentView incident) {
        String before = incident.previousIncidentId();
        KnownIssue own = known.get(incident.id());
        return renderer.draft(incident, own == null ? null : own.number(), before == null ? null : known.get(before));
    }

    /**
     * Does the most urgent thing that is due, at most one write to the tracker.
     *
     * @return when to come again: an instant not after now if there is more to do at once
     * @throws IllegalStateException if the ledger cannot be written
     */
    public Instant step() {
        Instant now = clock.instant();
        Instant next = nextLook(now);
        Due first = null;
        for (Due due : due(now)) {
            if (due.at().isAfter(now)) {
                next = earlier(next, due.at());
            } else if (first == null) {
                first = due;
            }
        }
        if (first != null) {
            LOG.atDebug().log(
                    "incident {}: {}", first.incidentId(), first.action().describe());
            first.action().carryOut(new Execution());
            return now;
        }
        if (!next.isAfter(now)) {
            new Execution().look(new FilingAction.Look("as every " + rules.lookEvery()));
            return now;
        }
        return next;
    }

    /** Returns why no call to the tracker is made, or none has succeeded since; empty if the tracker answers. */
    public String waitingFor() {
        return trackerPause.equals(Pause.NONE)
                ? ""
                : "waiting for " + tracker.name() + ": " + trackerProblem + " (no call before " + trackerPause.until()
                        + ")";
    }

    /** Returns how many issues stand where, as far as is known; a state that none has is missing. */
    public Map<FilingState, Integer> issues() {
        var counts = new EnumMap<FilingState, Integer>(FilingState.class);
        known.values().forEach(issue -> counts.merge(issue.state(), 1, Integer::sum));
        return counts;
    }

    /** Returns what would be done next about each incident, worst first; nothing is written. The tracker is listed once. */
    public List<String> plan() {
        Instant now = clock.instant();
        tracker.listMine()
                .match(
                        done -> {
                            listings.add(now, done.value(), incidentsByNumber());
                            return true;
                        },
                        unknown -> false,
                        notSent -> false,
                        limited -> false,
                        refused -> false);
        var lines = new ArrayList<String>();
        for (Due due : due(now)) {
            if (due.at().isBefore(Instant.MAX)) {
                IncidentView incident = incidents.get(due.incidentId());
                String title = incident == null ? "expired" : draft(incident).title();
                lines.add(due.incidentId() + ": " + due.action().describe() + " — " + title);
            }
        }
        return lines;
    }

    private Map<String, String> incidentsByNumber() {
        var incidents = new HashMap<String, String>();
        for (KnownIssue issue : known.values()) {
            if (issue.number() != null && issue.tracker().equals(tracker.name())) {
                incidents.put(issue.number(), issue.incidentId());
            }
        }
        return incidents;
    }

    /** A marker can be copied by whoever may write into an issue; that is worth knowing, once. */
    private void tellOfCopies() {
        var copies = new ArrayList<>(listings.doubtful());
        known.forEach((id, issue) -> listings.of(id).stream()
                .filter(listed -> issue.attempts() == 1
                        && issue.number() != null
                        && !listed.number().equals(issue.number()))
                .forEach(listed -> copies.add(new Listings.Doubtful(
                        id, listed.number(), "one create was sent, and that made #" + issue.number()))));
        copies.removeIf(copy -> !told.add(copy));
        copies.forEach(copy -> LOG.warn(
                "{}: #{} carries a marker of incident {} and is not its issue: {}; it is left alone",
                tracker.name(),
                copy.number(),
                copy.incidentId(),
                copy.why()));
    }

    /** An action and when it may be done, with the tracker's limits. */
    private record Due(String incidentId, FilingAction action, Instant at) {}

    /**
     * Records come before calls, so that one list serves all planned issues; lists before writes, new issues before changes
     * of old ones; then the worst incident comes first.
     */
    private List<Due> due(Instant now) {
        var ids = new TreeSet<String>(incidents.keySet());
        ids.addAll(known.keySet());
        var due = new ArrayList<Due>();
        for (String id : ids) {
            FilingAction action = reconciliation.next(
                    id, incidents.get(id), digests.getOrDefault(id, ""), known.get(id), listings, now);
            Instant at = action.dueAt();
            if (action.calls()) {
                at = later(at, trackerPause.until());
            }
            if (action.writes()) {
                at = later(at, tracker.nextWriteAt());
                at = later(at, pauses.getOrDefault(id, Pause.NONE).until());
            }
            due.add(new Due(id, action, at));
        }
        due.sort(Comparator.comparing((Due d) -> d.action().calls())
                .thenComparing(d -> d.action().writes())
                .thenComparing(d -> !d.action().creates())
                .thenComparing(d -> severity(d.incidentId()))
                .thenComparing(d -> startedAt(d.incidentId()))
                .thenComparing(Due::incidentId));
        return due;
    }

    private Severity severity(String incidentId) {
        IncidentView incident = incidents.get(incidentId);
        return incident == null ? Severity.LOW : incident.severity();
    }

    private Instant startedAt(String incidentId) {
        IncidentView incident = incidents.get(incidentId);
        return incident == null ? Instant.MAX : incident.startedAt();
    }

    private Instant nextLook(Instant now) {
        Instant newest = listings.newest();
        return later(newest == null ? now : newest.plus(rules.lookEvery()), trackerPause.until());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Does actions; each write to the ledger stands where the promise needs it. */
    private final class Execution implements FilingAction.Steps {

        @Override
        public void plan(FilingAction.Plan action) {
            record(KnownIssue.planned(action.incident().id(), tracker.name(), clock.instant()));
        }

        @Override
        public void look(FilingAction.Look action) {
            Instant begunAt = clock.instant();
            tracker.listMine()
                    .match(
                            done -> {
                                trackerPause = Pause.NONE;
                                listings.add(begunAt, done.value(), incidentsByNumber());
                                tellOfCopies();
                                return true;
                            },
                            unknown -> pauseTracker(unknown.reason()),
                            notSent -> pauseTracker(notSent.reason()),
                            limited -> pauseUntil(limited.until(), limited.reason()),
                            refused -> {
                                LOG.error("{}: refused with {}", tracker.name(), refused.status());
                                return pauseTracker(refused.reason());
                            });
        }

        @Override
        public void attempt(FilingAction.Attempt action) {
            IssueDraft draft = draft(action.incident());
            KnownIssue attempting = action.known().attempting(action.incident(), draft, clock.instant());
            record(attempting);
            tracker.create(draft)
                    .match(
                            done -> {
                                passed(attempting.incidentId());
                                record(attempting.created(done.value(), clock.instant()));
                                LOG.info(
                                        "incident {}: filed as {}",
                                        attempting.incidentId(),
                                        done.value().url());
                                return true;
                            },
                            unknown -> {
                                LOG.warn(
                                        "incident {}: create in doubt, looking before another",
                                        attempting.incidentId());
                                return pause(attempting.incidentId(), unknown.reason());
                            },
                            notSent -> {
                                record(attempting.notCreated(notSent.reason(), clock.instant()));
                                return pauseTracker(notSent.reason());
                            },
                            limited -> {
                                record(attempting.notCreated(limited.reason(), clock.instant()));
                                return pauseUntil(limited.until(), limited.reason());
                            },
                            refused -> {
                                if (refused.fault() == Fault.OTHER) {
                                    record(attempting.notCreated(refused.reason(), clock.instant()));
                                }
                                return refused(refused, attempting.incidentId(), attempting);
                            });
        }

        @Override
        public void adopt(FilingAction.Adopt action) {
            record(action.known().adopted(action.issue(), action.incident(), clock.instant()));
        }

        @Override
        public void edit(FilingAction.Edit action) {
            IssueDraft draft = draft(action.incident());
            String id = action.incident().id();
            relabel(
                    id,
                    action.known(),
                    action.number(),
                    draft,
                    change -> settle(tracker.edit(action.number(), draft), id, action.known(), issue -> {
                        listings.saw(id, issue);
                        KnownIssue edited =
                                action.known().edited(action.incident(), draft.digest(), change, clock.instant());
                        record(issue.open() ? edited : edited.closedByPerson(clock.instant()));
                    }));
        }

        @Override
        public void comment(FilingAction.Comment action) {
            KnownIssue reported =
                    action.known().reported(action.upTo(), action.incident().severity(), clock.instant());
            String text = renderer.comment(action);
            commentOnce(action.number(), action.incident().id(), action.mark(), text, action.known(), () -> {
                passed(action.incident().id());
                record(reported);
            });
        }

        @Override
        public void close(FilingAction.Close action) {
            IssueDraft draft = draft(action.incident());
            String id = action.incident().id();
            relabel(
                    id,
                    action.known(),
                    action.number(),
                    draft,
                    change -> settle(tracker.close(action.number(), draft), id, action.known(), issue -> {
                        listings.saw(id, issue);
                        record(action.known().closed(action.incident(), draft.digest(), change, clock.instant()));
                    }));
        }

        @Override
        public void reopen(FilingAction.Reopen action) {
            settle(tracker.reopen(action.number()), action.incident().id(), action.known(), issue -> {
                listings.saw(action.incident().id(), issue);
                record(action.known().reopened(action.incident(), clock.instant()));
            });
        }

        @Override
        public void closeDuplicate(FilingAction.CloseDuplicate action) {
            String number = action.duplicate().number();
            String incidentId = markersIncident(action);
            KnownIssue kept = known.get(incidentId);
            commentOnce(
                    number,
                    incidentId,
                    0,
                    renderer.duplicateComment(incidentId, action.kept()),
                    null,
                    () -> settle(tracker.closeDuplicate(number), incidentId, null, issue -> {
                        listings.saw(incidentId, issue);
                        LOG.warn(
                                "incident {}: closed #{} as a duplicate of #{} (attempts sent: {})",
                                incidentId,
                                number,
                                action.kept().number(),
                                kept == null ? 0 : kept.attempts());
                    }));
        }

        private String markersIncident(FilingAction.CloseDuplicate action) {
            return listings.incidentOf(action.duplicate())
                    .orElseThrow(() -> new IllegalStateException(
                            "issue #" + action.duplicate().number() + " was listed by its marker and has none"));
        }

        @Override
        public void remember(FilingAction.Remember action) {
            LOG.info("incident {}: {}", action.next().incidentId(), action.why());
            record(action.next());
        }

        @Override
        public void forget(FilingAction.Forget action) {
            KnownIssue issue = known.get(action.incidentId());
            if (issue != null) {
                ledger.remove(issue);
                known.remove(action.incidentId());
                digestAfter(action.incidentId());
            }
        }

        /** A comment whose answer was lost is found again by its marker, so it is looked for before it is written. */
        private void commentOnce(
                String number,
                String incidentId,
                long facts,
                String text,
                @Nullable KnownIssue issue,
                Runnable afterwards) {
            answer(tracker.comments(number), incidentId, issue, comments -> {
                if (comments.stream().anyMatch(comment -> listings.isComment(comment, incidentId, facts))) {
                    afterwards.run();
                } else {
                    answer(tracker.comment(number, text), incidentId, issue, url -> afterwards.run());
                }
            });
        }

        /** Labels are looked at just before they are changed: what a person did to them meanwhile is in no list yet. */
        private void relabel(
                String incidentId,
                KnownIssue issue,
                String number,
                IssueDraft draft,
                Consumer<LabelChange> afterwards) {
            if (draft.labels().equals(issue.labels())) {
                afterwards.accept(LabelChange.none(issue.labels()));
                return;
            }
            answer(tracker.show(number), incidentId, issue, shown -> {
                var change = LabelChange.between(shown.labels(), issue.labels(), draft.labels());
                if (!change.note().isEmpty()) {
                    LOG.info("incident {}: {}", incidentId, change.note());
                }
                if (change.isEmpty()) {
                    afterwards.accept(change);
                    return;
                }
                // One write, then the next step looks again: the tracker may want time between two.
                List<String> remove = change.add().isEmpty() ? change.remove().subList(0, 1) : List.of();
                answer(tracker.relabel(number, remove, change.add()), incidentId, issue, labels -> {
                    if (!labels.containsAll(change.add()) || labels.stream().anyMatch(remove::contains)) {
                        pause(incidentId, "labels did not change: " + change);
                    }
                });
            });
        }

        /** Handles the reply to the last call of an action that may safely be repeated. */
        private <T> void settle(
                TrackerReply<T> reply, String incidentId, @Nullable KnownIssue issue, Consumer<T> done) {
            answer(reply, incidentId, issue, value -> {
                passed(incidentId);
                done.accept(value);
            });
        }

        /** Handles the reply to a call about one incident; an answer does not end its pause, because more calls follow. */
        private <T> void answer(
                TrackerReply<T> reply, String incidentId, @Nullable KnownIssue issue, Consumer<T> done) {
            reply.match(
                    answered -> {
                        done.accept(answered.value());
                        return true;
                    },
                    unknown -> pause(incidentId, unknown.reason()),
                    notSent -> pauseTracker(notSent.reason()),
                    limited -> pauseUntil(limited.until(), limited.reason()),
                    refused -> refused(refused, incidentId, issue));
        }

        private <T> boolean refused(TrackerReply.Refused<T> refusal, String incidentId, @Nullable KnownIssue issue) {
            String number = issue == null ? null : issue.number();
            if (issue != null && number != null && refusal.isNotThere()) {
                return notThere(refusal, issue, number);
            }
            LOG.error("{}: refused with {}", tracker.name(), refusal.status());
            if (issue != null && refusal.fault() != Fault.OTHER) {
                record(issue.parked(refusal.reason(), clock.instant()));
            }
            pause(incidentId, refusal.reason());
            return refusal.meetsEveryCall() && pauseTracker(refusal.reason());
        }

        /** An issue that is not there says nothing about its repository, so that is asked: who answers has lost the issue. */
        private boolean notThere(TrackerReply.Refused<?> refusal, KnownIssue issue, String number) {
            String what = "#" + number + " is not there (" + refusal.status() + ")";
            pause(issue.incidentId(), what);
            return tracker.check()
                    .match(
                            done -> {
                                LOG.warn(
                                        "incident {}: {} was deleted or moved, another is filed",
                                        issue.incidentId(),
                                        "#" + number);
                                listings.gone(issue.incidentId(), number);
                                record(issue.gone(clock.instant()));
                                return true;
                            },
                            unknown -> park(issue, what, unknown.reason()),
                            notSent -> park(issue, what, notSent.reason()),
                            limited -> {
                                park(issue, what, limited.reason());
                                return pauseUntil(limited.until(), limited.reason());
                            },
                            refused -> park(issue, what, refused.reason()));
        }

        private boolean park(KnownIssue issue, String what, String why) {
            String problem = what + ", nor is its repository: " + why;
            LOG.error("incident {}: parked: {}", issue.incidentId(), problem);
            record(issue.parked(problem, clock.instant()));
            return false;
        }

        private void record(KnownIssue issue) {
            ledger.write(issue);
            know(issue);
        }

        private void passed(String incidentId) {
            trackerPause = Pause.NONE;
            pauses.remove(incidentId);
        }

        /** Leaves one incident alone for a while; the others go on. */
        private boolean pause(String incidentId, String reason) {
            Pause pause = pauses.getOrDefault(incidentId, Pause.NONE).longer(clock.instant());
            pauses.put(incidentId, pause);
            LOG.warn("incident {}: no write before {}: {}", incidentId, pause.until(), reason);
            return false;
        }

        /** Makes no call at all for a while. */
        private boolean pauseTracker(String reason) {
            return pauseUntil(Instant.MIN, reason);
        }

        private boolean pauseUntil(Instant until, String reason) {
            Pause longer = trackerPause.longer(clock.instant());
            trackerPause = new Pause(later(until, longer.until()), longer.length());
            trackerProblem = reason;
            LOG.warn("{}: no call before {}: {}", tracker.name(), trackerPause.until(), reason);
            return false;
        }
    }
}
