package dev.tripline.analyzer.rules;

import dev.tripline.analyzer.breach.Glob;
import dev.tripline.analyzer.breach.Journey;
import dev.tripline.analyzer.breach.NewPatternPolicy;
import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.breach.Severity;
import dev.tripline.analyzer.breach.SeverityLadder;
import dev.tripline.analyzer.breach.SeverityLadder.Step;
import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.rules.RulesFile.RuleEntry;
import dev.tripline.analyzer.rules.RulesFile.SeverityEntry;
import dev.tripline.analyzer.rules.RulesFile.StepEntry;
import dev.tripline.events.RuleSet;
import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rules and reports all their faults at once. */
public final class RulesReader {
    /** Characters of a rules file: far below what a record takes, and some thousand rules. */
    public static final int MOST_CHARACTERS = 256 * 1024;

    private static final Pattern PERCENTAGE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");
    private static final Pattern COUNTS = Pattern.compile("([0-9]{1,6}) failures? in ([0-9]{1,6}) tests?");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,100}");

    private final RulesFile file;
    private final List<String> problems;

    private RulesReader(RulesFile file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a rules file.
     *
     * @throws ConfigException if it cannot be read or has faults
     */
    public static Rules read(Path path) {
        return read(ruleSet(path, Instant.EPOCH, null));
    }

    /**
     * Reads a file as a version that can be published; it is checked first.
     *
     * @param publishedBy who publishes it; null if unknown
     * @throws ConfigException if it cannot be read or has faults
     */
    public static RuleSet ruleSet(Path path, Instant publishedAt, @Nullable String publishedBy) {
        String content;
        try {
            content = Files.readString(path);
        } catch (IOException e) {
            throw new ConfigException(path.toString(), List.of("cannot be read: " + e));
        }
        parse(content, path.toString(), "");
        return new RuleSet(Digest.id(content), publishedAt, publishedBy, content);
    }

    /**
     * Reads a published version.
     *
     * @throws ConfigException if it has faults
     */
    public static Rules read(RuleSet rules) {
        return parse(rules.getContent(), "rules " + rules.getVersion(), rules.getVersion());
    }

    /** Returns the environments a version names without a wildcard, each once, as written. */
    public static List<String> namedEnvironments(RuleSet rules) {
        return read(rules).rules().stream()
                .map(Rule::environment)
                .filter(Glob::isLiteral)
                .map(Glob::text)
                .distinct()
                .toList();
    }

    private static Rules parse(String content, String name, String version) {
        if (content.length() > MOST_CHARACTERS) {
            throw new ConfigException(
                    name,
                    List.of("rules: must have at most " + MOST_CHARACTERS + " characters, got " + content.length()));
        }
        boolean refers = content.contains("${");
        // Not followed, whatever it is; what else is wrong is told beside it.
        return ConfigLoader.read(content.replace("${", "$${"), name, RulesFile.class, (file, problems) -> {
            if (refers) {
                // A version must mean the same wherever it is read.
                problems.add("references such as ${env:NAME}: must not be used in rules");
            }
            return new RulesReader(file, problems).rules(version);
        });
    }

    private @Nullable Rules rules(String version) {
        if (file.learning().suiteRuns() < 0) {
            problems.add("learning.suite_runs: must be 0 or more, got "
                    + file.learning().suiteRuns());
        }
        List<Journey> journeys = journeys();
        List<Rule> rules = new ArrayList<>();
        var ids = new HashSet<String>();
        for (int i = 0; i < file.rules().size(); i++) {
            RuleEntry entry = file.rules().get(i);
            String path = "rules[" + i + "]";
            if (!ID.matcher(entry.id()).matches()) {
                problems.add(path + ".id: must be letters, digits, dots and hyphens, got '" + entry.id() + "'");
            } else if (!ids.add(entry.id())) {
                problems.add(path + ".id: must be unique, got '" + entry.id() + "' again");
            }
            rules.add(rule(entry, path, journeys));
        }
        if (!problems.isEmpty()) {
            return null;
        }
        return new Rules(version, file.learning().suiteRuns(), file.learning().time(), journeys, rules);
    }

    private List<Journey> journeys() {
        var journeys = new ArrayList<Journey>();
        var names = new HashSet<String>();
        for (int i = 0; i < file.journeys().size(); i++) {
            var entry = file.journeys().get(i);
            if (!names.add(entry.name())) {
                problems.add("journeys[" + i + "].name: must be unique, got '" + entry.name() + "' again");
            }
            if (entry.suites().isEmpty()) {
                problems.add("journeys[" + i + "].suites: must name at least one suite, got none");
            }
            journeys.add(new Journey(
                    entry.name(),
                    entry.impact(),
                    entry.suites().stream().map(Glob::new).toList()));
        }
        return journeys;
    }

    private Rule rule(RuleEntry entry, String path, List<Journey> journeys) {
        if (entry.journey() != null && !entry.suites().isEmpty()) {
            problems.add(path + ": must name either suites or a journey, got both");
        } else if (entry.journey() == null && entry.suites().isEmpty()) {
            problems.add(path + ": must name suites ('*' for all) or a journey, got neither");
        } else if (entry.journey() != null
                && journeys.stream().noneMatch(journey -> journey.name().equals(entry.journey()))) {
            problems.add(path + ".journey: must be a journey of this file, got '" + entry.journey() + "'");
        }
        if (entry.baseline() == null
                && entry.target() == null
                && entry.newPattern() == null
                && entry.severity() == null) {
            problems.add(
                    path + ": must say baseline, target, new_pattern or severity, got none: it could never matter");
        }
        Double target = percentage(entry.target(), path + ".target");
        if (target != null && target == 0) {
            problems.add(path + ".target: must be above 0 %, got 0 %: it could never be missed");
        }
        return new Rule(
                entry.id(),
                new Glob(entry.environment()),
                entry.suites().stream().map(Glob::new).toList(),
                entry.journey(),
                percentage(entry.baseline(), path + ".baseline"),
                target,
                newPattern(entry.newPattern(), path + ".new_pattern"),
                entry.severity() == null ? null : severity(entry.severity(), path + ".severity"));
    }

    private @Nullable Double percentage(@Nullable String text, String path) {
        if (text == null) {
            return null;
        }
        Matcher matcher = PERCENTAGE.matcher(text);
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
        if (percent < 0 || percent > 100) {
            problems.add(path + ": must be a percentage from 0 % to 100 %, got '" + text + "'");
            return null;
        }
        return percent / 100;
    }

    private @Nullable NewPatternPolicy newPattern(@Nullable String text, String path) {
        if (text == null) {
            return null;
        }
        if (text.equals("first")) {
            return NewPatternPolicy.FIRST;
        }
        Matcher matcher = COUNTS.matcher(text);
        int failures = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        int tests = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (failures < 1 || tests < 1 || tests > failures || failures > 50) {
            problems.add(path + ": must be 'first' or such as '3 failures in 2 tests' with 50 failures at most, got '"
                    + text + "'");
            return null;
        }
        return new NewPatternPolicy(failures, tests);
    }

    private SeverityLadder severity(SeverityEntry entry, String path) {
        var steps = new ArrayList<Step>();
        step(entry.critical(), Severity.CRITICAL, path + ".critical", steps);
        step(entry.high(), Severity.HIGH, path + ".high", steps);
        step(entry.medium(), Severity.MEDIUM, path + ".medium", steps);
        for (Severity severity : Severity.values()) {
            if (severity.name().toLowerCase(Locale.ROOT).equals(entry.otherwise())) {
                return new SeverityLadder(steps, severity);
            }
        }
        problems.add(path + ".otherwise: must be critical, high, medium or low, got '" + entry.otherwise() + "'");
        return SeverityLadder.STANDARD;
    }

    private void step(@Nullable StepEntry entry, Severity severity, String path, List<Step> steps) {
        if (entry == null) {
            return;
        }
        if (entry.suites() < 0 || entry.tests() < 0 || (entry.suites() == 0 && entry.tests() == 0)) {
            problems.add(
                    path + ": must name suites or tests, 1 or more, got " + entry.suites() + " and " + entry.tests());
        }
        steps.add(new Step(severity, entry.suites(), entry.tests()));
    }
}
