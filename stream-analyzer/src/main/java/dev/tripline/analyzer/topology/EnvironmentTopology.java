package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/** The per-environment stage: decision inputs in; rates, patterns, changes, breaches and incidents out. */
public final class EnvironmentTopology {
    /** Names of the nodes and the stores that {@link DecideProcessor} talks to. */
    record Names(
            String heads,
            String rows,
            String untold,
            String rates,
            String patterns,
            String changes,
            String breaches,
            String incidents,
            String deadLetters) {}

    private static final Names NAMES = new Names(
            "environment.state",
            "environment.rows",
            "environment.untold",
            "environment.write-rates",
            "environment.write-patterns",
            "environment.write-changes",
            "environment.write-breaches",
            "environment.write-incidents",
            "environment.write-dead-letters");

    private final Topics topics;
    private final EventSerdes serdes;
    private final EnvironmentAnalysis analysis;
    private final RateWindows windows;

    public EnvironmentTopology(Topics topics, EventSerdes serdes, EnvironmentAnalysis analysis, RateWindows windows) {
        this.topics = topics;
        this.serdes = serdes;
        this.analysis = analysis;
        this.windows = windows;
    }

    /** Adds the stage. */
    public void addTo(Topology topology) {
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        var inputs = serdes.of(topics.decisionInputs());
        topology.addSource(
                        "environment.read",
                        bytesIn,
                        bytesIn,
                        topics.decisionInputs().name())
                .addProcessor(
                        "environment.decode",
                        () -> new DecodeProcessor<>(inputs, "environment.decide", NAMES.deadLetters()),
                        "environment.read")
                .addProcessor(
                        "environment.decide", () -> new DecideProcessor(analysis, windows, NAMES), "environment.decode")
                .addStateStore(StateStores.persistent(NAMES.heads(), Serdes.String()), "environment.decide")
                .addStateStore(StateStores.written(NAMES.rows(), Serdes.Bytes()), "environment.decide")
                .addStateStore(StateStores.inMemory(NAMES.untold(), Serdes.String()), "environment.decide")
                .addSink(
                        NAMES.deadLetters(),
                        topics.decisionInputs().deadLetter(),
                        bytesOut,
                        bytesOut,
                        "environment.decode",
                        "environment.decide");
        sink(topology, NAMES.rates(), topics.successRates());
        sink(topology, NAMES.patterns(), topics.errorPatterns());
        sink(topology, NAMES.changes(), topics.patternChanges());
        sink(topology, NAMES.breaches(), topics.breaches());
        sink(topology, NAMES.incidents(), topics.incidents());
    }

    private void sink(Topology topology, String name, Topic<? extends SpecificRecord> topic) {
        topology.addSink(
                name, topic.name(), new StringSerializer(), serdes.of(topic).serializer(), "environment.decide");
    }
}
