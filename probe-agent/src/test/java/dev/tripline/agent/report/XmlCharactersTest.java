package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.agent.report.PassedOver.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class XmlCharactersTest {
    private static final String REPORT = """
            <testsuite name="s">
            <testcase name="a"><failure message="%s"/></testcase>
            <testcase name="b"/>
            </testsuite>
            """;

    /** The reader must not depend on how many bytes come at a time. */
    @Test
    void replacesWhatXmlForbidsWhereverTheBytesAreParted() throws Exception {
        // Given
        var random = new SplittableRandom(16);
        Map<String, String> texts = Map.of(
                "a\u001bb\u0001c", "a\uFFFDb\uFFFDc",
                "a\0\0b", "ab",
                "\uFFFEx\uFFFF", "\uFFFDx\uFFFD",
                "\t\n\r\u0085\uD83D\uDE00é", "\t\n\r\u0085\uD83D\uDE00é",
                "&#x1b;&#27;&#0;&#x0000000001;&#xD800;&#xFFFE;&#1114112;&#99999999999;", "\uFFFD".repeat(8),
                "&#9;&#xA;&#13;&#x1F600;&amp;&#;&#x;&x1b;&#1b;", "&#9;&#xA;&#13;&#x1F600;&amp;&#;&#x;&x1b;&#1b;",
                "<![CDATA[&#x1b;\u001b]]>&#x1b;", "<![CDATA[&#x1b;\uFFFD]]>\uFFFD",
                "<!--&#0;--->&#0;<!-->&#1;-->", "<!--&#0;--->\uFFFD<!-->&#1;-->",
                "<?p &#0;?>&#0;", "<?p &#0;?>\uFFFD",
                "&#00000000000000000000000000000000000000001;", "&#00000000000000000000000000000000000000001;");

        // Then
        for (Map.Entry<String, String> each : texts.entrySet()) {
            for (int pieces = 0; pieces < 50; pieces++) {
                var in = new Dribbling(each.getKey().getBytes(UTF_8), random);
                assertThat(read(in, new ArrayList<>())).as(each.getKey()).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void replacesEachCharacterThatItsVersionOfXmlForbids() throws Exception {
        for (String version : List.of("1.0", "1.1")) {
            // Given
            String head = "<?xml version='" + version + "'?>";
            var given = new StringBuilder(head);
            var expected = new StringBuilder(head);
            for (int c = 1; c <= Character.MAX_VALUE; c++) {
                if (!Character.isSurrogate((char) c) && "&<>".indexOf(c) < 0) {
                    given.append("abcde", 0, c % 5).append((char) c);
                    boolean isControl = c < ' ' && "\t\n\r".indexOf(c) < 0;
                    boolean isControlOf11 = version.equals("1.1") && c >= 0x7F && c <= 0x9F && c != 0x85;
                    boolean isForbidden = isControl || isControlOf11 || c >= 0xFFFE;
                    expected.append("abcde", 0, c % 5).append(isForbidden ? '\uFFFD' : (char) c);
                }
            }

            // When
            String text = read(new ByteArrayInputStream(given.toString().getBytes(UTF_8)), new ArrayList<>());

            // Then
            assertThat(text).as(version).isEqualTo(expected.toString());
        }
    }

    @Test
    void cleansDocumentsThatAreLongerThanItsBuffers() throws Exception {
        // Given
        String piece = "<a b='&#27;é\u0002'/><![CDATA[&#1;]]>\n";
        String clean = "<a b='\uFFFDé\uFFFD'/><![CDATA[&#1;]]>\n";
        var told = new ArrayList<PassedOver>();

        // When
        String text = read(new ByteArrayInputStream(piece.repeat(20_000).getBytes(UTF_8)), told);

        // Then
        assertThat(text.equals(clean.repeat(20_000))).isTrue();
        assertThat(told).hasSize(40_000);
        assertThat(told.get(39_999).line()).isEqualTo(20_000);
    }

    @Test
    void readsTheCasesAroundAControlCharacter() throws Exception {
        for (String said : List.of("x\u001b[31my", "x&#x1b;[31my", "x&#0;y", "x\bY", "\uFFFF")) {
            // When
            Said report = Golden.read(new JunitXmlReader(), REPORT.formatted(said));

            // Then
            assertThat(report.outcomes).extracting(ReportedOutcome::test).containsExactly("a", "b");
            assertThat(report.outcomes).extracting(ReportedOutcome::line).containsExactly(2, 3);
            assertThat(report.passedOver)
                    .extracting(PassedOver::line, PassedOver::field, PassedOver::reason)
                    .containsExactly(tuple(2, "character", Reason.NO_CHARACTER));
        }
    }

    @Test
    void readsBytesThatAreNoUtf8() throws Exception {
        // When
        Said report = Golden.read(
                new JunitXmlReader(), REPORT.formatted("caf\u00e9 \u00ff").getBytes(ISO_8859_1));

        // Then
        assertThat(report.outcomes.get(0).failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("caf\uFFFD \uFFFD"));
        assertThat(report.passedOver)
                .containsExactly(
                        new PassedOver(2, "byte", Reason.NO_CHARACTER, "0xe9"),
                        new PassedOver(2, "byte", Reason.NO_CHARACTER, "0xff"));
    }

    @Test
    void readsAReportWhoseEndASystemFilledWithZeros() throws Exception {
        assertThat(Golden.read(new JunitXmlReader(), REPORT.formatted("x") + "\0".repeat(4096)).outcomes)
                .hasSize(2);
    }

    @Test
    void knowsTheEncodingByMarkDeclarationOrBytes() throws Exception {
        String declared = "<?xml version='1.0' encoding='%s'?>\n" + REPORT.formatted("é€");
        Map<String, byte[]> documents = Map.of(
                "UTF-8 with mark", ("\uFEFF" + declared.formatted("UTF-8")).getBytes(UTF_8),
                "UTF-16 big-endian with mark", ("\uFEFF" + declared.formatted("UTF-16")).getBytes(UTF_16BE),
                "UTF-16 little-endian with mark", ("\uFEFF" + declared.formatted("utf-16")).getBytes(UTF_16LE),
                "UTF-16 without mark", declared.formatted("UTF-16LE").getBytes(UTF_16LE),
                "UTF-16 without declaration", REPORT.formatted("é€").getBytes(UTF_16BE),
                "a declaration of what the bytes are not",
                        declared.formatted("utf-16").getBytes(UTF_8),
                "windows-1252", declared.formatted("windows-1252").getBytes(Charset.forName("windows-1252")),
                "ISO-8859-15", declared.formatted("ISO-8859-15").getBytes(Charset.forName("ISO-8859-15")));
        for (Map.Entry<String, byte[]> each : documents.entrySet()) {
            Said report = Golden.read(new JunitXmlReader(), each.getValue());
            assertThat(report.outcomes.get(0).failure())
                    .as(each.getKey())
                    .isNotNull()
                    .satisfies(failure -> assertThat(failure.message()).isEqualTo("é€"));
            assertThat(report.passedOver).as(each.getKey()).isEmpty();
        }
    }

    @Test
    void takesAnUnknownEncodingForUtf8() throws Exception {
        for (String encoding : List.of("utf8mb4", "?", "")) {
            Said report = Golden.read(
                    new JunitXmlReader(),
                    "<?xml version='1.0' encoding='" + encoding + "'?>\n" + REPORT.formatted("é"));
            assertThat(report.outcomes).hasSize(2);
            assertThat(report.passedOver).containsExactly(new PassedOver(1, "encoding", Reason.NO_ENCODING, encoding));
        }
    }

    /** What the parser prints by itself would stand between the lines of {@code ingest}. */
    @Test
    void printsNothingToStandardError() throws Exception {
        // Given
        PrintStream before = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));

        // When
        try {
            for (String document :
                    List.of("<a", "<a>\u00ff", "<a>&b;</a>", "<!DOCTYPE a><a/>", "x", "<a b='1' b='2'/>")) {
                try {
                    Golden.read(new JunitXmlReader(), document.getBytes(ISO_8859_1));
                } catch (BrokenReportException e) {
                    assertThat(e).hasMessageStartingWith("report:1:");
                }
            }
        } finally {
            System.setErr(before);
        }

        // Then
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void readsLinesOfTapAndGoThatAreNoUtf8() throws Exception {
        // When
        Said tap = Golden.read(new TapReader(), "1..1\n# caf\u00e9\nok 1 - \u00ff\n".getBytes(ISO_8859_1));
        Said go = Golden.read(
                new GoTestReader(),
                "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"T\u00ff\"}\n{\"Action\":\"pass\",\"Package\":\"p\"}\n"
                        .getBytes(ISO_8859_1));

        // Then
        assertThat(tap.outcomes).extracting(ReportedOutcome::test).containsExactly("\uFFFD");
        assertThat(tap.passedOver).extracting(PassedOver::line).containsExactly(2, 3);
        assertThat(go.outcomes).extracting(ReportedOutcome::test).containsExactly("T\uFFFD");
    }

    private static String read(InputStream in, List<PassedOver> told) throws IOException {
        var text = new StringWriter();
        try (var characters = new XmlCharacters(in, told::add)) {
            characters.transferTo(text);
        }
        return text.toString();
    }

    /** Gives one to three bytes at a time. */
    private static final class Dribbling extends InputStream {
        private final ByteArrayInputStream bytes;
        private final SplittableRandom random;

        Dribbling(byte[] bytes, SplittableRandom random) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(3)));
        }
    }
}
