package dev.tripline.sink.tracker.local;

import java.io.IOException;

/** A person deleted the file of an issue. */
final class MissingIssueException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String issue;

    MissingIssueException(String message) {
        super(message);
        this.issue = message;
    }

    @Override
    public String getMessage() {
        return issue;
    }
}
