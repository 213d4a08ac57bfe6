package dev.tripline.analyzer.environment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What changed since it was told last, each once and in the order of its first change, so that what changes often is told once a
 * flush. Not for several threads.
 */
public final class Untold {
    /** Kinds of things that are told. */
    public enum Kind {
        PATTERN,
        INCIDENT,
        SUITE,
        TAG,
        LOCATION,
        JOURNEY,
        ENVIRONMENT
    }

    /**
     * One thing.
     *
     * @param name id of a pattern or incident, name of a scope
     */
    public record Mark(Kind kind, String name) {}

    private final Set<Mark> marks = new LinkedHashSet<>();

    void add(Mark mark) {
        marks.add(mark);
    }

    /** Returns all marks and forgets them: first patterns and incidents, then rates. */
    public List<Mark> take() {
        List<Mark> taken = new ArrayList<>(takeFindings());
        taken.addAll(marks);
        marks.clear();
        return taken;
    }

    /** Returns the marks of patterns and incidents and forgets them. */
    public List<Mark> takeFindings() {
        List<Mark> taken = marks.stream()
                .filter(mark -> mark.kind() == Kind.PATTERN || mark.kind() == Kind.INCIDENT)
                .toList();
        taken.forEach(marks::remove);
        return taken;
    }

    /** Returns what is to be told, in its order; a copy. */
    public List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Puts back what {@link #marks()} returned, in place of what is there. */
    public void restore(Collection<Mark> earlier) {
        marks.clear();
        marks.addAll(earlier);
    }
}
