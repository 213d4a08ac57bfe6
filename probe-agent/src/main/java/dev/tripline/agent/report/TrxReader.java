package dev.tripline.agent.report;

import dev.tripline.agent.report.TestDefinitions.Definition;
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
 * Reads the test results of Visual Studio and {@code dotnet test --logger trx}, {@code <TestRun>}.
 *
 * <ul>
 *   <li>A {@code <UnitTestResult>} is an outcome. Its class and suite are the {@code className} of the definition with its
 *       {@code testId}, its name is {@code testName} without the class before it.
 *   <li>Definitions stand behind the results: a first reading with the same {@link ReportContext} takes them, and later ones
 *       hand out. They are all that is kept, within the bounds of {@link TestDefinitions}. In a report that is cut short the
 *       results whose definition is missing are left out: without a class they would be other tests.
 *   <li>The results of a data-driven test are those of its rows; that of the whole counts if it failed and no row did.
 *   <li>Without an {@code outcome} a result is an error, which is what the format's writers leave out.
 *   <li>An error of the run itself ({@code <RunInfo>}) is an outcome that stands for the report, unless it repeats a failed test.
 * </ul>
 *
 * @see <a href="https://github.com/microsoft/vstest/tree/main/src/Microsoft.TestPlatform.Extensions.TrxLogger">The logger that
 *     writes it, whose {@code ObjectModel/TestOutcome.cs} lists the outcomes</a>
 */
public final class TrxReader implements ReportReader {
    private static final Set<String> ROOTS = Set.of("TestRun");

    /** xUnit's adapter logs each failed test as an error of the run. */
    private static final String XUNIT_FAILED = "[FAIL]";

