package dev.tripline.analyzer.topology;

import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** Published rules, known to every instance, so that an environment that appears can be told the newest. */
public final class RulesTopology {
    static final String STORE = "rules.versions";

    private final Topics topics;
    private final EventSerdes serdes;

    public RulesTopology(Topics topics, EventSerdes serdes) {
        this.topics = topics;
        this.serdes = serdes;
    }

    /** Adds the global store. */
    public void addTo(Topology topology) {
        var rules = serdes.of(topics.rules());
        topology.addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), rules)
                        .withLoggingDisabled(),
                "rules.read",
                new StringDeserializer(),
                rules.deserializer(),
                topics.rules().name(),
                "rules.keep",
                KeepProcessor::new);
    }
}
