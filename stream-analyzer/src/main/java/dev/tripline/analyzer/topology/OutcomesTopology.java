package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** The per-test stage: outcomes in; test rates and decision inputs out. */
public final class OutcomesTopology {
    /** Names of the nodes and stores that {@link CountProcessor} talks to. */
    record Names(
            String series,
            String steps,
            String waiting,
            String announced,
            String rules,
            String inputs,
            String rates,
            String deadLetters) {}

    private static final Names NAMES = new Names(
            "outcomes.series",
            "outcomes.steps",
            "outcomes.unflushed",
            "outcomes.announced-rules",
            RulesTopology.STORE,
            "outcomes.write-inputs",
            "outcomes.write-rates",
            "outcomes.write-dead-letters");

    private final Topics topics;
    private final EventSerdes serdes;
    private final SeriesAnalysis analysis;
    private final RateWindows windows;
    private final Duration flushInterval;

    public OutcomesTopology(
            Topics topics, EventSerdes serdes, SeriesAnalysis analysis, RateWindows windows, Duration flushInterval) {
        this.topics = topics;
        this.serdes = serdes;
        this.analysis = analysis;
        this.windows = windows;
        this.flushInterval = flushInterval;
    }

    /** Adds the stage. Needs {@link RulesTopology} beside it. */
    public void addTo(Topology topology) {
        var bytesIn = new ByteArrayDeserializer();
        var bytesOut = new ByteArraySerializer();
        var string = new StringSerializer();
        var outcomes = serdes.of(topics.testOutcomes());
        var rules = serdes.of(topics.rules());
        topology.addSource(
                        "outcomes.read", bytesIn, bytesIn, topics.testOutcomes().name())
                .addProcessor(
                        "outcomes.decode",
                        () -> new DecodeProcessor<>(outcomes, "outcomes.count", NAMES.deadLetters()),
                        "outcomes.read")
                .addProcessor(
                        "outcomes.count",
                        () -> new CountProcessor(analysis, windows, flushInterval, NAMES, rules),
                        "outcomes.decode")
                .addStateStore(StateStores.persistent(NAMES.series(), Serdes.String()), "outcomes.count")
                .addStateStore(StateStores.written(NAMES.steps(), Serdes.Bytes()), "outcomes.count")
                .addStateStore(StateStores.inMemory(NAMES.waiting(), Serdes.Long()), "outcomes.count")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(NAMES.announced()), Serdes.String(), Serdes.String()),
                        "outcomes.count")
                .addSink(
                        NAMES.inputs(),
                        topics.decisionInputs().name(),
                        string,
                        serdes.of(topics.decisionInputs()).serializer(),
                        "outcomes.count")
                .addSink(
                        NAMES.rates(),
                        topics.successRates().name(),
                        string,
                        serdes.of(topics.successRates()).serializer(),
                        "outcomes.count")
                .addSink(
                        NAMES.deadLetters(),
                        topics.testOutcomes().deadLetter(),
                        bytesOut,
                        bytesOut,
                        "outcomes.decode",
                        "outcomes.count");
    }
}
