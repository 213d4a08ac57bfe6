package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportFormatTest {
    private static final Path LOG = Path.of("build.log");

    @Test
    void recognisesAReportByItsContentWhateverItIsCalled() throws Exception {
        // Given
        Map<String, ReportFormat> formats = new LinkedHashMap<>();
        formats.put("<testsuite/>", ReportFormat.JUNIT);
        formats.put("\uFEFF<?xml version='1.0'?>\n<!-- c -->\n<testsuites", ReportFormat.JUNIT);
        formats.put("<failure message='m'/>", ReportFormat.JUNIT);
        formats.put("<html/>", ReportFormat.JUNIT);
        formats.put("<?xml version='1.0'?><test-run id='2'>", ReportFormat.NUNIT);
        formats.put("<assemblies>", ReportFormat.XUNIT);
        formats.put("\n<assembly name='x'>", ReportFormat.XUNIT);
        formats.put("<t:TestRun xmlns:t='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'>", ReportFormat.TRX);
        formats.put(
                "{\"suite\":\"s\",\"test\":\"t\",\"x\":{\"y\":[1]},\"status\":\"PASSED\"}\n{", ReportFormat.JSON_LINES);
        formats.put(
                "{\"test\":\"t\",\"suite\":\"s\",\"status\":\"FAILED\",\"failureDetails\":\"cut",
                ReportFormat.JSON_LINES);

        formats.put("<e:events xmlns:e='https://schemas.opentest4j.org/x'>", ReportFormat.OPEN_TEST_REPORTING);
        formats.put("<h:execution xmlns:h='x'>", ReportFormat.OPEN_TEST_REPORTING);
        formats.put("TAP version 14\n1..2\n", ReportFormat.TAP);
        formats.put("# made by prove\r\n1..2\r\n", ReportFormat.TAP);
        formats.put("hello from setup\nnot ok 1 - a", ReportFormat.TAP);
        formats.put("{\"Time\":\"t\",\"Action\":\"start\",\"Package\":\"p\"}", ReportFormat.GO_TEST);
        formats.put("# p\np.go:1:1: syntax error\n{\"Action\":\"fail\",\"Package\":\"p\"}", ReportFormat.GO_TEST);
        formats.put("{\"ImportPath\":\"p\",\"Action\":\"build-fail\"}", ReportFormat.GO_TEST);

        // Then
        for (Map.Entry<String, ReportFormat> each : formats.entrySet()) {
            assertThat(ReportFormat.of(LOG, each.getKey().getBytes(UTF_8)))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        assertThat(ReportFormat.of(LOG, "<test-run/>".getBytes(UTF_16))).isEqualTo(ReportFormat.NUNIT);
    }

    @Test
    void goesByTheEndingWhereTheContentSaysNothing() throws Exception {
        assertThat(ReportFormat.of(Path.of("A.XML"), bytes("plain text"))).isEqualTo(ReportFormat.JUNIT);
        assertThat(ReportFormat.of(Path.of("a.trx"), bytes(""))).isEqualTo(ReportFormat.TRX);
        assertThat(ReportFormat.of(Path.of("a.jsonl"), bytes("{\"suit\":1}"))).isEqualTo(ReportFormat.JSON_LINES);
        assertThat(ReportFormat.of(Path.of("a.tap"), bytes("ok"))).isEqualTo(ReportFormat.TAP);
        assertThatThrownBy(() -> ReportFormat.of(Path.of("package.json"), bytes("{\"name\": 1}")))
                .hasMessageContaining("JSON with the field 'name'");
        assertThat(ReportFormat.of(Path.of("a.xml"), bytes("<test-run/>"))).isEqualTo(ReportFormat.NUNIT);
    }

    @Test
    void saysWhatContentOfNoKnownFormatLooksLike() {
        Map<String, String> looks = Map.of(
                "", "nothing: it is empty",
                "PK\u0003\u0004", "a ZIP archive",
                "\u001f\u008b\b", "gzip",
                "[1,2]", "JSON",
                "{\"name\": 1}", "JSON with the field 'name'",
                "a\0b", "binary data",
                "all is well", "text");
        looks.forEach((content, look) -> assertThatThrownBy(() -> ReportFormat.of(LOG, content.getBytes(ISO_8859_1)))
                .isInstanceOfSatisfying(
                        BrokenReportException.class,
                        e -> assertThat(e.fault()).isEqualTo(BrokenReportException.Fault.OTHER_FORMAT))
                .hasMessageStartingWith("build.log: no known format, it looks like " + look + "; known are junit, "));
    }

    @Test
    void hasANameForEachFormat() {
        assertThat(ReportFormat.words()).contains("junit", "nunit", "xunit", "trx", "json-lines");
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(ReportFormat.ofWord(format.word())).contains(format);
        }
        assertThat(ReportFormat.ofWord("JUNIT")).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
