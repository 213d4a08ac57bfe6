package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tripline.events.OutcomeStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

class JunitXmlReaderTest {
    private final JunitXmlReader reader = new JunitXmlReader();

    @Test
    void readsAReportOfPytest() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuites name="pytest tests">
                  <testsuite name="pytest" timestamp="2025-09-10T08:02:00-07:00">
                    <properties><property name="environment" value="staging"/><property name="revision" value="r1"/></properties>
                    <testcase classname="tests.e2e.test_login" name="test_a" time="0.604"/>
                    <testcase classname="tests.e2e.test_login" name="test_b" time="1,234.5">
                      <failure message="websockets.exceptions.NegotiationError: no subprotocols supported">trace &amp; more</failure>
                    </testcase>
                    <testcase classname="tests.e2e.test_login" name="test_c">
                      <failure message="TimeoutError: no message within 10 s"/>
                    </testcase>
                  </testsuite>
                </testsuites>
                """);

        // Then
        assertThat(outcomes)
                .extracting(ReportedOutcome::suite, ReportedOutcome::test, ReportedOutcome::status)
                .containsExactly(
                        tuple("test_login", "test_a", OutcomeStatus.PASSED),
                        tuple("test_login", "test_b", OutcomeStatus.FAILED),
                        tuple("test_login", "test_c", OutcomeStatus.TIMED_OUT));
        assertThat(outcomes)
                .extracting(ReportedOutcome::startedAt)
                .containsExactly(
                        Instant.parse("2025-09-10T15:02:00Z"),
                        Instant.parse("2025-09-10T15:02:00.604Z"),
                        Instant.parse("2025-09-10T15:22:35.104Z"));
        assertThat(outcomes.get(1).duration()).isEqualTo(Duration.ofMillis(1_234_500));
        assertThat(outcomes.get(2).duration()).isNull();
        assertThat(outcomes.get(1).failure())
                .isEqualTo(new ReportedFailure(
                        "websockets.exceptions.NegotiationError", "no subprotocols supported", "trace & more", false));
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.environment()).isEqualTo("staging");
            assertThat(outcome.revision()).isEqualTo("r1");
            assertThat(outcome.service()).isNull();
        });
    }

    @Test
    void readsAReportOfSurefireWithARetriedTest() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuite name="dev.example.LoginTest" time="0.2" tests="2">
                  <testcase name="works" classname="dev.example.LoginTest" time="0.1">
                    <flakyFailure type="java.lang.AssertionError" message="once"><stackTrace>at x</stackTrace></flakyFailure>
                  </testcase>
                  <testcase name="breaks" classname="dev.example.LoginTest" time="0.1">
                    <error type="java.lang.IllegalStateException">java.lang.IllegalStateException: gone
                        at dev.example</error>
                    <system-out><![CDATA[<error/>]]></system-out>
                  </testcase>
                </testsuite>
                """);

        // Then
        assertThat(outcomes).extracting(ReportedOutcome::suite).containsOnly("dev.example.LoginTest");
        assertThat(outcomes).extracting(ReportedOutcome::flaky).containsExactly(true, false);
        assertThat(outcomes).extracting(ReportedOutcome::startedAt).containsOnlyNulls();
        assertThat(outcomes.get(1).status()).isEqualTo(OutcomeStatus.ERRORED);
        assertThat(outcomes.get(1).failure().message()).isEqualTo("gone");
    }

    @Test
    void timesNestedSuitesOneAfterTheOther() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuite name="all" timestamp="2025-01-01T00:00:00">
                  <testsuite name="one"><testcase name="a" time="1"/></testsuite>
                  <testsuite name="two" timestamp="2025-01-01T00:00:10"><testcase name="b" time="2"/></testsuite>
                  <testcase name="c" time="1"/>
                </testsuite>
                """);

        // Then
        assertThat(outcomes).extracting(ReportedOutcome::suite).containsExactly("all/one", "all/two", "all");
        assertThat(outcomes)
                .extracting(ReportedOutcome::startedAt)
                .containsExactly(
                        Instant.parse("2025-01-01T00:00:00Z"),
                        Instant.parse("2025-01-01T00:00:10Z"),
                        Instant.parse("2025-01-01T00:00:12Z"));
    }

    @Test
    void tellsNestedSuitesOfOneNameApart() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuite name="/builds/42/phpunit.xml">
                  <testsuite name="linux"><testsuite name="login"><testcase name="a"/></testsuite></testsuite>
                  <testsuite name="mac">
                    <testsuite name="login"><testcase name="a"><failure/></testcase></testsuite>
                    <testsuite name="pytest"><testcase name="b" classname="tests.test_b"/></testsuite>
                  </testsuite>
                </testsuite>
                """);

        // Then
        assertThat(outcomes)
                .extracting(ReportedOutcome::suite, ReportedOutcome::className, ReportedOutcome::test)
                .containsExactly(
                        tuple("linux/login", null, "a"),
                        tuple("mac/login", null, "a"),
                        tuple("mac", "tests.test_b", "b"));
        assertThat(outcomes.get(1).suitesAround()).containsExactly("mac", "login");
    }

    @Test
    void letsAFailureOutsideOfCasesStandForItsSuite() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuites name="browser tests">
                  <testsuite name="basket" timestamp="2025-01-01T00:00:00Z">
                    <properties><property name="environment" value="staging"/></properties>
                    <error type="SetupError" message="no browser"/>
                  </testsuite>
                  <testsuite name="stock">
                    <testcase name="counts"/>
                    <failure message="could not be taken down"/>
                  </testsuite>
                  <testsuite><failure message="of a suite without a name"/></testsuite>
                  <error message="of the whole"/>
                </testsuites>
                """);

        // Then
        assertThat(outcomes)
                .extracting(ReportedOutcome::suite, ReportedOutcome::test, ReportedOutcome::status)
                .containsExactly(
                        tuple("basket", "basket", OutcomeStatus.ERRORED),
                        tuple("stock", "counts", OutcomeStatus.PASSED),
                        tuple("stock", "stock", OutcomeStatus.FAILED),
                        tuple(null, null, OutcomeStatus.FAILED),
                        tuple(null, "browser tests", OutcomeStatus.ERRORED));
        assertThat(outcomes.get(0).startedAt()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(outcomes.get(0).environment()).isEqualTo("staging");
        assertThat(outcomes.get(0).failure()).isEqualTo(new ReportedFailure("SetupError", "no browser", null, false));
        assertThat(read("<error message='x'/>"))
                .extracting(ReportedOutcome::test, ReportedOutcome::status)
                .containsExactly(tuple(null, OutcomeStatus.ERRORED));
        assertThat(read("<unknown><error/></unknown>")).isEmpty();
    }

    @Test
    void namesACaseWithoutANameAfterItsClassOrItsSuite() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuite name="s">
                  <testcase name="" classname="shop.BasketTest"><error message="setup"/></testcase>
                  <testcase name=" " classname="shop.StockTest"/>
                  <testcase><failure message="nobody knows where"/></testcase>
                  <testcase/>
                </testsuite>
                """);

        // Then
        assertThat(outcomes)
                .extracting(ReportedOutcome::suite, ReportedOutcome::test, ReportedOutcome::status)
                .containsExactly(
                        tuple("s", "shop.BasketTest", OutcomeStatus.ERRORED),
                        tuple("s", "shop.StockTest", OutcomeStatus.PASSED),
                        tuple("s", null, OutcomeStatus.FAILED));
    }

    @Test
    void readsCasesWithinCases() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuite name="s" timestamp="2025-01-01T00:00:00Z">
                  <testcase name="outer" classname="c" time="3">
                    <testcase name="first" time="1"/>
                    <steps><testcase name="second" classname="d" time="1"><failure message="m"/></testcase></steps>
                    <system-err><error message="deep down"/></system-err>
                  </testcase>
                  <testcase name="after" classname="c"/>
                </testsuite>
                """);

        // Then
        assertThat(outcomes)
                .extracting(
                        ReportedOutcome::suite,
                        ReportedOutcome::test,
                        ReportedOutcome::status,
                        ReportedOutcome::className,
                        ReportedOutcome::startedAt)
                .containsExactly(
                        tuple("s", "first", OutcomeStatus.PASSED, "c", Instant.parse("2025-01-01T00:00:00Z")),
                        tuple("s", "second", OutcomeStatus.FAILED, "d", Instant.parse("2025-01-01T00:00:01Z")),
                        tuple("s", "outer", OutcomeStatus.ERRORED, "c", Instant.parse("2025-01-01T00:00:00Z")),
                        tuple("s", "after", OutcomeStatus.PASSED, "c", Instant.parse("2025-01-01T00:00:03Z")));
    }

    /** As many failures and errors as a DOM finds are told, wherever they stand. */
    @Test
    void losesNoFailureWhereverItStands() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var xml = new StringBuilder();
            int failures = addRandomElements(xml, random, 0);

            // When
            List<ReportedOutcome> outcomes = read("<testsuites>" + xml + "</testsuites>");

            // Then
            assertThat(outcomes.stream()
                            .filter(outcome -> outcome.status() != OutcomeStatus.PASSED)
                            .count())
                    .as("seed %d: %s", seed, xml)
                    .isEqualTo(failures);
        }
    }

    /** Adds elements, in each case at most one failure; returns how many failures were added. */
    private static int addRandomElements(StringBuilder xml, SplittableRandom random, int depth) {
        int failures = 0;
        for (int i = random.nextInt(4); i > 0 && depth < 5; i--) {
            String element = List.of("testsuite", "testcase", "failure", "error", "steps")
                    .get(random.nextInt(5));
            String name = List.of("", " name=''", " name='n'", " classname='c'").get(random.nextInt(4));
            xml.append('<').append(element).append(name).append('>');
            if (element.equals("failure") || element.equals("error")) {
                failures++;
            } else if (element.equals("testcase") && random.nextBoolean()) {
                failures++;
                xml.append("<failure/>");
            } else if (!element.equals("testcase")) {
                failures += addRandomElements(xml, random, depth + 1);
            }
            xml.append("</").append(element).append('>');
        }
        return failures;
    }

    @Test
    void saysWhatAFileWithoutCasesIs() throws Exception {
        assertThat(contents("<test-run><test-case><failure><message>m</message></failure></test-case></test-run>"))
                .isEqualTo("NUnit 3, root <test-run>");
        assertThat(contents("<assemblies><assembly><error/></assembly></assemblies>"))
                .isEqualTo("xUnit.net, root <assemblies>");
        assertThat(contents("<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'/>"))
                .isEqualTo("TRX (Visual Studio), root <TestRun>");
        assertThat(contents("<suites/>")).isEqualTo("no JUnit XML, root <suites>");
        assertThat(contents("<testsuites><testsuite tests='3'/></testsuites>")).isEqualTo("no test cases");
        for (String nothing : List.of("", " \n", "plain text", "{\"json\":1}", "\uFEFFtext")) {
            assertThatThrownBy(() -> read(nothing))
                    .as(nothing)
                    .isInstanceOfSatisfying(
                            BrokenReportException.class,
                            e -> assertThat(e.fault()).isEqualTo(BrokenReportException.Fault.OTHER_FORMAT))
                    .hasMessageContaining("not XML: ");
        }
    }

    private String contents(String document) throws BrokenReportException, IOException {
        var said = new Said();
        String contents = reader.read(new ByteArrayInputStream(document.getBytes(UTF_8)), context(null), said);
        assertThat(said.outcomes).isEmpty();
        return contents;
    }

    @Test
    void believesACasesOwnTimeAndInheritsThatOfTheRoot() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuites timestamp="2025-01-01T00:00:00Z" time="100">
                  <testsuite name="one" time="10"><testcase name="a" time="4"/><testcase name="b" time="6"/></testsuite>
                  <testsuite name="two" time="20">
                    <testcase name="c" time="9" timestamp="2025-01-01T00:01:00Z"/>
                    <testcase name="d" time="1" timestamp="1970-01-01T00:01:00Z"/>
                  </testsuite>
                </testsuites>
                """);

        // Then
        assertThat(outcomes)
                .extracting(ReportedOutcome::startedAt)
                .containsExactly(
                        Instant.parse("2025-01-01T00:00:00Z"),
                        Instant.parse("2025-01-01T00:00:04Z"),
                        Instant.parse("2025-01-01T00:01:00Z"),
                        Instant.parse("2025-01-01T00:00:10Z"));
    }

    @Test
    void letsCasesBeginWithTheirSuiteThatTookLongerThanIt() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("""
                <testsuite name="s" timestamp="2025-01-01T00:00:00Z" time="60.0">
                  <testcase name="a" time="50"/><testcase name="b" time="40"/><testcase name="c" time="5"/>
                  <testsuite name="inner" time="30"><testcase name="d" time="20"/><testcase name="e" time="10.1"/></testsuite>
                </testsuite>
                """);
        List<ReportedOutcome> rounded = read("""
                <testsuite name="s" timestamp="2025-01-01T00:00:00Z" time="0.3">
                  <testcase name="a" time="0.1504"/><testcase name="b" time="0.1504"/>
                </testsuite>
                """);

        // Then
        assertThat(outcomes)
                .extracting(outcome -> Duration.between(Instant.parse("2025-01-01T00:00:00Z"), outcome.startedAt())
                        .toSeconds())
                .containsExactly(0L, 0L, 0L, 0L, 20L);
        assertThat(rounded.get(1).startedAt()).isEqualTo(Instant.parse("2025-01-01T00:00:00.150400Z"));
    }

    @Test
    void letsNothingHappenAfterTheReportWasWritten() throws Exception {
        // Given
        Instant written = Instant.parse("2025-01-01T00:10:00Z");
        String report = """
                <testsuites>
                  <testsuite name="s" timestamp="2025-01-01T00:00:00Z">
                    <testcase name="a" time="500"/><testcase name="b" time="400"/><testcase name="c" time="7000"/>
                  </testsuite>
                  <testsuite name="ahead" timestamp="2025-01-01T02:00:00"><testcase name="d"/></testsuite>
                </testsuites>
                """;

        // When
        Said said = read(report.getBytes(UTF_8), context(written));

        // Then
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        assertThat(said.outcomes)
                .extracting(ReportedOutcome::startedAt, ReportedOutcome::endedAt)
                .containsExactly(tuple(start, null), tuple(start, null), tuple(start, written), tuple(null, null));
        assertThat(said.passedOver)
                .containsExactly(new PassedOver(5, "timestamp", PassedOver.Reason.TOO_LATE, "2025-01-01T02:00:00"));
    }

    @Test
    void namesThePlaceOfWhatIsBroken() {
        assertThatThrownBy(() -> read("<testsuite>\n<testcase name='a'>\n</testsuite>"))
                .isInstanceOf(BrokenReportException.class)
                .hasMessageStartingWith("report.xml:3:")
                .hasMessageContaining("not well-formed XML");
        assertThatThrownBy(() -> read("")).isInstanceOf(BrokenReportException.class);
    }

    @Test
    void refusesHostileDocuments() {
        String laughs =
                "<!DOCTYPE t [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><testsuite><testcase name='&b;'/></testsuite>";
        String outside =
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite><testcase>&x;</testcase></testsuite>";
        String outsideDtd = "<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite/>";
        for (String document : List.of(
                laughs,
                outside,
                outsideDtd,
                "<testsuite>".repeat(100_000),
                "<testsuite><testcase name='" + "x".repeat(40 << 20) + "'/></testsuite>")) {
            assertThatThrownBy(() -> read(document))
                    .as(document.substring(0, Math.min(80, document.length())))
                    .isInstanceOf(BrokenReportException.class);
        }
    }

    /** Newer JDKs refuse more than 200 attributes and 100 levels by themselves. */
    @Test
    void readsTheSameReportsOnEveryJdk() throws Exception {
        String attributes =
                IntStream.range(0, 1_000).mapToObj(i -> " a" + i + "='1'").collect(Collectors.joining());
        String report = "<testsuite name='s'>" + "<x>".repeat(500) + "</x>".repeat(500) + "<testcase name='t'"
                + attributes + "/></testsuite>";

        assertThat(read(report)).extracting(ReportedOutcome::test).containsExactly("t");
    }

    @Test
    void cutsLongTextsAtTheirLimits() throws Exception {
        // When
        List<ReportedOutcome> outcomes = read("<testsuite><testcase name='a'><failure message='" + "é".repeat(20_000)
                + "'>" + "€".repeat(200_000) + "</failure></testcase></testsuite>");

        // Then
        ReportedFailure failure = outcomes.get(0).failure();
        assertThat(failure.message().getBytes(UTF_8)).hasSize(16 * 1024);
        assertThat(failure.details().getBytes(UTF_8).length).isBetween(64 * 1024 - 3, 64 * 1024);
        assertThat(failure.truncated()).isTrue();
    }

    @Test
    void countsWhatAnotherParserCounts() throws Exception {
        // Given
        String data = System.getProperty("tripline.evaluation-data", "");
        assumeTrue(!data.isEmpty(), "no tripline.evaluation-data given");
        Path folder = Path.of(data, "junit");

        List<String> rows = Files.readAllLines(folder.resolve("expected.csv"));
        assertThat(rows).hasSizeGreaterThan(20);
        for (String row : rows.subList(1, rows.size())) {
            // When
            String[] expected = row.split(",", -1);
            if (expected[0].equals("no-attributes.xml")) {
                // The other parser passes over a failure that has no name.
                expected[2] = "1";
                expected[3] = "1";
            }
            String counts;
            try {
                List<ReportedOutcome> outcomes = read(Files.readAllBytes(folder.resolve(expected[0])));
                counts = count(outcomes, OutcomeStatus.PASSED)
                        + "," + (count(outcomes, OutcomeStatus.FAILED) + count(outcomes, OutcomeStatus.TIMED_OUT))
                        + "," + count(outcomes, OutcomeStatus.ERRORED) + "," + count(outcomes, OutcomeStatus.SKIPPED);
            } catch (BrokenReportException e) {
                counts = ",,,";
            }

            // Then
            assertThat(expected[0] + "," + counts).isEqualTo(String.join(",", expected));
        }
    }

    /** The JDK's DOM parser decides what is well-formed and which cases there are, but for bytes that are no characters. */
    @Test
    void agreesWithADomOnReportsThatWereCutOrDamaged() throws Exception {
        for (long seed = 0; seed < 400; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            byte[] document = damage(randomReport(random), random);
            List<String> expected =
                    casesByDom(new String(document, UTF_8).replace("\0", "").getBytes(UTF_8));

            // When
            List<String> found;
            try {
                found = read(document).stream()
                        .map(outcome -> outcome.test() + " " + outcome.status())
                        .toList();
            } catch (BrokenReportException e) {
                found = null;
            }

            // Then
            assertThat(found)
                    .as("seed %d: %s", seed, new String(document, UTF_8))
                    .isEqualTo(expected);
        }
    }

    private static String randomReport(SplittableRandom random) {
        var xml = new StringBuilder("<testsuites>");
        for (int suite = random.nextInt(4); suite > 0; suite--) {
            xml.append("<testsuite name=\"s").append(suite).append("\">");
            for (int test = random.nextInt(6); test > 0; test--) {
                xml.append("<testcase name=\"t&lt;").append(random.nextInt(100)).append("é\">");
                String kind =
                        List.of("", "failure", "error", "skipped", "system-out").get(random.nextInt(5));
                if (!kind.isEmpty()) {
                    xml.append('<')
                            .append(kind)
                            .append("><![CDATA[<x>]]>a&amp;b</")
                            .append(kind)
                            .append('>');
                }
                xml.append("</testcase>\n");
            }
            xml.append("</testsuite>");
        }
        return xml.append("</testsuites>").toString();
    }

    private static byte[] damage(String xml, SplittableRandom random) {
        byte[] bytes = xml.getBytes(UTF_8);
        return switch (random.nextInt(3)) {
            case 0 -> bytes;
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> {
                bytes[random.nextInt(bytes.length)] = (byte) "<>&\"/a\0".charAt(random.nextInt(7));
                yield bytes;
            }
        };
    }

    private static List<String> casesByDom(byte[] document) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        NodeList cases;
        try {
            cases = builder.parse(new ByteArrayInputStream(document)).getElementsByTagName("testcase");
        } catch (SAXException | IOException e) {
            return null;
        }
        var found = new ArrayList<String>();
        for (int i = 0; i < cases.getLength(); i++) {
            var element = (Element) cases.item(i);
            String status = element.getElementsByTagName("error").getLength() > 0
                    ? "ERRORED"
                    : element.getElementsByTagName("failure").getLength() > 0
                            ? "FAILED"
                            : element.getElementsByTagName("skipped").getLength() > 0 ? "SKIPPED" : "PASSED";
            boolean named = !element.getAttribute("name").isBlank();
            if (named || status.equals("ERRORED") || status.equals("FAILED")) {
                found.add((named ? element.getAttribute("name") : null) + " " + status);
            }
        }
        return found;
    }

    private static long count(List<ReportedOutcome> outcomes, OutcomeStatus status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** Most cases have a few attributes only, and are not asked for others. */
    @Test
    void readsAttributesWhicheverThereAre() throws Exception {
        for (long seed = 0; seed < 500; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var attributes = new ArrayList<>(List.of(
                    "name='t'",
                    "classname='C'",
                    "time='1'",
                    "status='notrun'",
                    "timestamp='2025-09-10T15:02:00Z'",
                    "file='f'",
                    "type_param=' '",
                    "assertions='1'"));
            Collections.shuffle(attributes, new Random(seed));
            attributes.removeIf(attribute -> random.nextBoolean());
            String written = String.join(" ", attributes);

            // When
            List<ReportedOutcome> outcomes =
                    read("<testsuite name='s'><testcase " + written + "/><testcase name='last'/></testsuite>");

            // Then
            boolean isNamed = written.contains("name=");
            assertThat(outcomes).as("seed %d: %s", seed, written).hasSize(isNamed ? 2 : 1);
            if (isNamed) {
                ReportedOutcome outcome = outcomes.get(0);
                assertThat(outcome.status())
                        .as("seed %d: %s", seed, written)
                        .isEqualTo(written.contains("status") ? OutcomeStatus.SKIPPED : OutcomeStatus.PASSED);
                assertThat(outcome.startedAt() != null)
                        .as("seed %d: %s", seed, written)
                        .isEqualTo(written.contains("timestamp"));
                assertThat(outcome.variant())
                        .as("seed %d: %s", seed, written)
                        .isEqualTo(written.contains("file") ? "f" : null);
                assertThat(outcome.duration() != null)
                        .as("seed %d: %s", seed, written)
                        .isEqualTo(written.contains("time="));
            }
        }
    }

    private List<ReportedOutcome> read(String document) throws BrokenReportException, IOException {
        return read(document.getBytes(UTF_8));
    }

    private List<ReportedOutcome> read(byte[] document) throws BrokenReportException, IOException {
        return read(document, context(null)).outcomes;
    }

    private Said read(byte[] document, ReportContext context) throws BrokenReportException, IOException {
        var said = new Said();
        reader.read(new ByteArrayInputStream(document), context, said);
        return said;
    }

    private static ReportContext context(Instant written) {
        return new ReportContext("report.xml", written, ZoneOffset.UTC, false);
    }
}
