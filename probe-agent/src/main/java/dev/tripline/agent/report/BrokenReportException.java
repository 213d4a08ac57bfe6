package dev.tripline.agent.report;

/** A report cannot be understood. The message names the file, the place and the reason, in one line. */
public final class BrokenReportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Fault fault;

    /**
     * Names a place in a report and what is wrong there.
     *
     * @param name the report, usually its path
     * @param line line of the fault, from 1; 0 if it has no place
     * @param column column of the fault, from 1; 0 if only the line is known
     * @param reason what is wrong, with the rule and the value
     */
    public BrokenReportException(String name, int line, int column, String reason) {
        this(name, line, column, reason, Fault.INVALID);
    }

    BrokenReportException(String name, int line, int column, String reason, Fault fault) {
        super(name + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "") + ": " + reason);
        this.reason = reason;
        this.fault = fault;
    }

    /** Returns what is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** Returns what kind of fault it is. */
    public Fault fault() {
        return fault;
    }

    /** What can be wrong with a report. */
    public enum Fault {
        /** It breaks a rule of its format. */
        INVALID,
        /** It breaks off, or is not readable from some place on: what it says before is whole. */
        BREAKS_OFF,
        /** It is not of the format its name promises, so it never was a report. */
        OTHER_FORMAT
    }
}
