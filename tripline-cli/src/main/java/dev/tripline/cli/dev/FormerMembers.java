package dev.tripline.cli.dev;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes members that died with an earlier process out of its consumer groups. Kafka remembers them over a restart of the
 * broker, and lets a new member wait for them until the rebalance has timed out, 5 min for Kafka Streams. Only for groups
 * that nobody else can be in; a live member that is taken out all the same joins again by itself.
 */
final class FormerMembers {
    private static final Logger LOG = LoggerFactory.getLogger(FormerMembers.class);

    private static final int TRIES = 10;

    private FormerMembers() {}

    /**
     * Empties the groups; one that does not exist is empty. Waits for the coordinator to have loaded.
     *
     * @param clientProperties how clients reach Kafka
     * @throws KafkaException if Kafka refuses or does not answer in its clients' time
     */
    static void remove(Map<String, Object> clientProperties, List<String> groups) {
        try (var admin = Admin.create(clientProperties)) {
            for (String group : groups) {
                remove(admin, group);
            }
        }
    }

    private static void remove(Admin admin, String group) {
        try {
            for (int members = members(admin, group), tries = 1;
                    members > 0;
                    members = members(admin, group), tries++) {
                var options = new RemoveMembersFromConsumerGroupOptions();
                options.reason("their process ended");
                try {
                    admin.removeMembersFromConsumerGroup(group, options).all().get();
                    LOG.info("group {}: removed {} members of an earlier process", group, members);
                } catch (ExecutionException e) {
                    // One may leave by itself, its session over, between the question and the removal: ask again.
                    if (tries == TRIES) {
                        throw e;
                    }
                    LOG.debug("group {}: asked again", group, e);
                }
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new KafkaException("group " + group + ": its former members could not be removed", e.getCause());
            }
            LOG.debug("group {} does not exist yet", group);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int members(Admin admin, String group) throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .get()
                .members()
                .size();
    }
}
