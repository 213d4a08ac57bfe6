package dev.tripline.agent.report;

import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the results of NUnit 3 and 4, {@code <test-run>}.
 *
 * <ul>
 *   <li>A {@code <test-case>} is an outcome. Its class is {@code classname}, its name {@code name} with the arguments of a
 *       parameterised test, its suite the full name of the fixture around it; suites of namespaces and assemblies say nothing.
 *   <li>{@code result} and {@code label} give the status: {@code Error}, {@code Cancelled} and {@code Invalid} are errors, a
 *       warning has passed, {@code Ignored} and {@code Explicit} are skipped. Without a {@code <failure>} the first failed
 *       {@code <assertion>} describes the failure.
 *   <li>A {@code <failure>} of a suite is an outcome that stands for it, unless it only repeats those within ({@code site}
 *       {@code Child}) or around it ({@code Parent}). A suite that could not be run at all gives its {@code <reason>}.
 *   <li>The properties that JUnit reports may give of a suite, such as {@code environment}, hold here too.
 * </ul>
 *
 * @see <a href="https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html">Test Result XML
 *     Format</a>
 */
public final class NunitReader implements ReportReader {
    private static final Set<String> ROOTS = Set.of("test-run");
    private static final Set<String> REPEATING_SITES = Set.of("Child", "Parent");

