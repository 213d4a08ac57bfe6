package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int backtest(Path... reports) {
        var arguments = new java.util.ArrayList<String>();
        arguments.add("backtest");
        for (Path report : reports) {
            arguments.add("--reports");
            arguments.add(report.toString());
        }
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Tripline.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void printsNoEmptyHeadingsWhereNothingCouldBeRead() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.xml"), "<testsuite");

        assertThat(backtest(broken)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("broken.xml", "no outcome was read, so there is nothing to decide");
    }

    @Test
    void takesAFormatForReportsButNotForOutcomes() throws Exception {
        Path good = Files.writeString(
                folder.resolve("good"), "<test-run><test-case name='t' classname='C' result='Failed'/></test-run>");

        assertThat(execute("backtest", "--reports", good.toString(), "--format", "nunit"))
                .isZero();
        assertThat(execute("backtest", "--outcomes", good.toString(), "--format", "nunit"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--format: is about --reports");
    }

    @Test
    void namesWhatHoldsNoReportAndDecidesFromTheRest() throws Exception {
        Path good = Files.writeString(
                folder.resolve("good.xml"),
                "<testsuite name='s' timestamp='2026-01-01T00:00:00Z'><testcase name='t' time='1'/></testsuite>");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(backtest(good, empty)).isEqualTo(1);
        assertThat(out.toString()).contains("Last run of each suite", "1 of 1");
        assertThat(err.toString()).contains(empty + ": no reports");
    }
}
