package dev.tripline.cli;

import dev.tripline.service.ExitCode;

/** A command cannot do its work for a reason the operator can mend. The message says which; print it as it is. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Returns what the process ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
