package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.agent.AgentWatch;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** Heartbeats in; the time that passes and what is silent out, into the decision inputs of the environments they watch. */
public final class AgentsTopology {
    /** Names of the nodes and stores that {@link WatchProcessor} talks to. */
    record Names(String known, String ticks, String inputs, String deadLetters) {}

    private static final Names NAMES =
            new Names("agents.known", "agents.ticks", "agents.write-inputs", "agents.write-dead-letters");

    private final Topics topics;
    private final EventSerdes serdes;

    public AgentsTopology(Topics topics, EventSerdes serdes) {
        this.topics = topics;
        this.serdes = serdes;
    }

    /** Adds the stage. */
    public void addTo(Topology topology) {
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        var heartbeats = serdes.of(topics.agentHeartbeats());
        topology.addSource(
                        "agents.read",
                        bytesIn,
                        bytesIn,
                        topics.agentHeartbeats().name())
                .addProcessor(
                        "agents.decode",
                        () -> new DecodeProcessor<>(heartbeats, "agents.watch", NAMES.deadLetters()),
                        "agents.read")
                .addProcessor("agents.watch", () -> new WatchProcessor(new AgentWatch(), NAMES), "agents.decode")
                .addStateStore(StateStores.persistent(NAMES.known(), Serdes.String()), "agents.watch")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(NAMES.ticks()), Serdes.String(), Serdes.Long())
                                .withCachingEnabled(),
                        "agents.watch")
                .addSink(
                        NAMES.inputs(),
                        topics.decisionInputs().name(),
                        new StringSerializer(),
                        serdes.of(topics.decisionInputs()).serializer(),
                        "agents.watch")
                .addSink(
                        NAMES.deadLetters(),
                        topics.agentHeartbeats().deadLetter(),
                        bytesOut,
                        bytesOut,
                        "agents.decode",
                        "agents.watch");
    }
}
