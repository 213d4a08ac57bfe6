package dev.tripline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Writes {@code released/<version>}. A task, not a test: its name keeps it out of ordinary builds, and the README says how
 * it is run.
 */
class ReleaseSchemas {
    @Test
    void write() throws IOException {
        String version = System.getProperty("tripline.release", "");
        assertThat(version).as("-Dtripline.release").matches("\\d+\\.\\d+\\.\\d+");
        ReleasedSchemas.write(version);
        assertThat(ReleasedSchemas.versions()).contains(version);
    }
}
