package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportPrefixTest {
    private static final int CUTS = 300;

    private static final List<String> GOLDEN = List.of("nunit.xml", "xunit.xml", "vstest.trx");

    /** What a report that is cut short gives, the whole one gives too: an outcome is told when all about it is known. */
    @Test
    void aReportCutShortGivesNothingThatTheWholeDoesNot() throws Exception {
        long seed = 20_250_911;
        var random = new SplittableRandom(seed);
        for (String file : GOLDEN) {
            byte[] whole = Golden.bytes(file);
            ReportReader reader = ReportFormat.of(Path.of("x"), whole).reader();
            List<ReportedOutcome> expected = Golden.read(reader, whole).outcomes;
            assertThat(expected).as(file).isNotEmpty();
            for (int i = 0; i < CUTS; i++) {
                int length = random.nextInt(whole.length);
                var said = new Said();
                try {
                    Golden.readInto(said, reader, Arrays.copyOf(whole, length));
                } catch (BrokenReportException e) {
                    assertThat(e)
                            .as("%s, first %s bytes, seed %s", file, length, seed)
                            .hasMessageStartingWith("report");
                }
                assertThat(expected)
                        .as("%s, first %s bytes, seed %s", file, length, seed)
                        .containsAll(said.outcomes);
            }
        }
    }
}
