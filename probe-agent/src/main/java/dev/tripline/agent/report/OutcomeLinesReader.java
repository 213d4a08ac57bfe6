package dev.tripline.agent.report;

import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads outcomes as JSON lines, one object a line, in UTF-8; blank lines are passed over.
 *
 * <p>{@code suite}, {@code test} and {@code status} (a name of {@link OutcomeStatus}) are required. {@code startedAt} and
 * {@code endedAt} are ISO 8601, UTC without an offset; one of them follows from the other and {@code durationMillis}. May be
 * given: {@code environment}, {@code location}, {@code service}, {@code revision}, {@code failureType},
 * {@code failureMessage}, {@code failureDetails}, {@code flaky}, {@code tags} (list), {@code source}, {@code run} and
 * {@code attempt}. Another field is an error, so that a misspelt one is noticed. Null is the same as absent. This is what
 * {@code tripline ingest --dry-run --output json} prints.
 */
public final class OutcomeLinesReader implements ReportReader {
    private static final long MOST_MILLIS = 1_000_000_000_000L;

    @Override
    public String read(InputStream report, String name, Consumer<ReportedOutcome> outcomes)
            throws BrokenReportException, IOException {
        var lines = new TextLines(report, name);
        for (String text = lines.next(); text != null; text = lines.next()) {
            outcomes.accept(outcome(JsonLine.parse(text, name, lines.number())));
        }
        return "no outcomes";
    }

    private static ReportedOutcome outcome(JsonLine json) throws BrokenReportException {
        String suite = json.requiredWord("suite");
        String test = json.requiredWord("test");
        OutcomeStatus status = status(json);
        Long millis = json.number("durationMillis", 0, MOST_MILLIS);
        Duration duration = millis == null ? null : Duration.ofMillis(millis);
        Instant endedAt = json.instant("endedAt");
        Instant startedAt = json.instant("startedAt");
        if (startedAt == null && endedAt != null) {
            startedAt = duration == null ? endedAt : endedAt.minus(duration);
        }
        if (startedAt != null && endedAt != null && endedAt.isBefore(startedAt)) {
            throw json.broken("endedAt: must not be before startedAt " + startedAt + ", got " + endedAt);
        }
        Long attempt = json.number("attempt", 1, Integer.MAX_VALUE);
        var outcome = new ReportedOutcome(
                json.line(),
                suite,
                test,
                status,
                startedAt,
                endedAt,
                duration,
                failure(json, status),
                json.flag("flaky"),
                json.word("environment"),
                json.word("location"),
                json.word("service"),
                json.word("revision"),
                json.word("source"),
                json.number("run", 0, Long.MAX_VALUE),
                attempt == null ? null : attempt.intValue(),
                json.texts("tags"),
                Map.of());
        json.requireNothingElse();
        return outcome;
    }

    private static OutcomeStatus status(JsonLine json) throws BrokenReportException {
        String name = json.requiredWord("status");
        for (OutcomeStatus status : OutcomeStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw json.broken("status: must be one of " + Arrays.toString(OutcomeStatus.values()) + ", got '" + name + "'");
    }

    private static @Nullable ReportedFailure failure(JsonLine json, OutcomeStatus status) throws BrokenReportException {
        String type = json.text("failureType");
        String message = json.text("failureMessage");
        String details = json.text("failureDetails");
        if (type == null && message == null && details == null) {
            return null;
        }
        if (status == OutcomeStatus.PASSED) {
            throw json.broken("failureType, failureMessage, failureDetails: must be absent when status is PASSED");
        }
        return ReportedFailure.of(type, message, details, false);
    }
}
