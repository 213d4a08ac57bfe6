package dev.tripline.agent.report;

import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads JUnit XML as pytest, Surefire and their kin write it.
 *
 * <ul>
 *   <li>The root may be {@code <testsuites>} or {@code <testsuite>}; suites and cases may be nested; attributes may be absent.
 *       A document of another kind has no outcomes.
 *   <li>Every {@code <failure>} and {@code <error>} becomes part of an outcome. One that no case holds stands for its suite,
 *       and is named after it. A case without a name is named after its class; without a class it stands for its suite if it
 *       failed, and otherwise says nothing.
 *   <li>The suite of a case is the {@code suite} property, else the names of the {@code <testsuite>}s around it, outermost
 *       first, joined by {@code /}, without those that say nothing ({@code pytest}, or the path of a file), else the last part
 *       of {@code classname}.
 *   <li>The properties {@code environment}, {@code location}, {@code service}, {@code revision} and {@code suite} hold for the
 *       suite they stand in and the suites within. Those that stand behind a case of their suite hold for it from the second
 *       reading with the same {@link ReportContext} on.
 *   <li>A case begins at its own {@code timestamp}; else when those before it have taken their {@code time}, from the
 *       {@code timestamp} of the innermost suite that has one. Where that does not fit into the {@code time} of the suite, its
 *       cases ran side by side, and begin with it. Without a timestamp the report does not say when.
 *   <li>Times and durations that cannot be read, are before 2000 or later than the file count as not given, and are told.
 *   <li>{@code <error>} counts over {@code <failure>}, and both over {@code <skipped>}; of several of one kind the first
 *       describes the failure. A case without them whose {@code status} says that it did not run was skipped.
 *       {@code <flakyFailure>} and its kin tell of earlier attempts: a case that has them and passed
 *       is flaky.
 *   <li>Suites of one name that ran on several hosts ({@code hostname}, where Playwright says which browser it was) have
 *       different tests: all but the first have the host in front of their classes.
 * </ul>
 *
 * @see <a href="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd">Surefire's schema</a>
 * @see <a href="https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files">pytest: JUnit XML</a>
 */
public final class JunitXmlReader implements ReportReader {
    private static final int MOST_EARLIER_FAILURES = 10;
    private static final List<String> RETRIES = List.of("flakyFailure", "flakyError", "rerunFailure", "rerunError");

    /** Attributes in which cases of one name differ that are not attempts of one test. */
    private static final List<String> VARIANTS = List.of("file", "value_param", "type_param");

