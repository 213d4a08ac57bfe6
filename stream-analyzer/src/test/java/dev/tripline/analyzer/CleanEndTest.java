package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanEndTest {
    @TempDir
    Path folder;

    @Test
    void isMissingOnlyWhereAnEarlierUseDidNotEnd() {
        Path state = folder.resolve("made-when-needed").resolve("analyzer");

        assertThat(new CleanEnd(state).isMissing()).as("never used").isFalse();
        new CleanEnd(state).expect();
        assertThat(new CleanEnd(state).isMissing()).as("in use or killed").isTrue();
        new CleanEnd(state).reached();
        assertThat(new CleanEnd(state).isMissing()).as("ended").isFalse();
    }
}
