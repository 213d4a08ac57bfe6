package dev.tripline.agent.report;

import dev.tripline.agent.report.PassedOver.Reason;
import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * One XML report under way, whatever its dialect: its events, its times, how deep it is nested, and where its outcomes go.
 * For one thread.
 */
final class XmlReading {
    /** Readers follow the nesting of what they know; a frame of the stack each, and nobody nests suites deeper. */
    static final int MOST_NESTED = 100;

    private final XmlEvents xml;
    private final ReportTimes times;
    private final ReportListener listener;
    private String root = "";
    private boolean own;
    private int depth;

    /** Opens a document. */
    XmlReading(InputStream document, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        this.xml = new XmlEvents(document, context.name(), listener::passedOver);
        this.times = new ReportTimes(context.zone(), context.written(), listener);
        this.listener = listener;
    }

    /** Tells whether how tests failed must be read. */
    boolean readsFailures() {
        return listener.readsFailures();
    }

    XmlEvents xml() {
        return xml;
    }

    ReportTimes times() {
        return times;
    }

    /** Goes to the root element; if it has none of the names, past it, and returns false. */
    boolean beginsWith(Set<String> roots) throws BrokenReportException, IOException {
        root = xml.root();
        own = roots.contains(root);
        if (!own) {
            xml.skip();
        }
        return own;
    }

    /** Goes to the end of the document and says what it is, for the case that nothing was handed out. */
    String toTheEnd() throws BrokenReportException, IOException {
        while (xml.next() != XMLStreamConstants.END_DOCUMENT) {
            // Comments may follow the root; the parser refuses anything else.
        }
        return own ? XmlDialect.describe(root) + ", no test cases" : XmlDialect.describe(root);
    }

    /**
     * Notes that a reader goes into an element that may hold others of its kind.
     *
     * @param kind what is nested, in the plural
     * @throws BrokenReportException if there are too many around it
     */
    void enter(String kind) throws BrokenReportException {
        if (++depth > MOST_NESTED) {
            throw xml.broken(kind + " must not be nested deeper than " + MOST_NESTED);
        }
    }

    void leave() {
        depth--;
    }

    /** Returns the time in an attribute of the element that starts here; null if it is not given, or counts so. */
    @Nullable
    Instant time(String attribute) {
        return times.time(attribute, xml.attribute(attribute), xml.line());
    }

    /** Returns the duration in an attribute of the element that starts here; null if it is not given, or counts so. */
    @Nullable
    Duration duration(String attribute) {
        return times.duration(attribute, xml.attribute(attribute), xml.line());
    }

    /** Returns the text of the element that starts here, at most as much as details of a failure may have. */
    BoundedText text() throws BrokenReportException, IOException {
        var text = new BoundedText(ReportedFailure.DETAILS_BYTES);
        xml.readElement(text);
        return text;
    }

    /** Takes a word that no version of the format has for a result: nobody knows what it was, and that is told. */
    OutcomeStatus unknownResult(int line, String attribute, String word) {
        times.passOver(line, attribute, Reason.NO_RESULT, word);
        return OutcomeStatus.INCONCLUSIVE;
    }

    /** Lets the time of a case pass in its suite, and hands it out. */
    void handOut(OutcomeDraft draft, SuiteElement suite, @Nullable Instant stamp, @Nullable Duration duration) {
        Instant begin = suite.startCase(stamp, duration == null ? Duration.ZERO : duration);
        handOut(draft.began(begin, duration).endedAt(times.endBeforeWritten(begin, duration)));
    }

    void handOut(OutcomeDraft draft) {
        listener.outcome(draft.outcome());
    }
}
