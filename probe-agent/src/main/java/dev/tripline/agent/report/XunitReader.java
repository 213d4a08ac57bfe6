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
 * Reads the XML of xUnit.net, version 2 and later ({@code <assemblies>}) and version 1 ({@code <assembly>}).
 *
 * <ul>
 *   <li>A {@code <test>} is an outcome. Its class and suite are {@code type}, its name is {@code name}, which holds the arguments
 *       of a theory, without the class before it, else {@code method}.
 *   <li>An assembly begins at {@code start-rtf}, else at {@code run-date} and {@code run-time}; its tests follow one after the
 *       other, unless they have a {@code start-rtf} of their own.
 *   <li>A {@code <failure>} outside of tests (an {@code <error>} of clean-up, or version 1's of a class) is an outcome that
 *       stands for the class, collection or assembly it is about.
 * </ul>
 *
 * @see <a href="https://xunit.net/docs/format-xml-v2">xUnit.net: XML format v2</a>
 * @see <a href="https://xunit.net/docs/format-xml-v1">xUnit.net: XML format v1</a>
 */
public final class XunitReader implements ReportReader {
    private static final Set<String> ROOTS = Set.of("assemblies", "assembly");

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        var reading = new XmlReading(report, context, listener);
        if (reading.beginsWith(ROOTS)) {
            var outside = SuiteElement.outside(reading.times().latest());
            var under = new Reading(reading);
            if (reading.xml().element().equals("assembly")) {
                under.readAssembly(outside);
            } else {
                under.readAssemblies(outside);
            }
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

        void readAssemblies(SuiteElement outside) throws BrokenReportException, IOException {
            while (xml.nextChild()) {
                if (xml.element().equals("assembly")) {
                    readAssembly(outside);
                } else {
                    xml.skip();
                }
            }
        }

        void readAssembly(SuiteElement outside) throws BrokenReportException, IOException {
            String path = xml.attribute("name");
            String assembly = DotNetTexts.assembly(path);
            SuiteElement suite = outside.inner(assembly, false, Map.of(), begin(), reading.duration("time"));
            while (xml.nextChild()) {
                switch (xml.element()) {
                    case "collection", "class" -> readTests(suite, assembly);
                    case "errors" -> readErrors(suite, assembly);
                    default -> xml.skip();
                }
            }
        }

        private @Nullable Instant begin() {
            Instant exact = reading.time("start-rtf");
            String day = xml.attribute("run-date");
            if (exact != null || day == null) {
                return exact;
            }
            String clock = xml.attribute("run-time");
            return reading.times().time("run-date", clock == null ? day : day + "T" + clock, xml.line());
        }

        /** Reads a collection, or a class of version 1. */
        private void readTests(SuiteElement assemblyElement, @Nullable String assembly)
                throws BrokenReportException, IOException {
            String name = xml.attribute("name");
            while (xml.nextChild()) {
                switch (xml.element()) {
                    case "test" -> readTest(assemblyElement, assembly);
                    case "failure" -> readFailureOf(xml.line(), name, assemblyElement, assembly);
                    default -> xml.skip();
                }
            }
        }

        private void readErrors(SuiteElement assemblyElement, @Nullable String assembly)
                throws BrokenReportException, IOException {
            while (xml.nextChild()) {
                int line = xml.line();
                String name = xml.attribute("name");
                boolean told = false;
                while (xml.nextChild()) {
                    if (xml.element().equals("failure")) {
                        readFailureOf(line, name, assemblyElement, assembly);
                        told = true;
                    } else {
                        xml.skip();
                    }
                }
                if (!told) {
                    handOutError(line, name, assemblyElement, assembly, null);
                }
            }
        }

        private void readFailureOf(
                int line, @Nullable String name, SuiteElement assemblyElement, @Nullable String assembly)
                throws BrokenReportException, IOException {
            handOutError(line, name, assemblyElement, assembly, readFailure());
        }

        /** An error that no test holds stands for what it names, else for the assembly. */
        private void handOutError(
                int line,
                @Nullable String name,
                SuiteElement assemblyElement,
                @Nullable String assembly,
                @Nullable ReportedFailure failure) {
            String suite = name == null ? assembly : name;
            reading.handOut(new OutcomeDraft(line)
                    .in(suite, null)
                    .named(suite)
                    .ended(DotNetTexts.isTimeout(failure) ? OutcomeStatus.TIMED_OUT : OutcomeStatus.ERRORED, failure)
                    .began(assemblyElement.start(), null)
                    .ofSuite(true)
                    .variant(assembly));
        }

        private void readTest(SuiteElement assemblyElement, @Nullable String assembly)
                throws BrokenReportException, IOException {
            int line = xml.line();
            String type = xml.attribute("type");
            String name = xml.attribute("name");
            String method = xml.attribute("method");
            String result = xml.attribute("result");
            Instant stamp = reading.time("start-rtf");
            Duration duration = reading.duration("time");
            ReportedFailure failure = null;
            boolean failed = false;
            while (xml.nextChild()) {
                if (xml.element().equals("failure")) {
                    failed = true;
                    ReportedFailure read = readFailure();
                    failure = failure == null ? read : failure;
                } else {
                    xml.skip();
                }
            }
            OutcomeStatus status = status(line, result, failed, failure);
            boolean says = status != OutcomeStatus.PASSED && status != OutcomeStatus.SKIPPED;
            String test = name != null ? DotNetTexts.withoutClass(name, type) : method != null ? method : type;
            if (test != null || says) {
                reading.handOut(
                        new OutcomeDraft(line)
                                .in(type, type)
                                .named(test)
                                .ended(status, says ? failure : null)
                                .ofSuite(test == null)
                                .variant(assembly),
                        assemblyElement,
                        stamp,
                        duration);
            }
        }

        private OutcomeStatus status(
                int line, @Nullable String result, boolean failed, @Nullable ReportedFailure failure) {
            if (failed || "fail".equalsIgnoreCase(result)) {
                return DotNetTexts.isTimeout(failure) ? OutcomeStatus.TIMED_OUT : OutcomeStatus.FAILED;
            }
            return switch (result == null ? "" : result.toLowerCase(Locale.ROOT)) {
                case "pass" -> OutcomeStatus.PASSED;
                case "skip", "notrun" -> OutcomeStatus.SKIPPED;
                default -> reading.unknownResult(line, "result", String.valueOf(result));
            };
        }

        private @Nullable ReportedFailure readFailure() throws BrokenReportException, IOException {
            String type = xml.attribute("exception-type");
            return DotNetTexts.readFailure(reading, type, "message", "stack-trace");
        }
    }
}
