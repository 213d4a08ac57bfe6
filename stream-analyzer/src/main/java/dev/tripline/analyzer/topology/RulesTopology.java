package dev.tripline.analyzer.topology;

import dev.tripline.events.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** Published rules, known to every instance, so that an environment that appears can be told the newest. */
public final class RulesTopology {
    static final String STORE = "rules.versions";

    private final Topics topics;

    public RulesTopology(Topics topics) {
        this.topics = topics;
    }

    /** Adds the global store. */
    public void addTo(Topology topology) {
        topology.addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "rules.read",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.rules().name(),
                "rules.keep",
                KeepProcessor::new);
    }
}
