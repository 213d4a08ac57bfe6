package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.agent.report.ReportedOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a report is held or read again, it says the same. */
final class HeldOutcomesTest {
    private static final long MEBI = 1 << 20;

    private static final List<String> REPORTS = List.of("""
            <testsuite name="s" timestamp="2025-09-11T08:00:00" time="9">
              <testcase name="passes" classname="Cart" time="1"/>
              <testcase name="fails" classname="Cart" time="2"><failure message="a" type="B">token=9f8e7d6c5b4a39281706</failure></testcase>
              <testcase name="flaky" classname="Cart"><flakyFailure message="x">y</flakyFailure></testcase>
              <testcase name="skips" classname="Cart" time="soon"><skipped/></testcase>
            </testsuite>
            """, """
            <testsuite name="s">
              <testcase name="one" time="1"/>
              <testcase name="two" time="2"><error message="TimeoutError: late"/></testcase>
              <properties><property name="service" value="shop"/></properties>
              <testcase name="three" time="3"/>
            </testsuite>
            """, """
            <testsuite name="s"><testcase name="one" time="1"/><testcase name="two"><failure>no</failure></testcase><testca""", """
            {"suite":"s","test":"t","status":"PASSED","startedAt":"2025-09-11T08:00:00Z","attempt":1,"tags":["a"]}
            {"suite":"s","test":"t","status":"FAILED","startedAt":"2025-09-11T08:00:01Z","attempt":2,"failureMessage":"no"}
            """);

    @TempDir
    private Path folder;

    private static final class Counted implements ReadingProgress {
        private long bytes;

        @Override
        public void reading(Path report) {}

        @Override
        public void handingOut(Path report) {}

        @Override
        public void done(long more) {
            bytes += more;
        }
    }

    private record Given(ReportedOutcome outcome, Instant start) {}

    @Test
    void heldOutcomesAreThoseOfAnotherReading() throws Exception {
        for (String text : REPORTS) {
            Path report = report(text);
            ReportFile again =
                    ReportFile.check(report, IngestOptions.none(), OutcomeRoom.none(), ReadingProgress.untold());
            var expected = new ArrayList<Given>();
            ReadReport said = again.forEach(
                    (outcome, start) -> expected.add(new Given(outcome, start)), ReadingProgress.untold());

            // One of them is too small for all, and is found out to be so on the way.
            for (long room : List.of(1L, 1_000L, MEBI)) {
                var counted = new Counted();
                ReportFile file = ReportFile.check(report, IngestOptions.none(), new OutcomeRoom(room), counted);
                for (int time = 0; time < 2; time++) {
                    var outcomes = new ArrayList<Given>();
                    assertThat(file.forEach((outcome, start) -> outcomes.add(new Given(outcome, start)), counted))
                            .isEqualTo(said);
                    assertThat(outcomes).as("%d bytes: %s", room, text).isEqualTo(expected);
                }
                // Read through once and handed out twice, whatever of it was held.
                assertThat(counted.bytes).isEqualTo(3 * Files.size(report));
                assertThat(file.expected().isAlone(expected.get(0).outcome()))
                        .isEqualTo(again.expected().isAlone(expected.get(0).outcome()));
            }
        }
    }

    @Test
    void reportsOfACallShareTheRoom() throws Exception {
        // Given
        Path report = report(REPORTS.get(0));
        var room = new OutcomeRoom(10_000);

        // When
        var free = new ArrayList<Long>();
        for (int i = 0; i < 10; i++) {
            ReportFile.check(report, IngestOptions.none(), room, ReadingProgress.untold());
            free.add(room.free());
        }

        // Then
        assertThat(free.get(0)).isLessThan(10_000);
        assertThat(free.get(9)).isNotNegative().isEqualTo(free.get(8));
    }

    @Test
    void aHeldReportNeedsItsFileNoMore() throws Exception {
        // Given
        Path report = report(REPORTS.get(0));
        ReportFile file =
                ReportFile.check(report, IngestOptions.none(), new OutcomeRoom(MEBI), ReadingProgress.untold());
        Files.delete(report);

        // When
        var outcomes = new ArrayList<ReportedOutcome>();
        file.forEach((outcome, start) -> outcomes.add(outcome), ReadingProgress.untold());

        // Then
        assertThat(outcomes).hasSize(4);
    }

    private Path report(String text) throws IOException {
        Path report = folder.resolve(text.startsWith("{") ? "report.jsonl" : "report.xml");
        Files.writeString(report, text);
        Files.setLastModifiedTime(report, FileTime.from(Instant.parse("2025-09-11T09:00:00Z")));
        return report;
    }
}
