package dev.tripline.analyzer.breach;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Suites that together stand for something a business depends on.
 *
 * @param impact what is at risk, in the owner's words; null if not given
 * @param suites any of these globs
 */
public record Journey(String name, @Nullable String impact, List<Glob> suites) {
    /** Tells whether a suite is part of the journey. */
    public boolean includes(String suite) {
        return suites.stream().anyMatch(glob -> glob.matches(suite));
    }
}
