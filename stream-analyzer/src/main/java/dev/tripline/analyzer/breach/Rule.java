package dev.tripline.analyzer.breach;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of an owner.
 *
 * @param id unique among the rules
 * @param environment environments it speaks of
 * @param suites suites it speaks of; any of the globs
 * @param journey journey whose suites it speaks of; null if it names suites itself
 * @param baseline what the rate has been, 0 to 1; null if not given
 * @param target what the rate should be, above 0 to 1; null if it sets none
 * @param newPattern when a new pattern opens an incident; null if it does not say
 * @param severity ladder of incidents in its suites; null if it does not say
 */
public record Rule(
        String id,
        Glob environment,
        List<Glob> suites,
        @Nullable String journey,
        @Nullable Double baseline,
        @Nullable Double target,
        @Nullable NewPatternPolicy newPattern,
        @Nullable SeverityLadder severity) {}
