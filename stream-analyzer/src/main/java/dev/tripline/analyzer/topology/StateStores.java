package dev.tripline.analyzer.topology;

import io.micrometer.core.instrument.DistributionSummary;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builders of state stores whose values are bytes of a codec of ours. */
final class StateStores {
    private StateStores() {}

    /** Returns a serde of values that notes how large those are that are put into a store. */
    private static Serde<byte[]> measured(String store) {
        DistributionSummary sizes = StageMeters.stateValues(store);
        return Serdes.serdeFrom(
                (topic, value) -> {
                    if (value != null) {
                        sizes.record(value.length);
                    }
                    return value;
                },
                new ByteArrayDeserializer());
    }

    /** Returns a store on disk with a change log and a cache, so that a key written often is logged once per commit. */
    static <K> StoreBuilder<KeyValueStore<K, byte[]>> persistent(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, measured(name))
                .withCachingEnabled();
    }

    /** Returns a store on disk with a change log, for keys of which hardly one is written twice between two commits. */
    static <K> StoreBuilder<KeyValueStore<K, byte[]>> written(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, measured(name));
    }

    /**
     * Returns a store in memory with a change log and a cache, for what comes and goes: on disk each reading would walk over what
     * is gone.
     */
    static <K> StoreBuilder<KeyValueStore<K, byte[]>> inMemory(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, measured(name))
                .withCachingEnabled();
    }
}
