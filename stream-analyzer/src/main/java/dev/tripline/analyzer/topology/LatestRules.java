package dev.tripline.analyzer.topology;

import dev.tripline.events.RuleSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The newest published rules, from a global store. The moment a global store changes is not repeatable, so what is read here
 * only counts once it is written to decision inputs.
 */
final class LatestRules {
    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<RuleSet>> versions;

    LatestRules(ReadOnlyKeyValueStore<String, ValueAndTimestamp<RuleSet>> versions) {
        this.versions = versions;
    }

    /** Returns the version published last; null if there is none. */
    @Nullable
    RuleSet get() {
        @Nullable RuleSet latest = null;
        try (KeyValueIterator<String, ValueAndTimestamp<RuleSet>> all = versions.all()) {
            while (all.hasNext()) {
                RuleSet each = all.next().value.value();
                if (latest == null || each.getPublishedAt().isAfter(latest.getPublishedAt())) {
                    latest = each;
                }
            }
        }
        return latest;
    }
}
