package dev.tripline.sink.filing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker listed since this sink took over: the newest list by incident, and when the lists before it began. An
 * issue that a list shows is adopted at once, so every earlier list was clean for an incident that still has none. Not
 * thread-safe.
 */
public final class Listings {
    /** More than any quarantine needs; older ones say nothing new. */
    private static final int REMEMBERED = 64;

    private final Markers markers;
    private final Set<String> trackers;
    private final Deque<Instant> begun = new ArrayDeque<>();
    private Map<String, List<ListedIssue>> byIncident = new HashMap<>();
    private List<Doubtful> doubtful = List.of();

    /** @param trackers names of the tracker, today's and earlier ones */
    public Listings(Markers markers, Set<String> trackers) {
        this.markers = markers;
        this.trackers =
                trackers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * An issue with a genuine marker that is not believed.
     *
     * @param why what is wrong with it
     */
    public record Doubtful(String incidentId, String number, String why) {}

    /**
     * Takes a complete list. Issues without a marker of ours are a person's and left alone, and so are those that a marker
     * was copied into: an issue is one of an incident if what is remembered says so, if the marker was signed for its number,
     * or, as long as that is not known, if our own account created it and no other incident has it.
     *
     * @param begunAt when it was asked for, before the first page
     * @param remembered incidents by the numbers of their issues, as far as they are remembered
     */
    public void add(Instant begunAt, Collection<ListedIssue> issues, Map<String, String> remembered) {
        var found = new HashMap<String, List<ListedIssue>>();
        var doubts = new ArrayList<Doubtful>();
        for (ListedIssue issue : issues) {
            markers.claimOf(issue.body()).ifPresent(claim -> {
                String why = doubt(claim, issue, remembered.get(issue.number()));
                if (why.isEmpty()) {
                    found.merge(
                            claim.incidentId(),
                            List.of(issue),
                            (a, b) -> Stream.concat(a.stream(), b.stream())
                                    .sorted(ListedIssue.BY_NUMBER)
                                    .toList());
                } else {
                    doubts.add(new Doubtful(claim.incidentId(), issue.number(), why));
                }
            });
        }
        byIncident = found;
        doubtful = List.copyOf(doubts);
        begun.addLast(begunAt);
        if (begun.size() > REMEMBERED) {
            begun.removeFirst();
        }
    }

    private String doubt(Markers.Claim claim, ListedIssue issue, @Nullable String remembered) {
        if (remembered != null) {
            return remembered.equals(claim.incidentId()) ? "" : "it is the issue of incident " + remembered;
        }
        String number = claim.number();
        if (number != null && !number.equals(issue.number())) {
            return "its marker was signed for #" + number;
        }
        if (claim.tracker() != null && !trackers.contains(claim.tracker().toLowerCase(Locale.ROOT))) {
            return "its marker was signed for " + claim.tracker();
        }
        return number != null || issue.byUs() ? "" : "another account created it";
    }

    /** Returns the issues of the newest list that a marker was copied into. */
    public List<Doubtful> doubtful() {
        return doubtful;
    }

    /** Returns the incident an issue's marker names; empty if it carries no marker of ours. */
    public Optional<String> incidentOf(ListedIssue issue) {
        return markers.claimOf(issue.body()).map(Markers.Claim::incidentId);
    }

    /** Tells whether a comment is the one that tells an incident's facts up to a number of them. */
    public boolean isComment(String comment, String incidentId, long facts) {
        return markers.isComment(comment, incidentId, facts);
    }

    /** Takes what a write answered, so that an older list does not cause the write again. */
    public void saw(String incidentId, ListedIssue issue) {
        if (byIncident.containsKey(incidentId)) {
            byIncident.put(
                    incidentId,
                    of(incidentId).stream()
                            .map(other -> other.number().equals(issue.number()) ? issue : other)
                            .toList());
        }
    }

    /** Takes that an issue is no longer there, so that an older list does not bring it back. */
    public void gone(String incidentId, String number) {
        byIncident.computeIfPresent(
                incidentId,
                (id, issues) -> issues.stream()
                        .filter(issue -> !issue.number().equals(number))
                        .toList());
    }

    /** Returns when the newest list began; null before the first. */
    public @Nullable Instant newest() {
        return begun.peekLast();
    }

    /** Returns the incident's issues in the newest list, lowest number first. */
    public List<ListedIssue> of(String incidentId) {
        return byIncident.getOrDefault(incidentId, List.of());
    }

    /** Tells whether a list began at or after an instant. */
    public boolean hasLookedSince(Instant instant) {
        Instant newest = newest();
        return newest != null && !newest.isBefore(instant);
    }

    /**
     * Counts lists begun after an instant that lie at least a spacing apart: three lists within a moment show the same
     * stale page.
     */
    public int countAfter(Instant instant, Duration spacing) {
        int count = 0;
        Instant last = null;
        for (Instant at : begun) {
            if (at.isAfter(instant) && (last == null || !at.isBefore(last.plus(spacing)))) {
                count++;
                last = at;
            }
        }
        return count;
    }

    /** Returns the issue with a number among an incident's; null if the newest list does not show it. */
    @Nullable
    ListedIssue find(String incidentId, String number) {
        return of(incidentId).stream()
                .filter(issue -> issue.number().equals(number))
                .findFirst()
                .orElse(null);
    }
}
