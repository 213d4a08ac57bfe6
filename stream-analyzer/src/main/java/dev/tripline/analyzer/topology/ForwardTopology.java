package dev.tripline.analyzer.topology;

import dev.tripline.events.DecisionInput;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/** What concerns an environment as a whole, on its way into the environment's decision inputs. */
public final class ForwardTopology<V extends SpecificRecord> {
    private final String name;
    private final Topic<V> topic;
    private final Topics topics;
    private final EventSerdes serdes;
    private final Function<V, DecisionInput> checkedInput;

    /**
     * @param name prefix of its nodes, such as {@code deployments}
     * @param topic topic it reads
     * @param checkedInput makes the input; throws {@link IllegalArgumentException} if the record breaks a rule of a field
     */
    public ForwardTopology(
            String name, Topic<V> topic, Topics topics, EventSerdes serdes, Function<V, DecisionInput> checkedInput) {
        this.name = name;
        this.topic = topic;
        this.topics = topics;
        this.serdes = serdes;
        this.checkedInput = checkedInput;
    }

    /** Adds source, decoding, check and sinks. */
    public void addTo(Topology topology) {
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        String decode = name + ".decode";
        String check = name + ".check";
        String inputs = name + ".write-inputs";
        String deadLetters = name + ".write-dead-letters";
        topology.addSource(name + ".read", bytesIn, bytesIn, topic.name())
                .addProcessor(decode, () -> new DecodeProcessor<>(serdes.of(topic), check, deadLetters), name + ".read")
                .addProcessor(check, () -> new ForwardProcessor<>(checkedInput, inputs, deadLetters), decode)
                .addSink(
                        inputs,
                        topics.decisionInputs().name(),
                        new StringSerializer(),
                        serdes.of(topics.decisionInputs()).serializer(),
                        check)
                .addSink(deadLetters, topic.deadLetter(), bytesOut, bytesOut, decode, check);
    }
}
