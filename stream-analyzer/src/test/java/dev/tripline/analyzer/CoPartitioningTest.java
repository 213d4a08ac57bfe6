package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoPartitioningTest {
    @Test
    void topicsThatAreReadTogetherHaveEquallyManyPartitions() {
        assertThatCode(() -> CoPartitioning.check(Map.of("t.test-outcomes", 8, "t.suite-runs", 8)))
                .doesNotThrowAnyException();
        assertThatCode(() -> CoPartitioning.check(Map.of("t.test-outcomes", 8)))
                .as("the other is missing")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CoPartitioning.check(new TreeMap<>(Map.of("t.test-outcomes", 8, "t.suite-runs", 4))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("t.suite-runs and t.test-outcomes: must have equally many partitions")
                .hasMessageContaining("{t.suite-runs=4, t.test-outcomes=8}");
    }
}
