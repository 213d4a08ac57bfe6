package dev.tripline.analyzer.incident;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Suites of an incident that stand for all it hits: rules say of each other one what they say of one of these. So what the rules say of
 * an incident can be told without a look at thousands of suites.
 *
 * @param ruleVersion rules by which they were chosen; null for the built-in ones
 * @param suites in the order in which they were hit, at most twice {@value #MOST}
 */
public record Standing(@Nullable String ruleVersion, List<String> suites) {
    private static final int MOST = 50;

    /** Of an incident that hits nothing yet. */
    static final Standing NONE = new Standing(null, List.of());

    public Standing {
        suites = List.copyOf(suites);
    }

    /**
     * Returns it with one more suite; unchanged when there are enough.
     *
     * @param isGraver whether no suite so far gives the severity that this one does: of those, more are kept
     */
    public Standing with(String suite, boolean isGraver) {
        if (suites.size() >= (isGraver ? 2 * MOST : MOST)) {
            return this;
        }
        var more = new ArrayList<>(suites);
        more.add(suite);
        return new Standing(ruleVersion, more);
    }
}
