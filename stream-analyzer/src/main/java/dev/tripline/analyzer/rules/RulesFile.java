package dev.tripline.analyzer.rules;

import dev.tripline.service.Default;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rules file as it is written; see {@code docs/rules.md}.
 *
 * @param learning how long a new environment is only learned
 * @param journeys suites with a business impact
 * @param rules what the owner wants; the first that says something about a suite wins
 */
public record RulesFile(
        @Default("{}") LearningEntry learning,
        @Default("[]") List<JourneyEntry> journeys,
        @Default("[]") List<RuleEntry> rules) {
    /**
     * How long a new environment is only learned: until either is reached.
     *
     * @param suiteRuns complete suite runs; 0 for no learning
     * @param time span of event time
     */
    public record LearningEntry(
            @Default("20") int suiteRuns, @Default("24h") Duration time) {}

    /**
     * A journey.
     *
     * @param impact what is at risk, in the owner's words; null if not given
     * @param suites globs
     */
    public record JourneyEntry(String name, @Nullable String impact, List<String> suites) {}

    /**
     * A rule.
     *
     * @param id unique; letters, digits, dots, hyphens
     * @param environment glob
     * @param suites globs; empty if the rule names a journey
     * @param journey name of a journey of this file; null if the rule names suites
     * @param baseline percentage such as {@code 40 %}; null if not given
     * @param target percentage above 0; null if it sets none
     * @param newPattern {@code first}, or such as {@code 3 failures in 2 tests}; null if it does not say
     * @param severity severity by what one cause hits; null if it does not say
     */
    public record RuleEntry(
            String id,
            @Default("*") String environment,
            @Default("[]") List<String> suites,
            @Nullable String journey,
            @Nullable String baseline,
            @Nullable String target,
            @Nullable String newPattern,
            @Nullable SeverityEntry severity) {}

    /**
     * Severity by what one cause hits: the worst step that is reached.
     *
     * @param otherwise critical, high, medium or low
     */
    public record SeverityEntry(
            @Nullable StepEntry critical,
            @Nullable StepEntry high,
            @Nullable StepEntry medium,
            @Default("medium") String otherwise) {}

    /**
     * A step, reached by as many suites or as many tests; 0 for those that do not count.
     */
    public record StepEntry(
            @Default("0") int suites, @Default("0") int tests) {}
}
