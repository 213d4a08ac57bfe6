package dev.tripline.analyzer.environment;

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

    /** Returns all marks of some kinds and forgets them. */
    List<Mark> take(Collection<Kind> kinds) {
        List<Mark> taken =
                marks.stream().filter(mark -> kinds.contains(mark.kind())).toList();
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
