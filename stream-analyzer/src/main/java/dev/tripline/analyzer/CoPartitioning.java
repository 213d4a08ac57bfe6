package dev.tripline.analyzer;

import dev.tripline.events.Topics;
import dev.tripline.service.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outcomes and totals of a suite meet in one task only where both topics have equally many partitions. */
final class CoPartitioning {
    private static final Logger LOG = LoggerFactory.getLogger(CoPartitioning.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private CoPartitioning() {}

    /**
     * Looks at the topics that are read together. Whatever Kafka does not tell is left to those who read them.
     *
     * @throws IllegalStateException if their partitions are not equally many
     * @throws InterruptedException if the thread is interrupted
     */
    static void check(KafkaConnection kafka, Topics topics) throws InterruptedException {
        Map<String, Integer> partitions = new TreeMap<>();
        int millis = (int) ANSWERS_WITHIN.toMillis();
        try (var admin = Admin.create(kafka.clientProperties())) {
            Map<String, KafkaFuture<TopicDescription>> told = admin.describeTopics(
                            List.of(
                                    topics.testOutcomes().name(),
                                    topics.suiteRuns().name()),
                            new DescribeTopicsOptions().timeoutMs(millis))
                    .topicNameValues();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> each : told.entrySet()) {
                try {
                    partitions.put(
                            each.getKey(), each.getValue().get().partitions().size());
                } catch (ExecutionException e) {
                    LOG.debug("{}: partitions are not known", each.getKey(), e);
                }
            }
        }
        check(partitions);
    }

    /**
     * @param partitions by name of the topic
     * @throws IllegalStateException if they are not equally many
     */
    static void check(Map<String, Integer> partitions) {
        if (partitions.values().stream().distinct().count() > 1) {
            throw new IllegalStateException("topics " + String.join(" and ", partitions.keySet())
                    + ": must have equally many partitions, got " + partitions
                    + "; 'tripline topics apply --grow-partitions' adds those that are missing");
        }
    }
}
