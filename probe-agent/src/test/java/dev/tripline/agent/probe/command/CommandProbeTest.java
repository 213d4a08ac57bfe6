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
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
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

    @TempDir
    private Path elsewhere;

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

    /** The end that is kept begins within the password here. */
    @Test
    void leavesOutTheLineWhoseBeginningIsLost() throws Exception {
        ProbeRun run =
                run("printf password=; head -c 65535 /dev/zero | tr '\\0' s; echo; echo no route to host; exit 3");

        assertThat(run.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.getFailure().getDetails())
                        .startsWith("no route to host")
                        .doesNotContain("sss"));
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
        assertEnded("child");
    }

    /** It left its parent, its group and its session, as daemons do. */
    @Test
    void endsWhatLeftItsSession() throws Exception {
        // When
        ProbeRun run = run("setsid sh -c 'echo $$ > child; exec sleep 600' >/dev/null 2>&1 & "
                + "while ! [ -s child ]; do :; done; exit 0");

        // Then
        assertThat(run.outcomes()).extracting(TestOutcome::getStatus).containsExactly(OutcomeStatus.PASSED);
        assertEnded("child");
    }

    @Test
    void endsWhatCastOffItsVariablesWithinTheTree() throws Exception {
        ProbeRun run = probe(
                        List.of("sh", "-c", "env -i sh -c 'echo $$ > child; sleep 600' & wait"), Duration.ofSeconds(2))
                .run(ORIGIN);

        assertThat(run.outcomes()).extracting(TestOutcome::getStatus).containsExactly(OutcomeStatus.TIMED_OUT);
        assertEnded("child");
    }

    @Test
    void endsNoProcessOfAnotherRun() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            run("exit 0");

            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void endsWhatItStartedWhenTheAgentStops() throws Exception {
        // Given
        var stopped = new AtomicBoolean();
        var thread = new Thread(() -> {
            try {
                run("setsid sh -c 'echo $$ > child; exec sleep 600' >/dev/null 2>&1 & wait; sleep 600");
            } catch (InterruptedException e) {
                stopped.set(true);
            }
        });
        thread.start();
        Awaitility.await()
                .until(() -> Files.exists(folder.resolve("child")) && Files.size(folder.resolve("child")) > 0);

        // When
        thread.interrupt();
        thread.join(20_000);

        // Then
        assertThat(stopped).isTrue();
        assertEnded("child");
    }

    /** The agent's own variables hold the passwords it was configured with. */
    @Test
    void hidesTheAgentsVariables() throws Exception {
        // Given
        Map<String, String> own =
                Map.of("PATH", "/usr/bin:/bin", "KAFKA_PASSWORD", "s3cr3t", "REGION", "eu", "LC_ALL", "C");
        Map<String, String> variables = Variables.of(own, List.of("REGION", "ABSENT"), Map.of("TOKEN", "of the probe"));

        // When
        ProbeRun run = probe(List.of("sh", "-c", "env; exit 1"), Duration.ofSeconds(30), variables)
                .run(ORIGIN);

        // Then
        assertThat(run.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.getFailure().getDetails())
                        .doesNotContain("s3cr3t", "KAFKA_PASSWORD")
                        .contains("REGION=eu", "LC_ALL=C", "TOKEN=of the probe", "PATH=/usr/bin:/bin"));
        assertThat(variables).containsOnlyKeys("PATH", "REGION", "LC_ALL", "TOKEN");
    }

    /** What a link points to may be readable for the agent only, and complaints about it would tell. */
    @Test
    void followsNoLinkOutOfItsFolder() throws Exception {
        // Given
        Path secret = Files.writeString(elsewhere.resolve("agent.yaml"), "password: hunter2-of-the-agent");
        Files.writeString(folder.resolve("within.txt"), "<testsuite name='s'><testcase name='a'/></testsuite>");

        // When
        ProbeRun run = run("ln -s " + secret + " out.xml; ln -s within.txt in.xml");

        // Then
        assertThat(run.outcomes())
                .extracting(TestOutcome::getTest, TestOutcome::getStatus)
                .containsExactly(tuple("check", OutcomeStatus.INCONCLUSIVE), tuple("a", OutcomeStatus.PASSED));
        assertThat(run.outcomes().get(0).getFailure().getMessage())
                .contains("out.xml: is a link that leads out of the folder");
        assertThat(run.toString()).doesNotContain("hunter2");
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
        return probe(argv, timeout, Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    private CommandProbe probe(List<String> argv, Duration timeout, Map<String, String> variables) {
        var options = new IngestOptions("staging", "eu", null, null, null, null, null, null, null);
        var command = new Command(argv, folder, timeout, variables);
        return new CommandProbe("check", options, command, List.of("*.xml"), InstantSource.fixed(NOW));
    }

    /** A process that nobody waits for may stay in the table without running. */
    private void assertEnded(String pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(folder.resolve(pidFile)).strip());
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.of(pid)
                        .filter(process ->
                                process.isAlive() && process.info().command().isPresent())
                        .isEmpty());
    }
}
