package dev.tripline.cli;

import dev.tripline.cli.topics.TopicPlan;
import dev.tripline.cli.topics.TopicSetup;
import dev.tripline.cli.topics.WantedTopic;
import dev.tripline.events.Topics;
import dev.tripline.service.ConfigException;
import dev.tripline.service.ExitCode;
import dev.tripline.service.text.Controls;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline topics}: the topics and schemas of an installation. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates topics and registers schemas, or shows the catalogue.",
        subcommands = {TopicsCommand.Apply.class, TopicsCommand.Show.class})
final class TopicsCommand {

    /** {@code tripline topics apply}. */
    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = {
                "Brings topics and schemas to what this version needs. Shows the difference first; a second run has nothing to change.",
                "Deletes nothing and leaves settings alone that Tripline has no opinion about."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  tripline topics apply",
                "  tripline topics apply --dry-run --bootstrap-servers kafka:9093 \\",
                "      --schema-registry https://registry --kafka-config client.properties"
            })
    static final class Apply implements Callable<Integer> {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Option(names = "--dry-run", description = "Only show the difference.")
        private boolean dryRun;

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                description = "Replicas of topics that are created. Default: what the brokers are set to.")
        private short replicationFactor = -1;

        @Option(
                names = "--grow-partitions",
                description =
                        "Add partitions where there are too few. Keys then move, so stop the services and drain first.")
        private boolean growPartitions;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (replicationFactor != -1 && replicationFactor < 1) {
                throw new CommandException(
                        ExitCode.CANNOT_START, "--replication-factor: must be at least 1, got " + replicationFactor);
            }
            var out = commandSpec(spec).commandLine().getOut();
            try (var setup = TopicSetup.connect(kafka.connection())) {
                TopicPlan plan = setup.plan(growPartitions);
                plan.lines().forEach(line -> out.println(Controls.escape(line)));
                out.flush();
                if (plan.changes().isEmpty()) {
                    out.println("nothing to change");
                } else if (dryRun) {
                    out.println(plan.changes().size() + " changes, none made (--dry-run)");
                } else {
                    setup.apply(plan, replicationFactor);
                    out.println(plan.changes().size() + " changes made");
                }
            }
            return ExitCode.OK.code();
        }
    }

    /** {@code tripline topics show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the catalogue: topics with partitions and settings. Talks to no broker.")
    static final class Show implements Callable<Integer> {
        @Option(
                names = "--topic-prefix",
                paramLabel = "PREFIX",
                description = "What stands before the names of topics. Default: ${DEFAULT-VALUE}")
        private String topicPrefix = Topics.DEFAULT_PREFIX;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            List<WantedTopic> topics = WantedTopic.of(topics());
            int width = topics.stream()
                    .mapToInt(topic -> topic.name().length())
                    .max()
                    .orElse(0);
            var out = commandSpec(spec).commandLine().getOut();
            for (WantedTopic topic : topics) {
                out.printf("%-" + width + "s  %s%n", topic.name(), topic.description());
            }
            return ExitCode.OK.code();
        }

        private Topics topics() {
            try {
                return new Topics(topicPrefix);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("--topic-prefix", List.of(String.valueOf(e.getMessage())));
            }
        }
    }

    private static CommandSpec commandSpec(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        return spec;
    }
}
