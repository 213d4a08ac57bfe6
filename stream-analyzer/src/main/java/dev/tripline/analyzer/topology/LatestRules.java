package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.events.EventSerde;
import dev.tripline.events.RuleSet;
import dev.tripline.events.TextBounds;
import dev.tripline.events.UnreadableRecordException;
import dev.tripline.service.ConfigException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest published rules, from a global store. The moment a global store changes is not repeatable, so what is read here
 * only counts once it is written to decision inputs. A record that is no version of rules is passed over: it must not stop
 * the stream.
 */
final class LatestRules {
    private static final Logger LOG = LoggerFactory.getLogger(LatestRules.class);

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<byte[]>> versions;
    private final EventSerde<RuleSet> serde;

    /** Versions never change, so each is read once; empty for those that cannot be read. */
    private final Map<Long, Optional<RuleSet>> read = new HashMap<>();

    LatestRules(ReadOnlyKeyValueStore<String, ValueAndTimestamp<byte[]>> versions, EventSerde<RuleSet> serde) {
        this.versions = versions;
        this.serde = serde;
    }

    /**
     * Rules and their place among all that were published.
     *
     * @param number from 1
     */
    record Published(RuleSet rules, long number) {}

    /** Returns the version that was published last, by its place in the log; null if there is none. */
    @Nullable
    Published get() {
        @Nullable Published latest = null;
        try (KeyValueIterator<String, ValueAndTimestamp<byte[]>> all = versions.all()) {
            while (all.hasNext()) {
                KeyValue<String, ValueAndTimestamp<byte[]>> next = all.next();
                long number = next.value.timestamp();
                @Nullable RuleSet each = version(next.key, number, next.value.value());
                if (each != null && (latest == null || number > latest.number())) {
                    latest = new Published(each, number);
                }
            }
        }
        return latest;
    }

    /** By its place in the log: a version may be published again under the same key, after one that could not be read. */
    private @Nullable RuleSet version(String key, long number, byte[] bytes) {
        return read.computeIfAbsent(number, n -> decoded(key, bytes)).orElse(null);
    }

    private Optional<RuleSet> decoded(String key, byte[] bytes) {
        try {
            RuleSet rules = serde.read(bytes);
            if (!TextBounds.isWithin(rules)) {
                LOG.warn(
                        "rules {}: passed over: version or publisher of more than {} characters", key, TextBounds.WORD);
                return Optional.empty();
            }
            // What cannot be judged by must not be told to every environment, and may not fit into a record.
            RulesReader.read(rules);
            return Optional.of(rules);
        } catch (UnreadableRecordException | ConfigException e) {
            LOG.warn("rules {}: passed over: {}", key, e.getMessage());
            return Optional.empty();
        }
    }
}
