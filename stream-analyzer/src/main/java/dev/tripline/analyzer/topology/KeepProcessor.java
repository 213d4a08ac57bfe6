package dev.tripline.analyzer.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Keeps published rules in their global store, as bytes with their place in the log from 1: they are read where a broken one
 * can be passed over.
 */
final class KeepProcessor implements Processor<String, byte[], Void, Void> {
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable TimestampedKeyValueStore<String, byte[]> versions;

    @Override
    public void init(ProcessorContext<Void, Void> initialized) {
        context = initialized;
        versions = initialized.getStateStore(RulesTopology.STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        long offset = Nodes.initialized(context)
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("records of a global store come from a topic"))
                .offset();
        // What the store calls a timestamp is kept beside the value; the place in the log is what decides.
        Nodes.initialized(versions).put(record.key(), ValueAndTimestamp.make(record.value(), offset + 1));
    }
}
