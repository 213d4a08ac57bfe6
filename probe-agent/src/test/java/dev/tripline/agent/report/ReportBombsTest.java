package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reports that are small, or cost nothing to make, and want much memory or time: each is refused where it does. */
final class ReportBombsTest {
    private static final int MEBI = 1 << 20;

    /** The outermost element of each format, and one that holds others of its kind or anything. */
    private static final Map<ReportFormat, List<String>> XML = Map.of(
            ReportFormat.JUNIT, List.of("testsuites", "testsuite"),
            ReportFormat.NUNIT, List.of("test-run", "test-suite"),
            ReportFormat.XUNIT, List.of("assemblies", "traits"),
            ReportFormat.TRX, List.of("TestRun", "Results"),
            ReportFormat.OPEN_TEST_REPORTING, List.of("execution", "child"));

    private record Bomb(ReportFormat format, String name, InputStream report, String refusal) {}

    @TestFactory
    Stream<DynamicTest> bombsAreRefusedWithTheirPlace() {
        var bombs = new ArrayList<Bomb>();
        XML.forEach((format, elements) -> bombs.addAll(xml(format, elements.get(0), elements.get(1))));
        bombs.addAll(jsonAndTap());
        return bombs.stream()
                .map(bomb -> DynamicTest.dynamicTest(bomb.format() + " " + bomb.name(), () -> {
                    // When
                    var refused =
                            catchThrowableOfType(BrokenReportException.class, () -> read(bomb.format(), bomb.report()));

                    // Then
                    assertThat(refused).isNotNull();
                    assertThat(refused.getMessage())
                            .matches("(?s)report:[1-9]\\d*(:[1-9]\\d*)?: .*")
                            .contains(bomb.refusal());
                    assertThat(refused.getMessage().length()).isLessThan(1_000);
                }));
    }

    private static List<Bomb> xml(ReportFormat format, String root, String inner) {
        String open = "<" + root + ">\n";
        return List.of(
                new Bomb(
                        format,
                        "entities that double",
                        text("<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c" + " '&b;&b;'>]>\n" + open
                                + "&c;"),
                        "document type declarations and entities are not read"),
                new Bomb(
                        format,
                        "entity from outside",
                        text("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n" + open + "&x;"),
                        "document type declarations and entities are not read"),
                new Bomb(format, "entity that nobody declared", text(open + "&lol;"), "lol"),
                new Bomb(
                        format,
                        "nesting of its own elements",
                        repeated(open, "<" + inner + ">", 2_000_000),
                        "nested deeper than"),
                new Bomb(format, "nesting of others", repeated(open, "<x>", 2_000_000), "nested deeper than"),
                new Bomb(
                        format,
                        "long attribute",
                        repeated(open + "<" + inner + " name='", "x".repeat(MEBI), 17),
                        "must be shorter than"),
                new Bomb(format, "many attributes", attributes(open + "<" + inner), "attributes"),
                new Bomb(
                        format, "long name", repeated(open + "<", "x".repeat(MEBI), 17), "exceeds the \"1,000\" limit"),
                new Bomb(format, "long comment", repeated(open + "<!--", "x".repeat(MEBI), 17), "must be shorter than"),
                new Bomb(
                        format,
                        "long instruction",
                        repeated(open + "<?x ", "x".repeat(MEBI), 17),
                        "must be shorter than"),
                new Bomb(
                        format,
                        "long declaration of a type",
                        repeated("<!DOCTYPE r [", "<!ELEMENT r ANY>", 3 * MEBI),
                        ""),
                new Bomb(format, "text without end", repeated(open + "<x>", "x".repeat(MEBI), 20), "cut short"));
    }

    private static List<Bomb> jsonAndTap() {
        String json = "{\"suite\":\"s\",\"test\":\"t\",\"status\":\"PASSED\",\"startedAt\":\"2025-09-11T08:00:00Z\",";
        String go = "{\"Action\":\"pass\",\"Package\":\"p\",";
        return List.of(
                new Bomb(ReportFormat.JSON_LINES, "nesting", repeated(json + "\"tags\":", "[", 2 * MEBI), ""),
                new Bomb(
                        ReportFormat.JSON_LINES,
                        "long line",
                        repeated(json + "\"tags\":[\"", "x".repeat(MEBI), 17),
                        "a line must be shorter than"),
                new Bomb(
                        ReportFormat.JSON_LINES, "long number", text(json + "\"run\":" + "9".repeat(MEBI) + "}\n"), ""),
                new Bomb(
                        ReportFormat.JSON_LINES,
                        "number with a large exponent",
                        text(json + "\"run\":1e999999999}\n"),
                        "run"),
                new Bomb(ReportFormat.GO_TEST, "nesting", repeated(go + "\"Output\":", "[", 2 * MEBI), ""),
                new Bomb(
                        ReportFormat.GO_TEST,
                        "long line",
                        repeated(go + "\"Output\":\"", "x".repeat(MEBI), 17),
                        "a line must be shorter than"),
                new Bomb(ReportFormat.TAP, "nesting", text(" ".repeat(4_000) + "ok 1 - a\n"), "nested deeper than"),
                new Bomb(
                        ReportFormat.TAP,
                        "long line",
                        repeated("1..1\nok 1 - ", "x".repeat(MEBI), 17),
                        "a line must be shorter than"),
                new Bomb(
                        ReportFormat.TAP,
                        "tests that wait for their parent",
                        repeated("", "    ok - a\n", 20_000),
                        "must have fewer than"));
    }

    private static InputStream attributes(String before) {
        var attributes = new StringBuilder(before);
        for (int i = 0; i < 100_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        return text(attributes.append("/>").toString());
    }

    private static InputStream repeated(String before, String again, int times) {
        return new Repeated(before.getBytes(UTF_8), again.getBytes(UTF_8), times);
    }

    private static ByteArrayInputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static void read(ReportFormat format, InputStream report) throws Exception {
        format.reader().read(report, new ReportContext("report", null, ZoneOffset.UTC, true), new Said());
    }

    /** Makes a text as it is read, so that the test needs no more memory than the reader. */
    private static final class Repeated extends InputStream {
        private final byte[] before;
        private final byte[] again;
        private final long length;
        private long position;

        Repeated(byte[] before, byte[] again, long times) {
            this.before = before;
            this.again = again;
            this.length = before.length + times * again.length;
        }

        @Override
        public int read() {
            if (position >= length) {
                return -1;
            }
            byte next = position < before.length
                    ? before[(int) position]
                    : again[(int) ((position - before.length) % again.length)];
            position++;
            return next & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (position >= length) {
                return count > 0 ? -1 : 0;
            }
            byte[] source = position < before.length ? before : again;
            int from = (int) (position < before.length ? position : (position - before.length) % again.length);
            int read = Math.min(count, source.length - from);
            System.arraycopy(source, from, target, offset, read);
            position += read;
            return read;
        }
    }
}
