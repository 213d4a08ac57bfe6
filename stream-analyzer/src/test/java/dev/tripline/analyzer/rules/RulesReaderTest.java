package dev.tripline.analyzer.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tripline.analyzer.breach.NewPatternPolicy;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.breach.Severity;
import dev.tripline.events.RuleSet;
import dev.tripline.service.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RulesReaderTest {
    @Test
    void readsTheRulesOfTheExample() {
        Rules rules = RulesReader.read(Path.of("..", "examples", "golden-path", "rules.yaml"));

        assertThat(rules.learningRuns()).isZero();
        assertThat(rules.newPattern("staging", "test_priority1_critical_REAL")).isEqualTo(NewPatternPolicy.FIRST);
        assertThat(rules.newPattern("staging", "another")).isEqualTo(NewPatternPolicy.STANDARD);
        assertThat(rules.targetRule("staging", "test_3_agent_pipeline_staging")
                        .orElseThrow()
                        .target())
                .isEqualTo(0.67);
        assertThat(rules.severity("staging", "test_2_message_flow_staging").of(2, 2))
                .isEqualTo(Severity.CRITICAL);
        assertThat(rules.severity("staging", "test_2_message_flow_staging").of(1, 2))
                .isEqualTo(Severity.HIGH);
        assertThat(rules.severity("staging", "test_2_message_flow_staging").of(1, 1))
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void anEmptyFileMeansTheBuiltInRules() {
        Rules rules = read("{}");

        assertThat(rules.learningRuns()).isEqualTo(20);
        assertThat(rules.learningTime()).isEqualTo(Duration.ofDays(1));
        assertThat(rules.rules()).isEmpty();
    }

    @Test
    void anUnknownOrMissingKeyHidesNoWrongValue() {
        assertThatThrownBy(() -> read("""
                        rules:
                          - {suites: ["*"], target: 120 %}
                          - {id: r, suites: ["*"], targets: 90 %, baseline: 101 %}
                          - {id: s, suites: {}, target: 0 %}
                        """))
                .asInstanceOf(type(ConfigException.class))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "rules[0].id: is required",
                                "rules[0].target: must be a percentage from 0 % to 100 %, got '120 %'",
                                "rules[1].targets: is not a known key; did you mean 'target'?",
                                "rules[1].baseline: must be a percentage from 0 % to 100 %, got '101 %'",
                                "rules[2].suites: must be a list, got a mapping",
                                "rules[2].target: must be above 0 %, got 0 %: it could never be missed"));
    }

    @Test
    void reportsAllFaultsAtOnceWithPathRuleAndValue() {
        assertThatThrownBy(() -> read("""
                        learning: {suite_runs: -1}
                        journeys:
                          - {name: j, suites: []}
                        rules:
                          - {id: "a b", suites: ["*"], target: 120 %}
                          - {id: r, suites: ["*"], journey: j, target: 0 %}
                          - {id: r, journey: other, new_pattern: often}
                          - {id: s}
                          - {id: t, suites: ["*"], severity: {critical: {}, otherwise: terrible}}
                        """))
                .asInstanceOf(type(ConfigException.class))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "learning.suite_runs: must be 0 or more, got -1",
                                "journeys[0].suites: must name at least one suite, got none",
                                "rules[0].id: must be letters, digits, dots and hyphens, got 'a b'",
                                "rules[0].target: must be a percentage from 0 % to 100 %, got '120 %'",
                                "rules[1]: must name either suites or a journey, got both",
                                "rules[1].target: must be above 0 %, got 0 %: it could never be missed",
                                "rules[2].id: must be unique, got 'r' again",
                                "rules[2].journey: must be a journey of this file, got 'other'",
                                "rules[2].new_pattern: must be 'first' or such as '3 failures in 2 tests' with 50 failures"
                                        + " at most, got 'often'",
                                "rules[3]: must name suites ('*' for all) or a journey, got neither",
                                "rules[3]: must say baseline, target, new_pattern or severity, got none: it could never"
                                        + " matter",
                                "rules[4].severity.critical: must name suites or tests, 1 or more, got 0 and 0",
                                "rules[4].severity.otherwise: must be critical, high, medium or low, got 'terrible'"));
    }

    @Test
    void refusesReferencesBecauseAVersionMustMeanTheSameEverywhere() {
        assertThatThrownBy(() -> read("rules: [{id: a, suites: ['${env:HOME}'], target: 90 %}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must not be used in rules");
    }

    @Test
    void whatElseIsWrongIsToldBesideAReference() {
        assertThatThrownBy(() -> read("rules: [{id: a, suites: ['${env:HOME}'], target: often}]"))
                .hasMessageContaining("must not be used in rules")
                .hasMessageContaining("got 'often'");
    }

    @Test
    void refusesRulesThatMightNotFitIntoARecord() {
        assertThatThrownBy(() -> read("#".repeat(300_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rules: must have at most 262144 characters, got 300000");
    }

    private static Rules read(String yaml) {
        return RulesReader.read(new RuleSet("v", Instant.EPOCH, null, yaml));
    }
}
