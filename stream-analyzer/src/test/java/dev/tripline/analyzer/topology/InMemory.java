package dev.tripline.analyzer.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stores for tests, without a change log. */
final class InMemory {
    private InMemory() {}

    static <K> KeyValueStore<K, byte[]> store(String name, Serde<K> keys, MockProcessorContext<?, ?> context) {
        KeyValueStore<K, byte[]> store = StateStores.inMemory(name, keys)
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
