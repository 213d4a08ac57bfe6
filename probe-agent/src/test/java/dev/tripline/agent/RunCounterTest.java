package dev.tripline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCounterTest {
    @TempDir
    private Path folder;

    @Test
    void neverGivesOutARunTwiceWithinASource() throws Exception {
        String source;
        try (AgentFolder agent = AgentFolder.open(folder)) {
            RunCounter counter = agent.counter("p");
            source = counter.source();
            assertThat(source).startsWith(agent.epoch() + ".");
            assertThat(counter.next()).isEqualTo(1);
            assertThat(counter.next()).isEqualTo(2);
        }
        try (AgentFolder agent = AgentFolder.open(folder)) {
            RunCounter again = agent.counter("p");
            assertThat(again.source()).isEqualTo(source);
            assertThat(again.next()).isEqualTo(3);
        }
    }

    @Test
    void eachProbeCountsForItself() throws Exception {
        List<String> probes = List.of(
                "p", "p.new", "new-p", "P/", "../p", "a b", "a+b", "*", "%", "x".repeat(300), "x".repeat(301), ".");
        try (AgentFolder agent = AgentFolder.open(folder)) {
            for (String probe : probes) {
                assertThat(agent.counter(probe).next()).as(probe).isEqualTo(1);
            }
            for (String probe : probes) {
                assertThat(agent.counter(probe).next()).as(probe).isEqualTo(2);
            }
            assertThat(probes.stream().map(probe -> source(agent, probe)).distinct())
                    .hasSize(probes.size());
        }
    }

    private static String source(AgentFolder agent, String probe) {
        try {
            return agent.counter(probe).source();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void beginsANewSourceWhenItsStateIsLost() throws Exception {
        try (AgentFolder agent = AgentFolder.open(folder)) {
            String source = agent.counter("p").source();
            for (String damage : new String[] {"", "nonsense", source, source + " -1", "other.source 7"}) {
                Files.writeString(folder.resolve("counters").resolve("p-p"), damage);
                RunCounter fresh = agent.counter("p");
                assertThat(fresh.source()).isNotEqualTo(source);
                assertThat(fresh.next()).isEqualTo(1);
            }
        }
    }

    @Test
    void beginsANewEpochWhenThatIsLostAndKeepsThatOfBefore() throws Exception {
        Files.writeString(folder.resolve("runs"), "from-before 7\n");
        try (AgentFolder agent = AgentFolder.open(folder)) {
            assertThat(agent.epoch()).isEqualTo("from-before");
        }
        for (String damage : new String[] {"", "nonsense", "from-before -1"}) {
            Files.writeString(folder.resolve("runs"), damage);
            try (AgentFolder fresh = AgentFolder.open(folder)) {
                assertThat(fresh.epoch()).isNotEqualTo("from-before");
                assertThat(fresh.counter("p").source()).startsWith(fresh.epoch());
            }
        }
    }

    @Test
    void refusesAFolderInUse() throws Exception {
        try (AgentFolder agent = AgentFolder.open(folder)) {
            assertThat(agent.epoch()).isNotBlank();
            assertThatThrownBy(() -> AgentFolder.open(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another agent");
        }
    }
}
