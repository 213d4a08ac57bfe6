package dev.tripline.analyzer.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Keeps published rules in their global store, as bytes: they are read where a broken one can be passed over. */
final class KeepProcessor implements Processor<String, byte[], Void, Void> {
    private @Nullable TimestampedKeyValueStore<String, byte[]> versions;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        versions = context.getStateStore(RulesTopology.STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        Nodes.initialized(versions).put(record.key(), ValueAndTimestamp.make(record.value(), record.timestamp()));
    }
}
