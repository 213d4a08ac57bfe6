package dev.tripline.service;

/** How a command or a service ended. */
public enum ExitCode {
    /** Done, or stopped on request. */
    OK(0),
    /** Started, then failed; or part of the work could not be done. */
    FAILED(1),
    /** Could not start: bad usage, bad configuration, a port or folder in use. */
    CANNOT_START(2);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the process's exit status. */
    public int code() {
        return code;
    }
}
