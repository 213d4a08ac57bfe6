package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSizesTest {
    @Test
    void namesTheStoresOfAllStagesAndNotTheRulesThatEachInstanceHas() {
        var topology = AnalyzerTopology.build(
                Topics.standard(), new EventSerdes(new MockSchemaRegistryClient(), true), Duration.ofMillis(100));

        assertThat(StoreSizes.names(topology))
                .contains("suites.series", "suites.steps", "environment.state", "environment.rows")
                .doesNotContain("rules.versions");
    }
}
