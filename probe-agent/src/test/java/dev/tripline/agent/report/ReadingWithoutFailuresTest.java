package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Shortcuts of reading tell the same as the long way. */
class ReadingWithoutFailuresTest {
    private static final String REPORT = """
            <testsuite name="shop" timestamp="2025-09-11T08:00:00Z" time="9">
              <testcase name="passes" classname="Cart" time="1"/>
              <testcase name="fails" classname="Cart" time="2"><failure message="a" type="B">c<d/>e</failure></testcase>
              <testcase><error/></testcase>
              <testcase><skipped/></testcase>
              <testcase name="flaky" classname="Cart"><flakyFailure message="x">y</flakyFailure></testcase>
              <error message="not taken down">z</error>
              <testcase name="last" classname="Cart" time="soon"/>
            </testsuite>
            """;

    @Test
    void handsOutTheSameOutcomesButForHowTheyFailed() throws Exception {
        List<ReportedOutcome> all = read(true);
        List<ReportedOutcome> without = read(false);

        assertThat(all).extracting(ReportedOutcome::failure).anyMatch(failure -> failure != null);
        assertThat(without).extracting(ReportedOutcome::failure).containsOnlyNulls();
        assertThat(without)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("failure", "earlierFailures")
                .isEqualTo(all)
                .hasSize(6);
    }

    @Test
    void plainNumbersAreReadAsExactlyAsAllOthers() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var number = new BigDecimal(random.nextLong(1_000_000_000_000L)).movePointLeft(random.nextInt(3, 12));
            String text = number.toPlainString();

            assertThat(ReportText.duration(text))
                    .as("seed %d: %s", seed, text)
                    .contains(Duration.ofNanos(number.movePointRight(9)
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact()));
        }
    }

    private static List<ReportedOutcome> read(boolean readsFailures) throws Exception {
        var outcomes = new ArrayList<ReportedOutcome>();
        var context = new ReportContext("report.xml", null, ZoneOffset.UTC, false);
        new JunitXmlReader()
                .read(new ByteArrayInputStream(REPORT.getBytes(StandardCharsets.UTF_8)), context, new ReportListener() {
                    @Override
                    public void outcome(ReportedOutcome outcome) {
                        outcomes.add(outcome);
                    }

                    @Override
                    public void passedOver(PassedOver detail) {}

                    @Override
                    public boolean readsFailures() {
                        return readsFailures;
                    }
                });
        return outcomes;
    }
}
