package dev.tripline.benchmarks.stream;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindow;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Rates of tests as Kafka Streams' DSL offers them: a hopping window for each of ours, with as many hops as ours has buckets. The same
 * counts, patterns and durations as {@code success-rates} of tests, without intervals and Avro; no outcome is recognised as counted before,
 * and nothing is decided.
 */
final class HoppingWindows {
    /** Topic that gets, for each test and window, what the newest hop counts. */
    static final String RATES = "hopping-rates";

    private HoppingWindows() {}

    static Topology topology(Topics topics, EventSerdes serdes) {
        var normaliser = Normaliser.standard();
        var builder = new StreamsBuilder();
        KGroupedStream<String, WindowCounts> outcomes = builder.stream(
                        topics.testOutcomes().name(),
                        Consumed.with(Serdes.String(), serdes.of(topics.testOutcomes()))
                                .withTimestampExtractor((record, partitionTime) -> ((TestOutcome) record.value())
                                        .getEndedAt()
                                        .toEpochMilli()))
                .mapValues(outcome -> counts(outcome, normaliser))
                .groupByKey();
        for (int i = 0; i < RateWindows.STANDARD.count(); i++) {
            add(outcomes, RateWindows.STANDARD.get(i), topics.prefix() + RATES);
        }
        return builder.build();
    }

    private static void add(KGroupedStream<String, WindowCounts> outcomes, RateWindow window, String rates) {
        Duration grace = SeriesAnalysis.STANDARD_HORIZON;
        var hops = TimeWindows.ofSizeAndGrace(window.span(), grace).advanceBy(Duration.ofMillis(window.bucketMillis()));
        outcomes.windowedBy(hops)
                .aggregate(
                        WindowCounts::none,
                        (key, outcome, counted) -> counted.plus(outcome),
                        Materialized.<String, WindowCounts, WindowStore<Bytes, byte[]>>as("counts-" + window.label())
                                .withKeySerde(Serdes.String())
                                .withValueSerde(WindowCounts.SERDE)
                                .withRetention(window.span().plus(grace)))
                .toStream()
                // Of all windows an outcome is in, the one that says how it stands now.
                .filter((hop, counted) ->
                        hop.window().start() == window.startAt(counted.newest()).toEpochMilli())
                .map((hop, counted) -> KeyValue.pair(hop.key() + "|" + window.label(), counted))
                .to(rates, Produced.with(Serdes.String(), WindowCounts.SERDE));
    }

    private static WindowCounts counts(TestOutcome record, Normaliser normaliser) {
        Outcome outcome = FromRecords.outcome(record);
        ErrorPattern pattern = outcome.status().isFailure()
                ? normaliser.patternOf(outcome.failureType(), outcome.failureMessage())
                : null;
        return WindowCounts.of(outcome, pattern == null ? null : pattern.id());
    }
}
