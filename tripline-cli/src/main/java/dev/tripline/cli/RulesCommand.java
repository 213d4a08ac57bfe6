package dev.tripline.cli;

import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.publish.RulesLog;
import dev.tripline.analyzer.publish.RulesPublisher;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.events.RuleSet;
import dev.tripline.service.ExitCode;
import dev.tripline.service.text.Controls;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tripline rules}: what the owners of tests expect. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Checks rules files, and publishes them as immutable versions. docs/rules.md lists the keys.",
        subcommands = {RulesCommand.Check.class, RulesCommand.Apply.class, RulesCommand.ListVersions.class})
final class RulesCommand {

    /** {@code tripline rules check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Reports all faults of a rules file at once; exit code 2 if there are any.",
            footerHeading = "%nExamples:%n",
            footer = {"  tripline rules check examples/golden-path/rules.yaml"})
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Rules file.")
        private Path file = Path.of("rules.yaml");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            RuleSet version = RulesReader.ruleSet(file, Instant.EPOCH, null);
            Rules rules = RulesReader.read(version);
            outOf(spec)
                    .println(file + ": good, version " + version.getVersion() + ", "
                            + rules.rules().size() + " rules, "
                            + rules.journeys().size() + " journeys");
            return ExitCode.OK.code();
        }
    }

    /** {@code tripline rules apply}. */
    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = {
                "Publishes a rules file as an immutable version and activates it.",
                "Environments that are named, by --environment or literally in a rule, judge by it from here on; all"
                        + " others from their next outcomes. What was published last wins, by its place in Kafka's log."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  tripline rules apply examples/golden-path/rules.yaml --environment staging"})
    static final class Apply implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Rules file.")
        private Path file = Path.of("rules.yaml");

        @Option(
                names = "--environment",
                paramLabel = "NAME",
                description = "Environment to tell at once; may be repeated.")
        private List<String> environments = List.of();

        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            String person = System.getProperty("user.name", "unknown");
            RuleSet version = RulesReader.ruleSet(file, Instant.now(), person);
            Set<String> told = new LinkedHashSet<>(environments);
            told.addAll(RulesReader.namedEnvironments(version));
            long number;
            try (var publisher = RulesPublisher.connect(kafka.connection())) {
                number = publisher.publish(version, told, person);
            } catch (IllegalStateException e) {
                throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
            }
            PrintWriter out = outOf(spec);
            out.println("version " + version.getVersion() + " published as number " + number);
            told.forEach(environment -> out.println("  active in " + environment + ", for what comes from here on"));
            out.println("  " + (told.isEmpty() ? "every environment" : "every other environment")
                    + ": active from its next outcomes on");
            out.flush();
            return ExitCode.OK.code();
        }
    }

    /** {@code tripline rules list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists the published versions, oldest first. The last one judges: the order is that of Kafka's log,"
                        + " whatever the clocks of those who published them said."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  tripline rules list"})
    static final class ListVersions implements Callable<Integer> {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            List<RulesLog.Entry> entries = RulesLog.read(kafka.connection());
            PrintWriter out = outOf(spec);
            if (entries.isEmpty()) {
                out.println("none published: the built-in rules judge");
            }
            for (RulesLog.Entry entry : entries) {
                RuleSet rules = entry.rules();
                String by = rules.getPublishedBy();
                boolean newest = entry.equals(entries.get(entries.size() - 1));
                out.println(Controls.escape(entry.number() + "  " + rules.getVersion() + "  " + rules.getPublishedAt()
                        + (by == null ? "" : "  by " + by) + (newest ? "  newest" : "")));
            }
            out.flush();
            return ExitCode.OK.code();
        }
    }

    private static PrintWriter outOf(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        return spec.commandLine().getOut();
    }
}
