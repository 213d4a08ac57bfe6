package dev.tripline.agent.probe.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.RunOrigin;
import dev.tripline.agent.probe.ProbeRun;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandProbeTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    private static final RunOrigin ORIGIN = new RunOrigin("epoch", 7, "command", "probe-1", List.of("smoke"));

    @TempDir
    private Path folder;

    @Test
    void readsTheReportItsCommandWrote() throws Exception {
        // Given
        Files.writeString(folder.resolve("old.xml"), "<testsuite name='old'><testcase name='x'/></testsuite>");

        // When
        ProbeRun run = run("cat > new.xml <<'E'\n<testsuite name='s'><testcase name='a'/><testcase name='b'><failure/>"
                + "</testcase></testsuite>\nE\nexit 1");

        // Then
        assertThat(run.outcomes())
                .extracting(TestOutcome::getSuite, TestOutcome::getTest, TestOutcome::getStatus)
                .containsExactly(tuple("s", "a", OutcomeStatus.PASSED), tuple("s", "b", OutcomeStatus.FAILED));
        assertThat(run.outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.getSource()).isEqualTo("epoch");
            assertThat(outcome.getRun()).isEqualTo(7);
            assertThat(outcome.getAgent()).isEqualTo("probe-1");
            assertThat(outcome.getLocation()).isEqualTo("eu");
            assertThat(outcome.getTags()).containsExactly("smoke");
        });
        assertThat(run.suiteRuns())
                .singleElement()
                .satisfies(totals -> assertThat(totals.getTotals().getFailed()).isEqualTo(1));
    }

    @Test
    void fallsBackToTheExitCode() throws Exception {
        assertThat(run("exit 0").outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.PASSED);
            assertThat(outcome.getSuite()).isEqualTo("check");
            assertThat(outcome.getStartedAt()).isEqualTo(NOW);
        });
        assertThat(run("echo no route to host >&2; exit 3").outcomes())
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.FAILED);
                    assertThat(outcome.getFailure().getMessage()).isEqualTo("exit code 3");
                    assertThat(outcome.getFailure().getDetails()).contains("no route to host");
                });
        assertThat(run("no-such-command-at-all").outcomes())
                .extracting(TestOutcome::getStatus)
                .containsExactly(OutcomeStatus.INCONCLUSIVE);
    }

    @Test
    void isInconclusiveWhenTheCommandIsNotFound() throws Exception {
        ProbeRun run =
                probe(List.of("no-such-command-at-all"), Duration.ofSeconds(30)).run(ORIGIN);

        assertThat(run.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.INCONCLUSIVE);
            assertThat(outcome.getFailure().getMessage()).contains("no-such-command-at-all");
        });
    }

    @Test
    void killsTheWholeTreeWhenTimeIsOver() throws Exception {
        // When
        ProbeRun run = probe(List.of("sh", "-c", "sh -c 'echo $$ > child; sleep 600' & wait"), Duration.ofMillis(700))
                .run(ORIGIN);

        // Then
        assertThat(run.outcomes()).extracting(TestOutcome::getStatus).containsExactly(OutcomeStatus.TIMED_OUT);
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        var handle = ProcessHandle.of(child);
        if (handle.isPresent()) {
            handle.get().onExit().get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void saysThatAReportIsBroken() throws Exception {
        assertThat(run("echo '<testsuite>' > r.xml").outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.INCONCLUSIVE);
            assertThat(outcome.getFailure().getMessage()).contains("r.xml").contains("not well-formed");
        });
    }

    private ProbeRun run(String script) throws InterruptedException {
        return probe(List.of("sh", "-c", script), Duration.ofSeconds(30)).run(ORIGIN);
    }

    private CommandProbe probe(List<String> argv, Duration timeout) {
        var options = new IngestOptions("staging", "eu", null, null, null, null, null);
        return new CommandProbe("check", options, argv, folder, timeout, List.of("*.xml"), InstantSource.fixed(NOW));
    }
}
