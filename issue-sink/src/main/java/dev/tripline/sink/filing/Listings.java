package dev.tripline.sink.filing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Deque<Instant> begun = new ArrayDeque<>();
    private Map<String, List<ListedIssue>> byIncident = new HashMap<>();

    public Listings(Markers markers) {
        this.markers = markers;
    }

    /**
     * Takes a complete list. Issues without a marker of ours are a person's and left alone.
     *
     * @param begunAt when it was asked for, before the first page
     */
    public void add(Instant begunAt, Collection<ListedIssue> issues) {
        var found = new HashMap<String, List<ListedIssue>>();
        for (ListedIssue issue : issues) {
            markers.incidentOf(issue.body())
                    .ifPresent(id -> found.merge(
                            id,
                            List.of(issue),
                            (a, b) -> Stream.concat(a.stream(), b.stream())
                                    .sorted(ListedIssue.BY_NUMBER)
                                    .toList()));
        }
        byIncident = found;
        begun.addLast(begunAt);
        if (begun.size() > REMEMBERED) {
            begun.removeFirst();
        }
    }

    /** Returns the incident an issue is about; empty if it carries no marker of ours. */
    public Optional<String> incidentOf(ListedIssue issue) {
        return markers.incidentOf(issue.body());
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
