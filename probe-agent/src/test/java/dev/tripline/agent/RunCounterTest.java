package dev.tripline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCounterTest {
    @TempDir
    private Path folder;

    @Test
    void neverGivesOutARunTwiceWithinAnEpoch() throws Exception {
        String epoch;
        try (RunCounter counter = RunCounter.open(folder)) {
            epoch = counter.epoch();
            assertThat(counter.next()).isEqualTo(1);
            assertThat(counter.next()).isEqualTo(2);
        }
        try (RunCounter again = RunCounter.open(folder)) {
            assertThat(again.epoch()).isEqualTo(epoch);
            assertThat(again.next()).isEqualTo(3);
        }
    }

    @Test
    void beginsANewEpochWhenItsStateIsLost() throws Exception {
        String epoch;
        try (RunCounter counter = RunCounter.open(folder)) {
            epoch = counter.epoch();
        }
        for (String damage : new String[] {"", "nonsense", epoch + " -1"}) {
            Files.writeString(folder.resolve("runs"), damage);
            try (RunCounter fresh = RunCounter.open(folder)) {
                assertThat(fresh.epoch()).isNotEqualTo(epoch);
                assertThat(fresh.next()).isEqualTo(1);
            }
        }
    }

    @Test
    void refusesAFolderInUse() throws Exception {
        try (RunCounter counter = RunCounter.open(folder)) {
            assertThat(counter.epoch()).isNotBlank();
            assertThatThrownBy(() -> RunCounter.open(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another agent");
        }
    }
}
