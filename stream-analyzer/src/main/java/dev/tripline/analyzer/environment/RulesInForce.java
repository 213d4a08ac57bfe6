package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rules that judge an environment.
 *
 * @param number their place among all that were published, from 1; 0 for the built-in ones
 * @param publishedAt when they were published; {@link Instant#EPOCH} for the built-in ones
 */
public record RulesInForce(Rules rules, long number, Instant publishedAt) {
    /** Where nobody published any. */
    static final RulesInForce BUILT_IN = new RulesInForce(Rules.BUILT_IN, 0, Instant.EPOCH);

    static RulesInForce of(RulesActivated activated) {
        return new RulesInForce(activated.rules(), activated.number(), activated.publishedAt());
    }

    /** Tells whether an environment that came so far still learns its patterns without alarm. */
    boolean isLearning(Progress progress) {
        if (progress.completeRuns() >= rules.learningRuns()) {
            return false;
        }
        @Nullable Instant firstSeenAt = progress.firstSeenAt();
        return firstSeenAt == null || progress.now().isBefore(firstSeenAt.plus(rules.learningTime()));
    }
}
