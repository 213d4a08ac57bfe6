package dev.tripline.analyzer.breach;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One version of the rules. Where several rules speak of one suite, the first that says something wins.
 *
 * @param version id of the version; null for the built-in rules
 * @param learningRuns suite runs after which a new environment is no longer learned; 0 for no learning
 * @param learningTime span of event time after which it is no longer learned
 */
public record Rules(
        @Nullable String version, int learningRuns, Duration learningTime, List<Journey> journeys, List<Rule> rules) {
    /** Rules of an installation that wrote none: learn for 20 suite runs or a day, then watch for new patterns. */
    public static final Rules BUILT_IN = new Rules(null, 20, Duration.ofHours(24), List.of(), List.of());

    /** Returns the journeys a suite is part of, in the order they were written. */
    public List<Journey> journeysOf(String suite) {
        return journeys.stream().filter(journey -> journey.includes(suite)).toList();
    }

    /** Returns the rule that sets a suite's target. */
    public Optional<Rule> targetRule(String environment, String suite) {
        return first(environment, suite, Rule::target);
    }

    /** Returns the rule that gives a suite's baseline. */
    public Optional<Rule> baselineRule(String environment, String suite) {
        return first(environment, suite, Rule::baseline);
    }

    /** Returns the rule that says when a new pattern in a suite opens an incident. */
    public Optional<Rule> newPatternRule(String environment, String suite) {
        return first(environment, suite, Rule::newPattern);
    }

    /** Returns when a new pattern in a suite opens an incident. */
    public NewPatternPolicy newPattern(String environment, String suite) {
        return newPatternRule(environment, suite).map(Rule::newPattern).orElse(NewPatternPolicy.STANDARD);
    }

    /** Returns the ladder of incidents in a suite. */
    public SeverityLadder severity(String environment, String suite) {
        return first(environment, suite, Rule::severity).map(Rule::severity).orElse(SeverityLadder.STANDARD);
    }

    private <T> Optional<Rule> first(String environment, String suite, Function<Rule, @Nullable T> says) {
        return rules.stream()
                .filter(rule -> says.apply(rule) != null && speaksOf(rule, environment, suite))
                .findFirst();
    }

    private boolean speaksOf(Rule rule, String environment, String suite) {
        if (!rule.environment().matches(environment)) {
            return false;
        }
        if (rule.journey() != null) {
            return journeysOf(suite).stream().anyMatch(journey -> journey.name().equals(rule.journey()));
        }
        return rule.suites().stream().anyMatch(glob -> glob.matches(suite));
    }
}
