package dev.tripline.agent.report;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for bytes with which a reader does not do what {@link ReportRobustness} promises. Runs in the profile {@code fuzz} only, as
 * {@code CONTRIBUTING.md} says: its agent rewrites classes as they are loaded. What it finds it lays into the folder
 * {@code ReportFuzzTestInputs}, and {@link ReportRobustnessTest} tries it in each build.
 */
final class ReportFuzzTest {
    private static final String SEEDS = "dev.tripline.agent.report.ReportRobustness#";

    @MethodSource(SEEDS + "junit")
    @FuzzTest
    void junit(byte[] report) throws Exception {
        ReportRobustness.JUNIT.holdsFor(report);
    }

    @MethodSource(SEEDS + "nunit")
    @FuzzTest
    void nunit(byte[] report) throws Exception {
        ReportRobustness.NUNIT.holdsFor(report);
    }

    @MethodSource(SEEDS + "xunit")
    @FuzzTest
    void xunit(byte[] report) throws Exception {
        ReportRobustness.XUNIT.holdsFor(report);
    }

    @MethodSource(SEEDS + "trx")
    @FuzzTest
    void trx(byte[] report) throws Exception {
        ReportRobustness.TRX.holdsFor(report);
    }

    @MethodSource(SEEDS + "openTestReporting")
    @FuzzTest
    void openTestReporting(byte[] report) throws Exception {
        ReportRobustness.OPEN_TEST_REPORTING.holdsFor(report);
    }

    @MethodSource(SEEDS + "tap")
    @FuzzTest
    void tap(byte[] report) throws Exception {
        ReportRobustness.TAP.holdsFor(report);
    }

    @MethodSource(SEEDS + "goTest")
    @FuzzTest
    void goTest(byte[] report) throws Exception {
        ReportRobustness.GO_TEST.holdsFor(report);
    }

    @MethodSource(SEEDS + "jsonLines")
    @FuzzTest
    void jsonLines(byte[] report) throws Exception {
        ReportRobustness.JSON_LINES.holdsFor(report);
    }

    @MethodSource(SEEDS + "recognition")
    @FuzzTest
    void recognition(byte[] report) throws Exception {
        ReportRobustness.RECOGNITION.holdsFor(report);
    }
}
