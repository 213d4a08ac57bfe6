package dev.tripline.agent.report;

import dev.tripline.service.secrets.FailureText;
import dev.tripline.service.secrets.SecretMask;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a test failed, as its report says, secrets masked. */
public final class ReportedFailure {
    private static final SecretMask SECRETS = SecretMask.standard();

    /** Most bytes a message may have in UTF-8. */
    public static final int MESSAGE_BYTES = 16 * 1024;

    /** Most bytes details may have in UTF-8. */
    public static final int DETAILS_BYTES = 64 * 1024;

    /** Most bytes a summary may have in UTF-8. */
    public static final int SUMMARY_BYTES = 2 * 1024;

    private static final Pattern PYTEST_TIMEOUT = Pattern.compile("Timeout \\(?>");

    /** How messages of Go, Playwright, Mocha and Jest begin when a test ran out of time. */
    private static final List<String> TIMEOUTS = List.of(
            "panic: test timed out after ", "Test timeout of ", "Timeout of ", "thrown: \"Exceeded timeout of ");

    private final @Nullable String type;
    private final String message;
    private final @Nullable String details;
    private final boolean truncated;

    /**
     * Masks secrets, which may make a text longer, and cuts again what then is too long.
     *
     * @param type type of the error as the framework names it; null if it names none
     * @param message message of the failure; may be empty
     * @param details stack trace or longer output; null if there is none
     * @param truncated whether message or details were cut at their limit
     */
    public ReportedFailure(@Nullable String type, String message, @Nullable String details, boolean truncated) {
        this(type, message, details == null ? null : new Masked(cut(SECRETS.mask(details), DETAILS_BYTES)), truncated);
    }

    /** Takes details that are masked and short enough: they are long, and to mask them is most of the work. */
    private ReportedFailure(@Nullable String type, String message, @Nullable Masked details, boolean truncated) {
        this.type = type == null ? null : SECRETS.mask(type);
        this.message = cut(FailureText.masked(SECRETS, type, message), MESSAGE_BYTES);
        this.details = details == null ? null : details.text();
        this.truncated = truncated;
    }

    /** A text without secrets. One that was cut is none: half of what stands for a secret may read as one. */
    private record Masked(String text) {}

    /** Returns the type of the error as the framework names it; null if it names none. */
    public @Nullable String type() {
        return type;
    }

    /** Returns the message, at most {@link #MESSAGE_BYTES} of UTF-8; may be empty. */
    public String message() {
        return message;
    }

    /** Returns the stack trace or longer output, at most {@link #DETAILS_BYTES} of UTF-8; null if there is none. */
    public @Nullable String details() {
        return details;
    }

    /** Tells whether message or details were cut at their limit. */
    public boolean truncated() {
        return truncated;
    }

    /**
     * Cuts what is too long, takes off what colours it on a terminal, and finds type and message: {@link FailureHeadline}.
     *
     * @param type type the report gives, of which the first line counts; null or blank if it gives none
     * @param message message the report gives; null if it gives none. Where it leaves open what went wrong, the first failing
     *     lines of the details stand for it
     * @param details longer text; null or blank if there is none
     * @param cut whether one of them was cut already
     */
    public static ReportedFailure of(
            @Nullable String type, @Nullable String message, @Nullable String details, boolean cut) {
        return of(type, message, details, cut, null);
    }

    /**
     * The same for a test whose name is known: a message that is no more than that says nothing.
     *
     * @param test name of the test; null if unknown
     */
    static ReportedFailure of(
            @Nullable String type,
            @Nullable String message,
            @Nullable String details,
            boolean cut,
            @Nullable String test) {
        // Before type and message are told apart: what passes for a type may be the name of a secret.
        String kind = plain(type);
        String said = plain(message);
        String text = plain(details);
        String openDetails = text == null || text.isBlank() ? null : text;
        FailureHeadline headline = FailureHeadline.of(kind, said == null ? "" : said, openDetails, test);
        // Before they are cut: half a secret is not known for one.
        String open = FailureText.masked(SECRETS, headline.type(), headline.message());
        String shortMessage = cut(open, MESSAGE_BYTES);
        return ofMasked(headline.type(), shortMessage, openDetails, cut || !shortMessage.equals(open));
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : SECRETS.mask(TerminalCodes.without(text));
    }

    /**
     * Takes a failure as it was recorded: only what is too long is cut.
     *
     * @param type type of the error; null if there is none
     * @param message message; null is the same as empty
     * @param details longer text; null if there is none
     * @param truncated whether one of them was cut before
     */
    public static ReportedFailure asRecorded(
            @Nullable String type, @Nullable String message, @Nullable String details, boolean truncated) {
        String open = message == null ? "" : FailureText.masked(SECRETS, type, message);
        String openDetails = details == null ? null : SECRETS.mask(details);
        String shortMessage = cut(open, MESSAGE_BYTES);
        return ofMasked(type, shortMessage, openDetails, truncated || !shortMessage.equals(open));
    }

    private static ReportedFailure ofMasked(
            @Nullable String type, String message, @Nullable String details, boolean truncated) {
        String shortDetails = details == null ? null : cut(details, DETAILS_BYTES);
        return Objects.equals(shortDetails, details)
                ? new ReportedFailure(type, message, details == null ? null : new Masked(details), truncated)
                : new ReportedFailure(type, message, shortDetails, true);
    }

    /** Returns type, message and the beginning of the details as one text of at most {@link #SUMMARY_BYTES} of UTF-8. */
    public String summary() {
        String said = type == null ? message : message.isEmpty() ? type : type + ": " + message;
        // Side by side they may read as a secret that neither is.
        return cut(SECRETS.mask(details == null ? said : said + "\n" + details), SUMMARY_BYTES);
    }

    /**
     * Tells whether the test ran out of time: its type is a {@code TimeoutError} or ends with {@code TimeoutException}
     * or {@code TimedOutException} (JUnit 4), or is Ruby's {@code Timeout::Error}, or it is what pytest-timeout says
     * ({@code Failed: Timeout >10.0s}), Go ({@code panic: test timed out after 10m0s}), Playwright, Mocha or Jest.
     */
    public boolean isTimeout() {
        if (type == null || type.equals("Error")) {
            return TIMEOUTS.stream().anyMatch(message::startsWith);
        }
        String name = type.substring(type.lastIndexOf('.') + 1);
        return type.equals("Timeout::Error")
                || name.equals("TimeoutError")
                || name.endsWith("TimeoutException")
                || name.endsWith("TimedOutException")
                || (name.equals("Failed") && PYTEST_TIMEOUT.matcher(message).lookingAt());
    }

    /** Keeps the longest beginning whose UTF-8 fits, never half a character. */
    static String cut(String text, int bytes) {
        if (text.length() <= bytes / 3) {
            return text;
        }
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (used > bytes) {
                return text.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportedFailure failure
                && truncated == failure.truncated
                && message.equals(failure.message)
                && Objects.equals(type, failure.type)
                && Objects.equals(details, failure.details);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, message, details, truncated);
    }

    @Override
    public String toString() {
        return "ReportedFailure[type=" + type + ", message=" + message + ", details=" + details + ", truncated="
                + truncated + "]";
    }
}
