package dev.tripline.agent.report;

import dev.tripline.agent.report.PassedOver.Reason;
import dev.tripline.events.OutcomeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads outcomes as JSON lines, one object a line, in UTF-8; blank lines are passed over.
 *
 * <p>{@code suite}, {@code test} and {@code status} (a name of {@link OutcomeStatus}) are required. {@code startedAt} and
 * {@code endedAt} are ISO 8601; one of them follows from the other and {@code durationMillis}. May be
 * given: {@code environment}, {@code location}, {@code service}, {@code revision}, {@code failureType},
 * {@code failureMessage}, {@code failureDetails}, {@code failureTruncated}, {@code flaky}, {@code earlierFailures} (list),
 * {@code quarantined},
 * {@code className}, {@code attributes} (object of strings), {@code tags} (list), {@code source}, {@code run},
 * {@code attempt}, {@code probeKind} and {@code agent}. Another field is an error, so that a misspelt one is noticed. Null is
 * the same as absent. With {@code failureTruncated} a failure is taken as it stands; without, its type is looked for in the
 * message. This is what {@code tripline ingest --dry-run --output json} prints.
 */
public final class OutcomeLinesReader implements ReportReader {
    private static final Pattern MILLIS = Pattern.compile("\\d+(\\.\\d+)?");

    @Override
    public String read(InputStream report, ReportContext context, ReportListener listener)
            throws BrokenReportException, IOException {
        var lines = new TextLines(report, context.name());
        var times = new ReportTimes(context.zone(), null, listener);
        for (String text = lines.next(); text != null; text = lines.next()) {
            listener.outcome(outcome(JsonLine.parse(text, context.name(), lines), context, times));
        }
        return "no outcomes";
    }

    private static ReportedOutcome outcome(JsonLine json, ReportContext context, ReportTimes times)
            throws BrokenReportException {
        String suite = json.requiredWord("suite");
        String test = json.requiredWord("test");
        OutcomeStatus status = status(json);
        Duration duration = duration(json, times);
        String begin = json.scalar("startedAt");
        String end = json.scalar("endedAt");
        if (context.mustSayWhen() && begin == null && end == null) {
            throw json.broken("startedAt: is required, or endedAt, or say when they began with --started-at");
        }
        Instant startedAt = times.time("startedAt", begin, json.line());
        Instant endedAt = times.time("endedAt", end, json.line());
        if (startedAt == null && endedAt != null) {
            startedAt = duration == null ? endedAt : endedAt.minus(duration);
        }
        if (startedAt != null && endedAt != null && endedAt.isBefore(startedAt)) {
            times.passOver(json.line(), "endedAt", Reason.ENDED_TOO_EARLY, String.valueOf(end));
            endedAt = null;
        }
        Long attempt = json.number("attempt", 1, Integer.MAX_VALUE);
        var outcome = new ReportedOutcome(
                json.line(),
                suite,
                List.of(suite),
                json.text("className"),
                test,
                status,
                startedAt,
                endedAt,
                duration,
                failure(json, status),
                json.flag("flaky"),
                json.texts("earlierFailures"),
                false,
                null,
                json.flag("quarantined"),
                json.word("environment"),
                json.word("location"),
                json.word("service"),
                json.word("revision"),
                json.word("source"),
                json.number("run", 0, Long.MAX_VALUE),
                attempt == null ? null : attempt.intValue(),
                json.word("probeKind"),
                json.word("agent"),
                json.texts("tags"),
                json.textsByName("attributes"));
        json.requireNothingElse();
        return outcome;
    }

    /** A number counts milliseconds; a string may have a unit. */
    private static @Nullable Duration duration(JsonLine json, ReportTimes times) throws BrokenReportException {
        String text = json.scalar("durationMillis");
        boolean number = text != null && MILLIS.matcher(text).matches();
        return times.duration("durationMillis", number ? text + "ms" : text, json.line());
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
        Boolean truncated = json.truth("failureTruncated");
        if (type == null && message == null && details == null && truncated == null) {
            return null;
        }
        if (status == OutcomeStatus.PASSED) {
            throw json.broken(
                    "failureType, failureMessage, failureDetails, failureTruncated: must be absent when status is PASSED");
        }
        return truncated == null
                ? ReportedFailure.of(type, message, details, false)
                : ReportedFailure.asRecorded(type, message, details, truncated);
    }
}
