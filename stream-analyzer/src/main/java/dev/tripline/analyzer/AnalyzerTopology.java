package dev.tripline.analyzer;

import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.topology.AgentsTopology;
import dev.tripline.analyzer.topology.EnvironmentTopology;
import dev.tripline.analyzer.topology.ForwardTopology;
import dev.tripline.analyzer.topology.RulesTopology;
import dev.tripline.analyzer.topology.SuitesTopology;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.Deployment;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import java.time.Duration;
import org.apache.kafka.streams.Topology;

/** All of the analyzer, in the order data takes through it. */
public final class AnalyzerTopology {
    private AnalyzerTopology() {}

    /**
     * Builds the topology.
     *
     * @param flushInterval wall time between two flushes of the per-test stage
     */
    public static Topology build(Topics topics, EventSerdes serdes, Duration flushInterval) {
        var windows = RateWindows.STANDARD;
        var perTest = new SeriesAnalysis(windows, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
        var perEnvironment = new EnvironmentAnalysis(windows);
        var topology = new Topology();
        new RulesTopology(topics).addTo(topology);
        new SuitesTopology(topics, serdes, perTest, windows, flushInterval).addTo(topology);
        new ForwardTopology<>("deployments", topics.deployments(), topics, serdes, AnalyzerTopology::checked)
                .addTo(topology);
        new AgentsTopology(topics, serdes).addTo(topology);
        new EnvironmentTopology(topics, serdes, perEnvironment, windows).addTo(topology);
        return topology;
    }

    private static DecisionInput checked(Deployment deployment) {
        FromRecords.deployment(deployment);
        return ToRecords.deployment(deployment);
    }
}
