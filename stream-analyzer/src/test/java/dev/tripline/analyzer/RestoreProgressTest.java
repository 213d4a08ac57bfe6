package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
    private final RestoreProgress progress = new RestoreProgress();
    private final TopicPartition one = new TopicPartition("changelog", 0);
    private final TopicPartition other = new TopicPartition("changelog", 1);

    @Test
    void tellsWhatIsLeftAndNothingWhenAllIsDone() {
        assertThat(progress.describe()).isEmpty();

        progress.onRestoreStart(one, "s", 10, 110);
        progress.onRestoreStart(other, "s", 0, 50);
        progress.onBatchRestored(one, "s", 70, 60);
        assertThat(progress.describe()).isEqualTo("restoring 2 state stores, 90 records to go");

        progress.onRestoreSuspended(other, "s", 0);
        assertThat(progress.describe()).isEqualTo("restoring 1 state store, 40 records to go");

        progress.onRestoreEnd(one, "s", 100);
        assertThat(progress.describe()).isEmpty();
    }
}