    /** Microsoft.Testing.Platform says with this that tests failed. */
    private static final String EXIT_OF_FAILED_TESTS = "Exit code indicates failure: '2'";

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        var reading = new XmlReading(report, context, listener);
        if (reading.beginsWith(ROOTS)) {
            new Reading(reading, context.late().definitions()).readRun();
        }
        String contents = reading.toTheEnd();
        context.late().definitions().areWhole();
        return contents;
    }

    /** One report under way. */
    private static final class Reading {
        private final XmlReading reading;
        private final XmlEvents xml;
        private final TestDefinitions definitions;
        private SuiteElement run;

        Reading(XmlReading reading, TestDefinitions definitions) {
            this.reading = reading;
            this.xml = reading.xml();
            this.definitions = definitions;
            this.run = SuiteElement.outside(reading.times().latest());
        }

        void readRun() throws BrokenReportException, IOException {
            SuiteElement outside = run;
            while (xml.nextChild()) {
                switch (xml.element()) {
                    case "Times" -> {
                        run = outside.inner(null, false, Map.of(), reading.time("start"), null);
                        xml.skip();
                    }
                    case "Results" -> readResults();
                    case "TestDefinitions" -> readDefinitions();
                    case "ResultSummary" -> readSummary();
                    default -> xml.skip();
                }
            }
        }

        private void readResults() throws BrokenReportException, IOException {
            while (xml.nextChild()) {
                readResult(null, null, 0);
            }
        }

        /**
         * Reads a result to its end, and those of its rows.
         *
         * @param outerId id of the test it is a row of; null if it is none
         * @param outerName name of that test; null if it is none
         * @param row number of the row, from 0
         */
        private Results readResult(@Nullable String outerId, @Nullable String outerName, int row)
                throws BrokenReportException, IOException {
            reading.enter("results");
            int line = xml.line();
            String ownId = xml.attribute("testId");
            String id = ownId == null ? outerId : ownId;
            String ownName = xml.attribute("testName");
            String rowInfo = xml.attribute("dataRowInfo");
            String name = outerName != null && (ownName == null || ownName.equals(outerName))
                    ? outerName + " (Data Row " + (rowInfo == null ? row : rowInfo) + ")"
                    : ownName;
            String word = xml.attribute("outcome");
            Instant stamp = reading.time("startTime");
            Duration duration = reading.duration("duration");
            ReportedFailure failure = null;
            Results rows = new Results(0, false);
            while (xml.nextChild()) {
                switch (xml.element()) {
                    case "Output" -> {
                        ReportedFailure read = readOutput();
                        failure = failure == null ? read : failure;
                    }
                    case "InnerResults" -> {
                        while (xml.nextChild()) {
                            rows = rows.and(readResult(id, name, rows.number()));
                        }
                    }
                    default -> xml.skip();
                }
            }
            OutcomeStatus status = status(line, word, failure);
            boolean failed = isFailure(status);
            if (rows.number() == 0 || (failed && !rows.anyFailed())) {
                handOut(line, id, name, status, failure, stamp, duration);
            }
            reading.leave();
            return new Results(1, failed || rows.anyFailed());
        }

        private void handOut(
                int line,
                @Nullable String id,
                @Nullable String name,
                OutcomeStatus status,
                @Nullable ReportedFailure failure,
                @Nullable Instant stamp,
                @Nullable Duration duration) {
            Definition definition = definitions.of(id);
            if (definition == null && !definitions.isWhole()) {
                return;
            }
            String className = definition == null ? null : definition.className();
            boolean says = isFailure(status) || status == OutcomeStatus.INCONCLUSIVE;
            String test = name == null ? className : DotNetTexts.withoutClass(name, className);
            if (test == null && !says) {
                return;
            }
            reading.handOut(
                    new OutcomeDraft(line)
                            .in(className, className)
                            .named(test)
                            .ended(status, says ? failure : null)
                            .ofSuite(test == null)
                            .variant(definition == null ? null : definition.assembly()),
                    run,
                    stamp,
                    duration);
        }

        private @Nullable ReportedFailure readOutput() throws BrokenReportException, IOException {
            ReportedFailure failure = null;
            while (xml.nextChild()) {
                if (xml.element().equals("ErrorInfo")) {
                    ReportedFailure read = DotNetTexts.readFailure(reading, null, "Message", "StackTrace");
                    failure = failure == null ? read : failure;
                } else {
                    xml.skip();
                }
            }
            return failure;
        }

        private OutcomeStatus status(int line, @Nullable String word, @Nullable ReportedFailure failure) {
            if (word == null) {
                return OutcomeStatus.ERRORED;
            }
            return switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "passed", "warning", "completed", "passedbutrunaborted" -> OutcomeStatus.PASSED;
                case "failed" -> DotNetTexts.isTimeout(failure) ? OutcomeStatus.TIMED_OUT : OutcomeStatus.FAILED;
                case "timeout" -> OutcomeStatus.TIMED_OUT;
                case "error", "aborted", "notrunnable", "disconnected" -> OutcomeStatus.ERRORED;
                case "notexecuted" -> OutcomeStatus.SKIPPED;
                case "inconclusive", "inprogress", "pending" -> OutcomeStatus.INCONCLUSIVE;
                default -> reading.unknownResult(line, "outcome", word);
            };
        }

        private void readDefinitions() throws BrokenReportException, IOException {
            while (xml.nextChild()) {
                String id = xml.attribute("id");
                String storage = xml.attribute("storage");
                String className = null;
                while (xml.nextChild()) {
                    String named = xml.element().equals("TestMethod") ? xml.attribute("className") : null;
                    className = className == null ? named : className;
                    xml.skip();
                }
                var definition = new Definition(withoutAssembly(className), DotNetTexts.assembly(storage));
                if (id != null && !definitions.put(id, definition)) {
                    throw xml.broken("definitions of tests must have fewer than " + TestDefinitions.MOST_CHARACTERS
                            + " characters of ids and names");
                }
            }
        }

        /** Old versions write {@code Shop.Tests.CartTest, Shop.Tests, Version=1.0.0.0}. */
        private static @Nullable String withoutAssembly(@Nullable String className) {
            int comma = className == null ? -1 : className.indexOf(", ");
            return className == null || comma <= 0 ? className : className.substring(0, comma);
        }

        private void readSummary() throws BrokenReportException, IOException {
            while (xml.nextChild()) {
                if (xml.element().equals("RunInfos")) {
                    while (xml.nextChild()) {
                        readRunInfo();
                    }
                } else {
                    xml.skip();
                }
            }
        }

        private void readRunInfo() throws BrokenReportException, IOException {
            int line = xml.line();
            String word = xml.attribute("outcome");
            Instant stamp = reading.time("timestamp");
            BoundedText text = reading.text();
            String said = text.text().strip();
            boolean repeats = said.endsWith(XUNIT_FAILED) || said.startsWith(EXIT_OF_FAILED_TESTS);
            if (word == null || repeats) {
                return;
            }
            OutcomeStatus status = status(line, word, null);
            if (isFailure(status)) {
                reading.handOut(new OutcomeDraft(line)
                        .ended(
                                status == OutcomeStatus.FAILED ? OutcomeStatus.ERRORED : status,
                                DotNetTexts.failure(null, said, null, text.wasCut()))
                        .began(stamp, null)
                        .ofSuite(true));
            }
        }

        private static boolean isFailure(OutcomeStatus status) {
            return switch (status) {
                case FAILED, ERRORED, TIMED_OUT -> true;
                case PASSED, SKIPPED, INCONCLUSIVE -> false;
            };
        }

        /** What stands within a data-driven test. */
        private record Results(int number, boolean anyFailed) {
            Results and(Results others) {
                return new Results(number + others.number, anyFailed || others.anyFailed);
            }
        }
    }
}
