package dev.tripline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {
    private static final String GOLDEN_PATH =
            Path.of("..", "examples", "golden-path").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void showsOneObjectForEachOutcomeWithoutKafka() {
        assertThat(run("ingest", "--dry-run", "--output", "json", GOLDEN_PATH)).isZero();
        assertThat(out.toString().lines())
                .hasSize(58)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"suite\":\"test_")
                        .contains("\"startedAt\":\"2025-09-1")
                        .contains("\"failureMessage\":")
                        .contains("\"environment\":\"staging\""));
    }

    @Test
    void warnsOfWhatItPassedOverAndSaysWhereAReportIsCutShort() throws Exception {
        // Given
        Path doubtful = Files.writeString(
                folder.resolve("a.xml"),
                "<testsuite name='s' timestamp='tbd'><testcase name='t' time='1.2ms'/></testsuite>");
        Path cut = Files.writeString(folder.resolve("b.xml"), "<testsuite name='s'><testcase name='u'/><testcase");

        // Then
        assertThat(run("ingest", "--dry-run", doubtful.toString())).isZero();
        assertThat(err.toString())
                .isEqualTo("tripline: warning: " + doubtful + ":1: timestamp 'tbd' is no time and counts as not given"
                        + System.lineSeparator());
        assertThat(run("ingest", "--dry-run", "--zone", "Europe/Berlin", cut.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains(" PASSED s t", " PASSED s u");
        assertThat(err.toString()).contains(cut + ":1:", "cut short: ", "; read up to there: 1 outcome");
        assertThat(run("ingest", "--dry-run", "--zone", "Nowhere", cut.toString()))
                .isEqualTo(2);
    }

    /** The name of a test, and that of a file, wrote lines of their own and commands for the terminal. */
    @Test
    void namesFromStrangersForgeNoLineAndMoveNoCursor() throws Exception {
        // Given
        Files.writeString(
                folder.resolve("a.xml"),
                "<testsuite name='s'><testcase name='t&#13;&#10;2026-01-01 ERROR forged&#x9b;2K&#x202e;'/></testsuite>");
        Files.writeString(folder.resolve("b\nERROR forged\u001b[2K.xml"), "<oops");

        // When
        run("ingest", "--dry-run", folder.toString());

        // Then
        assertThat(out.toString().lines()).hasSize(1);
        assertThat(err.toString().lines()).isNotEmpty().allMatch(line -> line.startsWith("tripline: "));
        assertThat(out.toString() + err).contains("\\n").doesNotContainPattern("[\u001b\u009b\u202e\r]");
    }

    /** Scripts hand over what they have: branches, links with tokens, names of files made from commands. */
    @Test
    void publishesNoSecretOfOptionsAndFileNames() throws Exception {
        // Given
        String token = "ghp_" + "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs01234567";
        String report = Files.writeString(
                        folder.resolve("TEST-run " + token + ".xml"), "<testsuite><testcase name='t'/></testsuite>")
                .toString();

        // When
        run(
                "ingest",
                "--dry-run",
                "--output=json",
                "--environment=e " + token,
                "--location=l " + token,
                "--service=s " + token,
                "--revision=r " + token,
                report);
        run("ingest", "--dry-run", "--output=json", "--suite=suite " + token, report);

        // Then
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString())
                .contains(
                        "\"e <masked:github>\"",
                        "\"l <masked:github>\"",
                        "\"s <masked:github>\"",
                        "\"r <masked:github>\"",
                        "\"run <masked:github>\"",
                        "\"suite <masked:github>\"")
                .doesNotContain(token);
    }

    @Test
    void asksForTheRunThatACallIsAPartOf() throws Exception {
        String report = Files.writeString(folder.resolve("a.xml"), "<testsuite><testcase name='t'/></testsuite>")
                .toString();

        assertThat(run("ingest", "--dry-run", "--more", report)).isEqualTo(2);
        assertThat(run("ingest", "--dry-run", "--expect", "20", report)).isEqualTo(2);
        assertThat(run("ingest", "--dry-run", "--run", "7", "--expect", "0", report))
                .isEqualTo(2);
        assertThat(run("ingest", "--dry-run", "--run", "7", "--expect", "20", "--more", report))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--more: needs --run",
                        "--expect: needs --run",
                        "--expect: must be a number of tests, at least 1, got '0'",
                        "--more: must not be given with --expect");
        assertThat(run("ingest", "--dry-run", "--run", "7", "--expect", "20", report))
                .isZero();
    }

    @Test
    void namesABrokenFileAndGoesOn() throws Exception {
        // Given
        Files.writeString(folder.resolve("a.xml"), "<testsuite>\n<oops");
        Files.writeString(folder.resolve("b.xml"), "<testsuite name='s'><testcase name='t'/></testsuite>");

        // When
        int code = run("ingest", "--dry-run", folder.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).endsWith(" PASSED s t" + System.lineSeparator());
        assertThat(err.toString()).startsWith("tripline: " + folder.resolve("a.xml") + ":2:");
    }

    @Test
    void failsWhereNothingWasReadUnlessThatIsAllowed() throws Exception {
        // Given
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path nunit = Files.writeString(folder.resolve("nunit.xml"), "<test-run/>");
        Path text = Files.writeString(folder.resolve("text.xml"), "nothing of the kind");
        Path good = Files.writeString(folder.resolve("b.xml"), "<testsuite name='s'><testcase name='t'/></testsuite>");

        // Then
        for (Path path : List.of(empty, nunit, text, folder.resolve("nothing-*.xml"))) {
            assertThat(run("ingest", "--dry-run", good.toString(), path.toString()))
                    .as(path.toString())
                    .isEqualTo(1);
            assertThat(run("ingest", "--dry-run", "--allow-empty", path.toString()))
                    .as(path.toString())
                    .isZero();
        }
        assertThat(err.toString())
                .contains(
                        "tripline: " + empty + ": no reports (*.xml, *.trx, *.tap, *.json, *.jsonl)",
                        "tripline: " + nunit + ": NUnit 3, root <test-run>, no test cases",
                        "tripline: " + text + ":1:1: not XML: ",
                        "tripline: " + folder.resolve("nothing-*.xml") + ": no reports");
    }

    @Test
    void readsAFileWhateverItIsCalledAndAsTheFormatThatIsNamed() throws Exception {
        // Given
        Path log = Files.writeString(
                folder.resolve("results"),
                "<test-run><test-suite type='TestFixture' fullname='N.C'><test-case name='t' classname='N.C' result='Passed'/>"
                        + "</test-suite></test-run>");
        Path text = Files.writeString(folder.resolve("a.log"), "all is well");

        // Then
        assertThat(run("ingest", "--dry-run", log.toString())).isZero();
        assertThat(out.toString()).endsWith(" PASSED N.C t" + System.lineSeparator());
        assertThat(run("ingest", "--dry-run", folder.resolve("*.log").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains(text + ": no known format, it looks like text; known are junit, nunit,");
        assertThat(run("ingest", "--dry-run", "--format", "trx", log.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains(log + ": NUnit 3, root <test-run>");
        assertThat(run("ingest", "--dry-run", "--format", "tarx", log.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--format: must be one of junit, nunit,", ", got 'tarx'");
        assertThat(run("ingest", "--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("Format of all reports: junit, nunit,");
    }

    @Test
    void judgesShardsAsOneRun() throws Exception {
        // Given
        for (int shard = 0; shard < 2; shard++) {
            var xml = new StringBuilder("<testsuite name='checkout' time='2' timestamp='2025-01-01T08:00:00Z'>");
            for (int i = 0; i < 10; i++) {
                xml.append("<testcase name='t").append(shard).append(i).append("' time='0.1'>");
                xml.append(i < 2 ? "<failure message='no total'/></testcase>" : "</testcase>");
            }
            Files.writeString(folder.resolve(shard + ".xml"), xml + "</testsuite>");
        }

        // Then
        assertThat(run("backtest", "--reports", folder.toString())).isZero();
        assertThat(out.toString()).contains("checkout  16 of 20 80 %");
    }

    @Test
    void masksWhatAnExpressionOfTheCallFinds() throws Exception {
        Path report = Files.writeString(folder.resolve("a.xml"), """
                <testsuite name='s' timestamp='2026-01-01T00:00:00Z'>
                  <testcase name='logs in as crew member 0817' time='1'><failure message='crew member 0817 is away'>
                  at crew member 0817</failure></testcase></testsuite>
                """);

        int code = run("ingest", "--dry-run", "--output", "json", "--mask", "crew member (\\d{4})", report.toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("logs in as crew member <masked:custom>")
                .doesNotContain("0817");
    }

    @Test
    void refusesExpressionsThatCannotMask() {
        assertThat(run("ingest", "--dry-run", "--mask", "a", "--mask", "(b", "."))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--mask[1]: must be an RE2 expression: missing closing ), got '(b'");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(run("ingest")).isEqualTo(2);
        assertThat(run("ingest", "--dry-run", folder.resolve("nothing").toString()))
                .isEqualTo(2);
        assertThat(run("ingest", "--dry-run", "--started-at", "soon", GOLDEN_PATH))
                .isEqualTo(2);
        assertThat(run("deployment", "--environment", "e")).isEqualTo(2);
        assertThat(run("deployment", "--file", "x", "--service", "s")).isEqualTo(2);
        assertThat(run("agent")).isEqualTo(2);
        assertThat(err.toString()).contains("--service: is required without --file, got nothing");
    }

    @Test
    void namesTheLineOfAWrongDeployment() throws Exception {
        Path file = Files.writeString(folder.resolve("d.jsonl"), "{\"environment\":\"e\"}\n");

        assertThat(run("deployment", "--file", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("d.jsonl:1: deployedAt: is required");
    }

    private int run(String... args) {
        return Tripline.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
