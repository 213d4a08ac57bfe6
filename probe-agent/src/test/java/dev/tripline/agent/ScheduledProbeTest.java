package dev.tripline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.RecordingPublisher;
import dev.tripline.agent.probe.command.Command;
import dev.tripline.agent.probe.command.CommandProbe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledProbeTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    @Test
    void keepsItsRhythmAndLeavesOutWhatItMissed(@TempDir Path folder) throws IOException {
        // Given
        var probe = new ScheduledProbe(
                new CommandProbe(
                        "p",
                        IngestOptions.none(),
                        new Command(List.of("true"), Path.of("."), Duration.ofSeconds(1), Map.of()),
                        List.of(),
                        InstantSource.fixed(START)),
                RunCounter.open(folder.resolve("p"), "epoch"),
                new RunPublisher(new RecordingPublisher(), new AgentMeters(new SimpleMeterRegistry())),
                Duration.ofMinutes(5),
                List.of(),
                START);

        // When, then
        assertThat(probe.ended(START.plusSeconds(20), List.of("s"))).isEqualTo(Duration.ofSeconds(280));
        assertThat(probe.ended(START.plusSeconds(301), null)).isEqualTo(Duration.ofSeconds(299));
        assertThat(probe.ended(START.plusSeconds(1_250), null)).isEqualTo(Duration.ofSeconds(250));
        assertThat(probe.schedule().getSuites()).containsExactly("s");
        assertThat(probe.schedule().getNextDueAt()).isEqualTo(START.plusSeconds(1_500));
        assertThat(probe.schedule().getLastEndedAt()).isEqualTo(START.plusSeconds(1_250));
    }
}
