package dev.tripline.analyzer.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContributionTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");
    private static final int KAFKAS_LIMIT = 1_048_576;

    private final SeriesAnalysis analysis =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());

    /** One report of 500 tests that fail with long messages made a record that Kafka refuses, and so ended the analyzer. */
    @Test
    void aSuiteThatFailsWithMuchTextFitsIntoRecords() {
        // Given
        var serde = new EventSerdes(new MockSchemaRegistryClient(), true)
                .of(Topics.standard().decisionInputs());
        var contributions = new ArrayList<Contribution>();
        for (int i = 0; i < 500; i++) {
            contributions.add(failed(i));
        }

        // When
        List<EnvironmentInput> inputs = Contribution.sum(contributions, RateWindows.STANDARD);

        // Then
        assertThat(inputs)
                .hasSizeBetween(2, 50)
                .allSatisfy(input -> assertThat(serde.write(ToRecords.delta("staging", (Delta) input, false)))
                        .hasSizeLessThan(KAFKAS_LIMIT));
        assertThat(inputs.stream()
                        .mapToInt(input -> ((Delta) input).failures().size())
                        .sum())
                .isEqualTo(500);
    }

    private Contribution failed(int test) {
        String letters = Integer.toString(test, 26).replaceAll("[0-9]", "z");
        var outcome = new Outcome(
                new Series("staging", "s", "\u754c".repeat(1_000), letters + test, "local"),
                new RunId("agent", 1),
                1,
                OutcomeStatus.FAILED,
                false,
                T0,
                T0,
                null,
                "Error",
                ("\u754c " + letters + " ").repeat(2_000),
                "at x\n".repeat(1_000),
                null,
                null,
                "ingest",
                List.of(),
                new TreeMap<>());
        return Contribution.of(
                (Counted) analysis.next(outcome, T0, analysis.runsIn(SuiteTables.inMemory()), analysis.begin()));
    }
}
