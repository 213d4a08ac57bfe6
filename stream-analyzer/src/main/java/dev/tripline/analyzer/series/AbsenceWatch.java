package dev.tripline.analyzer.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches for how long the patterns a test failed with stay away from it. Mutable; not for several threads.
 *
 * <p>A pattern counts as recovered on one test after {@value #ENOUGH} conclusive outcomes in a row without it. A plain count
 * serves until the sequential test against the incident's own rate takes its place.
 */
public final class AbsenceWatch {
    /** Conclusive outcomes in a row without a pattern after which it counts as gone from a test. */
    public static final int ENOUGH = 3;

    /** Patterns of one test that are watched at once; the one longest away makes room. */
    static final int PATTERNS = 16;

    /**
     * A pattern stays away.
     *
     * @param outcomesSince conclusive outcomes in a row without it: 1 when it is first absent, {@value #ENOUGH} when gone
     */
    public record Absence(String patternId, int outcomesSince) {
        /** Tells whether it has been away for long enough. */
        public boolean isRecovered() {
            return outcomesSince >= ENOUGH;
        }
    }

    private final TreeMap<String, Integer> outcomesSince;

    public AbsenceWatch() {
        this(Map.of());
    }

    /** Restores what {@link #watched()} told. */
    public AbsenceWatch(Map<String, Integer> watched) {
        outcomesSince = new TreeMap<>(watched);
    }

    /**
     * Takes in the next conclusive outcome.
     *
     * @param patternId pattern of its failure; null if it passed
     * @return what is worth telling: patterns absent for the first time, and those gone; by id
     */
    public List<Absence> next(@Nullable String patternId) {
        var absences = new ArrayList<Absence>();
        outcomesSince.replaceAll((watched, since) -> watched.equals(patternId) ? since : since + 1);
        outcomesSince.forEach((watched, since) -> {
            if (!watched.equals(patternId) && (since == 1 || since >= ENOUGH)) {
                absences.add(new Absence(watched, since));
            }
        });
        outcomesSince.values().removeIf(since -> since >= ENOUGH);
        if (patternId != null) {
            watch(patternId);
        }
        return List.copyOf(absences);
    }

    /** Watches a pattern that an older outcome failed with; one that is watched already stays as it is. */
    public void nextLate(String patternId) {
        if (!outcomesSince.containsKey(patternId)) {
            watch(patternId);
        }
    }

    /** Tells whether the series failed with a pattern not long ago. */
    public boolean isWatched(String patternId) {
        return outcomesSince.containsKey(patternId);
    }

    /** Outcomes since each watched pattern was last seen, by id. */
    public Map<String, Integer> watched() {
        return Map.copyOf(outcomesSince);
    }

    private void watch(String patternId) {
        outcomesSince.put(patternId, 0);
        if (outcomesSince.size() > PATTERNS) {
            outcomesSince.entrySet().stream()
                    .filter(e -> !e.getKey().equals(patternId))
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(longest -> outcomesSince.remove(longest.getKey()));
        }
    }
}
