package dev.tripline.agent.report;

import java.io.IOException;
import java.io.InputStream;

/** Reads one format of test reports. Readers hold no state between reports and may be shared between threads. */
public interface ReportReader {
    /**
     * Tells whether a report must be read through once, with the same {@link ReportContext}, before what is handed over is
     * complete: its results rest on what stands behind them.
     */
    default boolean looksAhead() {
        return false;
    }

    /**
     * Hands over what a report says, in its order, without holding the report in memory. A report that turns out to be
     * broken may have handed over some of it before: read it once to know that it is whole before acting on it.
     *
     * @param report bytes of the report; read to its end unless it is broken, not closed
     * @param context what is known of it
     * @param listener takes outcomes and what was passed over
     * @return what the file is, for the case that nothing was handed over: {@code no test cases}, or
     *     {@code NUnit 3, root <test-run>}
     * @throws BrokenReportException if the report cannot be understood
     * @throws IOException if the bytes cannot be read
     */
    String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException;
}
