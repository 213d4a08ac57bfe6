package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportPrefixTest {
    private static final int CUTS = 300;

    private static final List<String> GOLDEN = List.of(
            "nunit.xml",
            "xunit.xml",
            "vstest.trx",
            "open-test-events.xml",
            "open-test-hierarchy.xml",
            "tap14.tap",
            "perl.tap",
            "go-test.json");

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
                assertThat(expected.stream().map(ReportPrefixTest::told))
                        .as("%s, first %s bytes, seed %s", file, length, seed)
                        .containsAll(said.outcomes.stream()
                                .filter(outcome -> !tellsOfMissing(outcome))
                                .map(ReportPrefixTest::told)
                                .toList());
            }
        }
    }

    /** In lines no end is marked: what describes a failure may be cut off behind it, but not which test did what. */
    private static List<Object> told(ReportedOutcome outcome) {
        return Arrays.asList(
                outcome.line(),
                outcome.suite(),
                outcome.className(),
                outcome.test(),
                outcome.status(),
                outcome.startedAt());
    }

    /** A plan that more tests were to come of says of a report that is cut short what it is there for. */
    private static boolean tellsOfMissing(ReportedOutcome outcome) {
        ReportedFailure failure = outcome.failure();
        return outcome.ofSuite() && failure != null && failure.message().startsWith("planned ");
    }
}
