package dev.tripline.agent.report;

import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads JUnit XML as pytest, Surefire and their kin write it.
 *
 * <ul>
 *   <li>The root may be {@code <testsuites>} or {@code <testsuite>}; suites may be nested; attributes may be absent. A case
 *       without a name is none, and a document of another kind has no outcomes.
 *   <li>The suite of a case is the {@code suite} property, else the {@code name} of the innermost {@code <testsuite>}, unless
 *       it is {@code pytest}, which says nothing, else the last part of {@code classname}.
 *   <li>The properties {@code environment}, {@code location}, {@code service}, {@code revision} and {@code suite} hold for the
 *       suite they stand in and the suites within. They must stand before its first case.
 *   <li>A case begins when those before it have taken their {@code time}, from the {@code timestamp} of the innermost suite
 *       that has one (without an offset: UTC). Without a timestamp the report does not say when.
 *   <li>{@code <error>} counts over {@code <failure>}, and both over {@code <skipped>}; of several of one kind the first
 *       describes the failure. A case without them whose {@code status} says that it did not run was skipped.
 *       {@code <flakyFailure>} and {@code <flakyError>} mark a case that passed on a retry.
 * </ul>
 *
 * @see <a href="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd">Surefire's schema</a>
 * @see <a href="https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files">pytest: JUnit XML</a>
 */
public final class JunitXmlReader implements ReportReader {
    private static final int MOST_NESTED_SUITES = 100;
    private static final List<String> DID_NOT_RUN = List.of("disabled", "notrun", "skipped");

    @Override
    public void read(InputStream report, String name, Consumer<ReportedOutcome> outcomes)
            throws BrokenReportException, IOException {
        var xml = new XmlEvents(report, name);
        var suites = new ArrayDeque<SuiteElement>();
        suites.push(SuiteElement.outside());
        for (int event = xml.next(); event != XMLStreamConstants.END_DOCUMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.element()) {
                    case "testsuite", "testsuites" -> suites.push(enter(xml, suites));
                    case "property" -> keepProperty(xml, suites.element());
                    case "testcase" -> {
                        ReportedOutcome outcome = readCase(xml, suites.element());
                        if (outcome != null) {
                            outcomes.accept(outcome);
                        }
                    }
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (xml.element().equals("testsuite") || xml.element().equals("testsuites")) {
                    SuiteElement left = suites.pop();
                    suites.element().afterInner(left);
                }
            }
        }
    }

    private static SuiteElement enter(XmlEvents xml, ArrayDeque<SuiteElement> suites) throws BrokenReportException {
        if (suites.size() > MOST_NESTED_SUITES) {
            throw xml.broken("suites must not be nested deeper than " + MOST_NESTED_SUITES);
        }
        boolean isSuite = xml.element().equals("testsuite");
        String timestamp = isSuite ? xml.attribute("timestamp") : null;
        Instant begin = null;
        if (timestamp != null) {
            begin = ReportText.instant(timestamp)
                    .orElseThrow(() ->
                            xml.broken("timestamp: must be a time of ISO 8601 or RFC 1123, got '" + timestamp + "'"));
        }
        return suites.element().inner(isSuite ? xml.attribute("name") : null, begin);
    }

    private static void keepProperty(XmlEvents xml, SuiteElement suite) throws BrokenReportException {
        String property = xml.attribute("name");
        String value = xml.attribute("value");
        if (property == null || value == null || !SuiteElement.PROPERTIES.contains(property)) {
            return;
        }
        if (suite.hasCases()) {
            throw xml.broken("property '" + property + "' must stand before the first test case of its suite");
        }
        suite.put(property, value.strip());
    }

    /** Reads a case to its end, and lets its time pass; null if it has no name. */
    private static @Nullable ReportedOutcome readCase(XmlEvents xml, SuiteElement suite)
            throws BrokenReportException, IOException {
        int line = xml.line();
        String test = xml.attribute("name");
        String classname = xml.attribute("classname");
        String status = xml.attribute("status");
        Duration duration = duration(xml);

        Finding worst = null;
        boolean retried = false;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String element = xml.element();
                retried |= element.equals("flakyFailure") || element.equals("flakyError");
                Finding finding = readFinding(xml, element);
                if (finding != null && (worst == null || finding.severity().compareTo(worst.severity()) > 0)) {
                    worst = finding;
                }
            }
        }

        Instant startedAt = suite.startCase(duration == null ? Duration.ZERO : duration);
        OutcomeStatus result = result(worst, status);
        ReportedFailure failure = worst == null ? null : worst.failure();
        if (test == null) {
            return null;
        }
        return new ReportedOutcome(
                line,
                suite.nameFor(classname),
                test,
                result,
                startedAt,
                null,
                duration,
                failure,
                retried && result == OutcomeStatus.PASSED,
                suite.get("environment"),
                suite.get("location"),
                suite.get("service"),
                suite.get("revision"),
                null,
                null,
                null,
                List.of(),
                classname == null ? Map.of() : Map.of("classname", classname));
    }

    private static @Nullable Duration duration(XmlEvents xml) throws BrokenReportException {
        String time = xml.attribute("time");
        if (time == null) {
            return null;
        }
        return ReportText.seconds(time)
                .orElseThrow(() -> xml.broken("time: must be a number of seconds, got '" + time + "'"));
    }

    /** Reads a child of a case to its end; null if it says nothing about the result. */
    private static @Nullable Finding readFinding(XmlEvents xml, String element)
            throws BrokenReportException, IOException {
        Severity severity = switch (element) {
            case "error" -> Severity.ERROR;
            case "failure" -> Severity.FAILURE;
            case "skipped" -> Severity.SKIPPED;
            default -> null;
        };
        if (severity == null) {
            xml.readElement(new BoundedText(0));
            return null;
        }
        String type = xml.attribute("type");
        String message = xml.attribute("message");
        var details = new BoundedText(ReportedFailure.DETAILS_BYTES);
        xml.readElement(details);
        boolean silent = type == null && message == null && details.text().isBlank();
        return new Finding(
                severity,
                severity == Severity.SKIPPED || silent
                        ? null
                        : ReportedFailure.of(type, message, details.text(), details.wasCut()));
    }

    private static OutcomeStatus result(@Nullable Finding worst, @Nullable String status) {
        if (worst == null) {
            return status != null && DID_NOT_RUN.contains(status) ? OutcomeStatus.SKIPPED : OutcomeStatus.PASSED;
        }
        if (worst.failure() != null && worst.failure().isTimeout()) {
            return OutcomeStatus.TIMED_OUT;
        }
        return switch (worst.severity()) {
            case SKIPPED -> OutcomeStatus.SKIPPED;
            case FAILURE -> OutcomeStatus.FAILED;
            case ERROR -> OutcomeStatus.ERRORED;
        };
    }

    /** In order of what counts. */
    private enum Severity {
        SKIPPED,
        FAILURE,
        ERROR
    }

    private record Finding(Severity severity, @Nullable ReportedFailure failure) {}
}
