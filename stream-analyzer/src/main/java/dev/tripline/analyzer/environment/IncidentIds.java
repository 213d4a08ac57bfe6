package dev.tripline.analyzer.environment;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ids of incidents, sorted. */
public record IncidentIds(SortedSet<String> ids) {
    /** No incident. */
    public static final IncidentIds NONE = new IncidentIds(new TreeSet<>());

    public IncidentIds {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }

    IncidentIds with(String id) {
        var more = new TreeSet<>(ids);
        more.add(id);
        return new IncidentIds(more);
    }

    IncidentIds without(String id) {
        var less = new TreeSet<>(ids);
        less.remove(id);
        return new IncidentIds(less);
    }
}
