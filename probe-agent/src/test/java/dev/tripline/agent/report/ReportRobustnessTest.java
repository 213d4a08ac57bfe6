package dev.tripline.agent.report;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tries whole reports, reports that end at any place, and what fuzzing found. */
final class ReportRobustnessTest {
    private static final int CUTS = 50;

    @TestFactory
    Stream<DynamicTest> readersAreRobust() {
        return Stream.of(ReportRobustness.values())
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    for (byte[] report : each.seeds().toList()) {
                        each.holdsFor(report);
                        for (int cut = 0; cut < CUTS; cut++) {
                            each.holdsFor(Arrays.copyOf(report, (int) ((long) report.length * cut / CUTS)));
                        }
                    }
                }));
    }
}
