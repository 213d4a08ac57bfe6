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

/** The per-suite stage: outcomes and totals of runs in; test rates and decision inputs out. */
public final class SuitesTopology {
    private static final String COUNT = "suites.count";

    /** Names of the nodes and stores that {@link CountProcessor} talks to. */
    record Names(
            String series,
            String steps,
            String suites,
            String runs,
            String waiting,
            String announced,
            String rules,
            String inputs,
            String rates,
            String outcomesAgain,
            String totalsAgain,
            String outcomesDeadLetters,
            String totalsDeadLetters) {}

    private static final Names NAMES = new Names(
            "suites.series",
            "suites.steps",
            "suites.heads",
            "suites.runs",
            "suites.unflushed",
            "suites.announced-rules",
            RulesTopology.STORE,
            "suites.write-inputs",
            "suites.write-rates",
            "outcomes.write-again",
            "suite-runs.write-again",
            "outcomes.write-dead-letters",
            "suite-runs.write-dead-letters");

    private final Topics topics;
    private final EventSerdes serdes;
    private final SeriesAnalysis analysis;
    private final RateWindows windows;
    private final Duration flushInterval;

    public SuitesTopology(
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
        var totals = serdes.of(topics.suiteRuns());
        var rules = serdes.of(topics.rules());
        topology.addSource(
                        "outcomes.read", bytesIn, bytesIn, topics.testOutcomes().name())
                .addSource(
                        "suite-runs.read", bytesIn, bytesIn, topics.suiteRuns().name())
                .addProcessor(
                        "outcomes.decode",
                        () -> new DecodeProcessor<>(outcomes, COUNT, NAMES.outcomesDeadLetters()),
                        "outcomes.read")
                .addProcessor(
                        "suite-runs.decode",
                        () -> new DecodeProcessor<>(totals, COUNT, NAMES.totalsDeadLetters()),
                        "suite-runs.read")
                .addProcessor(
                        COUNT,
                        () -> new CountProcessor(analysis, windows, flushInterval, NAMES, rules),
                        "outcomes.decode",
                        "suite-runs.decode")
                .addStateStore(StateStores.persistent(NAMES.series(), Serdes.String()), COUNT)
                .addStateStore(StateStores.written(NAMES.steps(), Serdes.Bytes()), COUNT)
                .addStateStore(StateStores.persistent(NAMES.suites(), Serdes.String()), COUNT)
                .addStateStore(StateStores.persistent(NAMES.runs(), Serdes.Bytes()), COUNT)
                .addStateStore(StateStores.inMemory(NAMES.waiting(), Serdes.Long()), COUNT)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(NAMES.announced()), Serdes.String(), Serdes.String()),
                        COUNT)
                .addSink(
                        NAMES.inputs(),
                        topics.decisionInputs().name(),
                        string,
                        serdes.of(topics.decisionInputs()).serializer(),
                        COUNT)
                .addSink(
                        NAMES.rates(),
                        topics.successRates().name(),
                        string,
                        serdes.of(topics.successRates()).serializer(),
                        COUNT)
                .addSink(NAMES.outcomesAgain(), topics.testOutcomes().name(), bytesOut, bytesOut, COUNT)
                .addSink(NAMES.totalsAgain(), topics.suiteRuns().name(), bytesOut, bytesOut, COUNT)
                .addSink(
                        NAMES.outcomesDeadLetters(),
                        topics.testOutcomes().deadLetter(),
                        bytesOut,
                        bytesOut,
                        "outcomes.decode",
                        COUNT)
                .addSink(
                        NAMES.totalsDeadLetters(),
                        topics.suiteRuns().deadLetter(),
                        bytesOut,
                        bytesOut,
                        "suite-runs.decode",
                        COUNT);
    }
}