    /** What a suite says whose children failed, in versions that give no site. */
    private static final String CHILDREN_FAILED = "One or more child tests had ";

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        var reading = new XmlReading(report, context, listener);
        if (reading.beginsWith(ROOTS)) {
            new Reading(reading).readSuite(SuiteElement.outside(reading.times().latest()), null);
        }
        return reading.toTheEnd();
    }

    /** One report under way. */
    private static final class Reading {
        private final XmlReading reading;
        private final XmlEvents xml;

        Reading(XmlReading reading) {
            this.reading = reading;
            this.xml = reading.xml();
        }

        /**
         * Reads a suite, or the run, to its end.
         *
         * @param assemblyAround what tells the assembly around it from others; null if there is none
         */
        void readSuite(SuiteElement outer, @Nullable String assemblyAround) throws BrokenReportException, IOException {
            reading.enter("suites");
            int line = xml.line();
            String type = xml.attribute("type");
            boolean isFixture = "TestFixture".equals(type);
            String fullName = xml.attribute("fullname");
            String name = xml.attribute("name");
            String assembly =
                    "Assembly".equals(type) ? DotNetTexts.assembly(fullName == null ? name : fullName) : assemblyAround;
            Verdict verdict = Verdict.of(xml);
            SuiteElement suite = outer.inner(
                    isFixture && fullName != null ? fullName : name,
                    isFixture,
                    Map.of(),
                    reading.time("start-time"),
                    reading.duration("duration"));
            boolean told = REPEATING_SITES.contains(verdict.site());
            String reason = null;
            while (xml.nextChild()) {
                switch (xml.element()) {
                    case "test-suite" -> readSuite(suite, assembly);
                    case "test-case" -> readCase(suite, assembly);
                    case "properties" -> readProperties(suite);
                    case "failure" -> {
                        ReportedFailure failure = DotNetTexts.readFailure(reading, null, "message", "stack-trace");
                        if (!told && !repeatsChildren(failure)) {
                            handOutSuite(line, suite, assembly, verdict, failure);
                        }
                        told = true;
                    }
                    case "reason" -> reason = readReason();
                    default -> xml.skip();
                }
            }
            if (!told && verdict.couldNotRun()) {
                handOutSuite(line, suite, assembly, verdict, DotNetTexts.failure(null, reason, null, false));
            }
            outer.afterInner(suite);
            reading.leave();
        }

        private static boolean repeatsChildren(@Nullable ReportedFailure failure) {
            return failure != null && failure.message().startsWith(CHILDREN_FAILED);
        }

        private void handOutSuite(
                int line,
                SuiteElement suite,
                @Nullable String assembly,
                Verdict verdict,
                @Nullable ReportedFailure failure) {
            reading.handOut(new OutcomeDraft(line)
                    .in(suite, null)
                    .named(suite.ownName())
                    .ended(verdict.isError() ? OutcomeStatus.ERRORED : OutcomeStatus.FAILED, failure)
                    .began(suite.start(), suite.timeWithoutCases())
                    .ofSuite(true)
                    .variant(assembly));
        }

        private void readCase(SuiteElement suite, @Nullable String assembly) throws BrokenReportException, IOException {
            int line = xml.line();
            String classname = xml.attribute("classname");
            String name = xml.attribute("name");
            String fullName = xml.attribute("fullname");
            Verdict verdict = Verdict.of(xml);
            Instant stamp = reading.time("start-time");
            Duration duration = reading.duration(xml.attribute("duration") == null ? "time" : "duration");
            ReportedFailure failure = null;
            ReportedFailure assertion = null;
            while (xml.nextChild()) {
                switch (xml.element()) {
                    case "failure" -> failure = DotNetTexts.readFailure(reading, null, "message", "stack-trace");
                    case "assertions" -> assertion = readAssertions();
                    default -> xml.skip();
                }
            }
            ReportedFailure worst = failure == null ? assertion : failure;
            OutcomeStatus status = verdict.status(reading, line, worst);
            boolean says = status != OutcomeStatus.PASSED && status != OutcomeStatus.SKIPPED;
            String test = name != null ? name : fullName != null ? fullName : classname;
            if (test != null || says) {
                reading.handOut(
                        new OutcomeDraft(line)
                                .in(suite, classname)
                                .named(test == null ? suite.ownName() : test)
                                .ended(status, says ? worst : null)
                                .ofSuite(test == null)
                                .variant(assembly),
                        suite,
                        stamp,
                        duration);
            }
        }

        /** Returns the first failed assertion; null if none failed. */
        private @Nullable ReportedFailure readAssertions() throws BrokenReportException, IOException {
            ReportedFailure first = null;
            while (xml.nextChild()) {
                boolean failed = Verdict.of(xml).isFailure();
                ReportedFailure assertion = DotNetTexts.readFailure(reading, null, "message", "stack-trace");
                first = first == null && failed ? assertion : first;
            }
            return first;
        }

        private @Nullable String readReason() throws BrokenReportException, IOException {
            String reason = null;
            while (xml.nextChild()) {
                boolean isMessage = xml.element().equals("message");
                String text = reading.text().text();
                reason = isMessage ? text : reason;
            }
            return reason;
        }

        private void readProperties(SuiteElement suite) throws BrokenReportException, IOException {
            while (xml.nextChild()) {
                suite.putIfKnown(xml.attribute("name"), xml.attribute("value"));
                xml.skip();
            }
        }
    }

    /**
     * How a suite, a case or an assertion ended.
     *
     * @param result {@code Passed}, {@code Failed} and so on, in lower case; empty if it does not say
     * @param label what {@code result} means more exactly, in lower case; may be empty
     * @param site where a failure happened; may be empty
     */
    private record Verdict(String result, String label, String site) {
        private static final Set<String> ERRORS = Set.of("error", "cancelled", "invalid", "notrunnable");

        static Verdict of(XmlEvents xml) {
            return new Verdict(word(xml, "result"), word(xml, "label"), text(xml.attribute("site")));
        }

        private static String word(XmlEvents xml, String attribute) {
            return text(xml.attribute(attribute)).strip().toLowerCase(Locale.ROOT);
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }

        boolean isFailure() {
            return result.equals("failed") || result.equals("failure") || ERRORS.contains(result);
        }

        boolean isError() {
            return ERRORS.contains(label) || ERRORS.contains(result);
        }

        boolean couldNotRun() {
            return isFailure() && isError();
        }

        OutcomeStatus status(XmlReading reading, int line, @Nullable ReportedFailure failure) {
            if (isFailure()) {
                return DotNetTexts.isTimeout(failure)
                        ? OutcomeStatus.TIMED_OUT
                        : isError() ? OutcomeStatus.ERRORED : OutcomeStatus.FAILED;
            }
            return switch (result) {
                case "passed", "success", "warning" -> OutcomeStatus.PASSED;
                case "skipped", "ignored" -> OutcomeStatus.SKIPPED;
                case "inconclusive" -> OutcomeStatus.INCONCLUSIVE;
                case "" -> failure == null ? OutcomeStatus.INCONCLUSIVE : OutcomeStatus.FAILED;
                default -> reading.unknownResult(line, "result", result);
            };
        }
    }
}
