package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of one call are one run. */
final class ReportBatchTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private final RecordingPublisher publisher = new RecordingPublisher();

    @Test
    void filesWhoseOutcomesOfASuiteAreCloseInTimeAreOneRun() throws Exception {
        // Given
        Path first = shard("1.xml", "08:00:00", 0, 10, 2);
        Path second = shard("2.xml", "08:09:00", 10, 20, 2);

        // When
        ingest(null, first, second);

        // Then
        assertThat(publisher.all(SuiteRun.class)).singleElement().satisfies(run -> {
            assertThat(run.getTotals().getPassed()).isEqualTo(16);
            assertThat(run.getTotals().getFailed()).isEqualTo(4);
        });
        assertThat(publisher.all(TestOutcome.class))
                .hasSize(20)
                .extracting(TestOutcome::getSource)
                .containsOnly(publisher.all(SuiteRun.class).get(0).getSource());
    }

    @Test
    void theOrderOfShardsDoesNotChangeWhoseRunItIs() throws Exception {
        // Given
        Path first = shard("1.xml", "08:00:00", 0, 10, 2);
        Path second = shard("2.xml", "08:00:03", 10, 20, 2);

        // When
        ingest(null, first, second);
        ingest(null, second, first);

        // Then
        assertThat(publisher.all(SuiteRun.class)).hasSize(2);
        assertThat(publisher.all(SuiteRun.class).get(1))
                .isEqualTo(publisher.all(SuiteRun.class).get(0));
    }

    @Test
    void filesThatShareATestOrAreFarApartAreRunsOfTheirOwn() throws Exception {
        // Given
        Path linux = shard("linux.xml", "08:00:00", 0, 10, 0);
        Path mac = shard("mac.xml", "08:00:03", 0, 10, 10);
        Path later = shard("later.xml", "09:00:00", 10, 20, 0);

        // When
        ingest(null, linux, mac, later);

        // Then
        assertThat(publisher.all(SuiteRun.class))
                .extracting(run -> run.getTotals().getPassed())
                .containsExactly(10L, 0L, 10L);
    }

    @Test
    void tellsWhatTheAnalysisPutsAsideForItsTime() throws Exception {
        // Given
        Path future = lines("1.jsonl", line("a", "08:00", 1).replace("2025-", "2031-"), line("b", "08:00", 1));

        // When
        IngestSummary summary = ingest(null, future);

        // Then
        assertThat(summary.outcomes()).isEqualTo(2);
        assertThat(summary.putAside())
                .singleElement()
                .asString()
                .startsWith(future + ": 1 outcome ends more than 5 min in the future, first that of ")
                .endsWith("look at the clock that wrote it, or give the zone with --zone");
    }

    /** In the order of their names, the older of two outcomes of a test came last, and was put aside. */
    @Test
    void publishesTheOldestDayFirst() throws Exception {
        // Given
        Path newer = shard("1.xml", "08:00:00", 0, 10, 0);
        Path older = Files.writeString(
                folder.resolve("2.xml"), Files.readString(newer).replace("2025-01-01", "2024-12-25"));

        // When
        IngestSummary summary = ingest(null, newer, older);

        // Then
        assertThat(summary.putAside()).isEmpty();
        assertThat(publisher.all(TestOutcome.class))
                .extracting(TestOutcome::getEndedAt)
                .isSorted();
    }

    @Test
    void anOperatorMakesOneRunOfAllFiles() throws Exception {
        // Given
        Path early = shard("early.xml", "08:00:00", 0, 10, 2);
        Path later = shard("later.xml", "09:00:00", 10, 20, 2);

        // When
        ingest("build-42", early, later);

        // Then
        assertThat(publisher.all(SuiteRun.class)).singleElement().satisfies(run -> {
            assertThat(run.getSource()).isEqualTo("run:build-42");
            assertThat(run.getTotals().getPassed()).isEqualTo(16);
        });
    }

    @Test
    void aFileThatIsGivenTwiceCountsOnce() throws Exception {
        // Given
        Path first = shard("1.xml", "08:00:00", 0, 10, 2);
        Path copy = Files.copy(first, folder.resolve("copy.xml"));

        // When
        IngestSummary summary = ingest(null, first, copy);

        // Then
        assertThat(publisher.all(TestOutcome.class)).hasSize(10);
        assertThat(summary.warnings()).containsExactly(copy + ": has the content of " + first + " and counts once");
    }

    @Test
    void linesOfOneRunInTwoFilesHaveOneTotal() throws Exception {
        // Given
        Path first = lines("1.jsonl", line("a", "08:00", 7), line("b", "08:01", 7));
        Path second = lines("2.jsonl", line("c", "08:02", 7), line("a", "09:00", 8));

        // When
        ingest(null, first, second);

        // Then
        assertThat(publisher.all(SuiteRun.class))
                .extracting(run -> run.getRun() + ": " + run.getTotals().getPassed())
                .containsExactly("7: 3", "8: 1");
    }

    @Test
    void linesWithoutARunThatLookLikeManyAreTold() throws Exception {
        // Given
        Path again = lines("again.jsonl", line("a", "08:00", null), line("a", "08:01", null));
        Path far = lines("far.jsonl", line("a", "08:00", null), line("b", "18:00", null));
        Path fine = lines("fine.jsonl", line("a", "08:00", 1), line("a", "18:00", 2));

        // When
        List<String> warnings = ingest(null, again, far, fine).warnings();

        // Then
        assertThat(warnings)
                .containsExactly(
                        again + ": lines without 'run' count as one run, but name a test again 1 time; if they are of"
                                + " several runs, give each its 'run'",
                        far + ": lines without 'run' count as one run, but are from 2025-01-01T08:00:00Z to"
                                + " 2025-01-01T18:00:00Z; if they are of several runs, give each its 'run'");
    }

    private IngestSummary ingest(String run, Path... files) throws Exception {
        return new Ingest(IngestOptions.none(), run, publisher, NOW, progress -> {}).publish(List.of(files));
    }

    private Path shard(String name, String time, int from, int to, int failed) throws IOException {
        var xml = new StringBuilder("<testsuite name='checkout' time='10' timestamp='2025-01-01T" + time + "Z'>");
        for (int i = from; i < to; i++) {
            xml.append("<testcase classname='c' name='t").append(i).append("' time='1'>");
            xml.append(i < from + failed ? "<failure message='no total'/>" : "").append("</testcase>");
        }
        // A comment, so that no two files have the same content.
        return Files.writeString(folder.resolve(name), xml + "</testsuite><!-- " + name + " -->");
    }

    private Path lines(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String line(String test, String time, Integer run) {
        return "{\"suite\":\"s\",\"test\":\"" + test + "\",\"status\":\"PASSED\",\"endedAt\":\"2025-01-01T" + time
                + ":00Z\"" + (run == null ? "" : ",\"source\":\"ci\",\"run\":" + run) + "}";
    }
}