    private static final List<String> DID_NOT_RUN = List.of("disabled", "notrun", "skipped");

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        return new Reading(new XmlReading(report, context, listener), context).toTheEnd();
    }

    /** One report under way. */
    private static final class Reading {
        private final XmlReading reading;
        private final XmlEvents xml;
        private final ReportContext context;
        private final ReportTimes times;
        private final Deque<SuiteElement> suites = new ArrayDeque<>();

        private final Map<List<String>, String> hosts = new HashMap<>();

        private @Nullable String lastClass;
        private int suitesEntered;
        private long handedOut;

        Reading(XmlReading reading, ReportContext context) {
            this.reading = reading;
            this.xml = reading.xml();
            this.context = context;
            this.times = reading.times();
            suites.push(SuiteElement.outside(times.latest()));
        }

        /** Reads to the end of the document and says what it is. */
        String toTheEnd() throws BrokenReportException, IOException {
            String root = null;
            for (int event = xml.next(); event != XMLStreamConstants.END_DOCUMENT; event = xml.next()) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    boolean isRoot = root == null;
                    root = isRoot ? xml.element() : root;
                    if (isRoot && XmlDialect.isOther(xml.element())) {
                        xml.skip();
                    } else {
                        enter(isRoot);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT && isSuite(xml.element())) {
                    SuiteElement left = suites.pop();
                    suites.element().afterInner(left);
                }
            }
            return XmlDialect.describe(String.valueOf(root));
        }

        private void enter(boolean isRoot) throws BrokenReportException, IOException {
            switch (xml.element()) {
                case "testsuite", "testsuites" -> enterSuite();
                case "property" -> keepProperty(suites.element());
                case "testcase" -> readCase(suites.element(), null, 1);
                case "failure", "error" -> {
                    // In a document of an unknown kind these words may mean anything.
                    if (isRoot || suites.element().isElement()) {
                        readFailureOfSuite(suites.element());
                    }
                }
                default -> {}
            }
        }

        private void enterSuite() throws BrokenReportException {
            if (suites.size() > XmlReading.MOST_NESTED) {
                throw xml.broken("suites must not be nested deeper than " + XmlReading.MOST_NESTED);
            }
            suitesEntered++;
            SuiteElement suite = suites.element()
                    .inner(
                            xml.attribute("name"),
                            xml.element().equals("testsuite"),
                            context.late().of(suitesEntered),
                            times.time("timestamp", xml.attribute("timestamp"), xml.line()),
                            times.duration("time", xml.attribute("time"), xml.line()));
            suite.enteredAs(suitesEntered, handedOut);
            String host = xml.attribute("hostname");
            if (host != null && !host.equals(hosts.computeIfAbsent(suite.path(), path -> host))) {
                suite.onAnotherHost(host);
            }
            suites.push(suite);
        }

        private void keepProperty(SuiteElement suite) {
            String property = xml.attribute("name");
            String value = xml.attribute("value");
            if (property == null || value == null || !SuiteElement.PROPERTIES.contains(property)) {
                return;
            }
            suite.put(property, value.strip());
            if (handedOut > suite.handedOutBefore()) {
                context.late().put(suite.number(), property, value.strip());
            }
        }

        /** A failure that no case holds: the suite could not be loaded, set up or taken down. */
        private void readFailureOfSuite(SuiteElement suite) throws BrokenReportException, IOException {
            int line = xml.line();
            Finding finding = readFinding(
                    reading, xml.element().equals("error") ? Severity.ERROR : Severity.FAILURE, suite.ownName());
            handOut(draft(
                    line,
                    suite,
                    null,
                    suite.ownName(),
                    suite.start(),
                    suite.timeWithoutCases(),
                    finding,
                    null,
                    new Retries(false, List.of(), true, null)));
        }

        /**
         * Reads a case to its end, lets its time pass, and hands out what it says. Cases within are cases of their own.
         *
         * @param outerClass class of the case around it, for one without a class; null if there is none
         * @param depth 1 for a case in a suite
         */
        private void readCase(SuiteElement suite, @Nullable String outerClass, int depth)
                throws BrokenReportException, IOException {
            if (depth > XmlReading.MOST_NESTED) {
                throw xml.broken("test cases must not be nested deeper than " + XmlReading.MOST_NESTED);
            }
            int line = xml.line();
            String test = xml.attribute("name");
            String ownClass = once(xml.attribute("classname"));
            String classname = ownClass == null ? outerClass : ownClass;
            String time = xml.attribute("time");
            // Most cases have no other attributes, of which there are many to ask for.
            boolean hasOthers = xml.attributes() > count(test) + count(ownClass) + count(time);
            String status = hasOthers ? xml.attribute("status") : null;
            Duration duration = times.duration("time", time, line);
            Instant stamp = hasOthers ? times.time("timestamp", xml.attribute("timestamp"), line) : null;
            Instant startedAt = suite.startCase(stamp, duration == null ? Duration.ZERO : duration);

            SuiteElement within = null;
            Finding worst = null;
            String variant = hasOthers ? variant() : null;
            boolean retried = false;
            List<String> earlier = List.of();
            for (int open = 1; open > 0; ) {
                int event = xml.next();
                if (event == XMLStreamConstants.END_ELEMENT) {
                    open--;
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    String element = xml.element();
                    Severity severity = Severity.of(element);
                    if (element.equals("testcase")) {
                        within = within == null ? suite.withinCase(startedAt, duration) : within;
                        readCase(within, classname, depth + 1);
                    } else if (RETRIES.contains(element)) {
                        retried = true;
                        Finding other = readFinding(reading, Severity.FAILURE, test);
                        earlier = earlier.isEmpty() ? new ArrayList<>() : earlier;
                        if (other.failure() != null && earlier.size() < MOST_EARLIER_FAILURES) {
                            earlier.add(other.failure().summary());
                        }
                    } else if (severity == null || (severity == Severity.SKIPPED && open > 1)) {
                        open++;
                    } else {
                        Finding finding = readFinding(reading, severity, test);
                        worst = worst == null || severity.compareTo(worst.severity()) > 0 ? finding : worst;
                    }
                }
            }

            OutcomeStatus result = result(worst, status);
            boolean passed = result == OutcomeStatus.PASSED || result == OutcomeStatus.SKIPPED;
            if (test == null && classname == null && passed) {
                // Under the suite's name it would hide a failure that has no name either.
                return;
            }
            String named = test == null ? classname : test;
            boolean flaky = retried && result == OutcomeStatus.PASSED;
            var retries = new Retries(flaky, earlier, test == null && classname == null, variant);
            handOut(draft(line, suite, classname, named, startedAt, duration, worst, status, retries));
        }

        private static int count(@Nullable String attribute) {
            return attribute == null ? 0 : 1;
        }

        /** Cases of one class mostly stand together, and what is held of them holds its name once. */
        private @Nullable String once(@Nullable String classname) {
            if (classname != null && !classname.equals(lastClass)) {
                lastClass = classname;
            }
            return classname == null ? null : lastClass;
        }

        private @Nullable String variant() {
            String variant = null;
            for (String attribute : VARIANTS) {
                String value = xml.attribute(attribute);
                if (value != null) {
                    variant = variant == null ? value : variant + ", " + value;
                }
            }
            return variant;
        }

        private void handOut(OutcomeDraft draft) {
            handedOut++;
            reading.handOut(draft);
        }

        private OutcomeDraft draft(
                int line,
                SuiteElement suite,
                @Nullable String classname,
                @Nullable String test,
                @Nullable Instant startedAt,
                @Nullable Duration duration,
                @Nullable Finding worst,
                @Nullable String status,
                Retries retries) {
            return new OutcomeDraft(line)
                    .in(suite, classname)
                    .named(test)
                    .ended(result(worst, status), worst == null ? null : worst.failure())
                    .began(startedAt, duration)
                    .endedAt(times.endBeforeWritten(startedAt, duration))
                    .retried(retries.flaky(), retries.earlier())
                    .ofSuite(retries.ofSuite())
                    .variant(retries.variant());
        }
    }

    private static boolean isSuite(String element) {
        return element.equals("testsuite") || element.equals("testsuites");
    }

    /** Reads a child of a case to its end. */
    private static Finding readFinding(XmlReading reading, Severity severity, @Nullable String test)
            throws BrokenReportException, IOException {
        XmlEvents xml = reading.xml();
        if (!reading.readsFailures()) {
            xml.skip();
            return new Finding(severity, null);
        }
        String type = xml.attribute("type");
        String message = xml.attribute("message");
        var details = new BoundedText(ReportedFailure.DETAILS_BYTES);
        xml.readElement(details);
        String text = details.text();
        boolean silent = type == null && message == null && text.isBlank();
        return new Finding(
                severity,
                severity == Severity.SKIPPED || silent
                        ? null
                        : ReportedFailure.of(type, message, text, details.wasCut(), test));
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
        ERROR;

        /** Returns what a child of a case means; null if it says nothing about the result. */
        static @Nullable Severity of(String element) {
            return switch (element) {
                case "error" -> ERROR;
                case "failure" -> FAILURE;
                case "skipped" -> SKIPPED;
                default -> null;
            };
        }
    }

    /** What tells several outcomes of one name from attempts, or says that attempts came before. */
    private record Retries(
            boolean flaky,
            List<String> earlier,
            boolean ofSuite,
            @Nullable String variant) {}

    private record Finding(Severity severity, @Nullable ReportedFailure failure) {}
}
