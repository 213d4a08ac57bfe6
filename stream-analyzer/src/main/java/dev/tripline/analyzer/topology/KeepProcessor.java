package dev.tripline.analyzer.topology;

import dev.tripline.events.RuleSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Keeps published rules in their global store. */
final class KeepProcessor implements Processor<String, RuleSet, Void, Void> {
    private @Nullable TimestampedKeyValueStore<String, RuleSet> versions;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        versions = context.getStateStore(RulesTopology.STORE);
    }

    @Override
    public void process(Record<String, RuleSet> record) {
        Nodes.initialized(versions).put(record.key(), ValueAndTimestamp.make(record.value(), record.timestamp()));
    }
}
