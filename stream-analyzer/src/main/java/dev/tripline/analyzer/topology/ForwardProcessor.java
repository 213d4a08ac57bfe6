package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.events.DecisionInput;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes a record into its environment's decision inputs, so that it counts from there on, or puts it aside. */
final class ForwardProcessor<V> implements Processor<byte[], Decoded<V>, Object, Object> {
    private final Function<V, DecisionInput> checkedInput;
    private final String inputs;
    private final String deadLetters;
    private @Nullable ProcessorContext<Object, Object> context;

    /**
     * @param checkedInput makes the input; throws {@link IllegalArgumentException} if the record breaks a rule of a field
     */
    ForwardProcessor(Function<V, DecisionInput> checkedInput, String inputs, String deadLetters) {
        this.checkedInput = checkedInput;
        this.inputs = inputs;
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
    }

    @Override
    public void process(Record<byte[], Decoded<V>> record) {
        ProcessorContext<Object, Object> to = Nodes.initialized(context);
        DecisionInput input;
        try {
            input = checkedInput.apply(record.value().value());
        } catch (RuntimeException e) {
            to.forward(DeadLetters.of(record.value(), Reason.INVALID, String.valueOf(e.getMessage())), deadLetters);
            return;
        }
        to.forward(new Record<>(InputKeys.of(input), input, record.timestamp()), inputs);
    }
}
