package dev.tripline.sink.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group of sinks that file in one tracker. Only one member of a group files, so a member with another tracker would
 * leave either tracker without issues. Each member carries its tracker's name in its client id, and looks at the others
 * before it joins.
 */
public final class SinkGroup {
    private static final Logger LOG = LoggerFactory.getLogger(SinkGroup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String USUAL = "tripline-sink";
    private static final char BEFORE_TRACKER = '@';

    private SinkGroup() {}

    /**
     * Returns the client id of a sink.
     *
     * @param configured what the operator calls the client; empty for the usual name
     */
    public static String clientId(String configured, String tracker) {
        return (configured.isEmpty() ? USUAL : configured) + BEFORE_TRACKER + tracker;
    }

    /**
     * Asks Kafka who is in a group and returns why a sink must not join it; empty if it may, or Kafka does not say: a broker
     * that is away is waited for later, and one that refuses to tell keeps nobody from filing.
     */
    public static Optional<String> problem(Map<String, Object> clientSettings, String group, String tracker) {
        try (Admin admin = Admin.create(clientSettings)) {
            List<String> clientIds = admin
                    .describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().timeoutMs((int) PATIENCE.toMillis()))
                    .all()
                    .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .flatMap(description -> description.members().stream())
                    .map(MemberDescription::clientId)
                    .toList();
            return problem(clientIds, group, tracker);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                LOG.warn("group {}: cannot see who is in it: {}", group, String.valueOf(e.getCause()));
            }
            return Optional.empty();
        } catch (TimeoutException e) {
            LOG.warn("group {}: cannot see who is in it within {}", group, PATIENCE.multipliedBy(2));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking who is in group " + group, e);
        }
    }

    /** Members whose client id names no tracker are of an older version and are passed over. */
    static Optional<String> problem(List<String> clientIds, String group, String tracker) {
        return clientIds.stream()
                .filter(id -> id.indexOf(BEFORE_TRACKER) >= 0)
                .map(id -> id.substring(id.lastIndexOf(BEFORE_TRACKER) + 1))
                .filter(other -> !other.equals(tracker))
                .findFirst()
                .map(other -> "group: must be another than that of the sink of tracker '" + other
                        + "', which runs, got '" + group + "' for tracker '" + tracker
                        + "'; only one sink of a group files. A sink that was killed stays in it for 45 s");
    }
}
