package dev.tripline.agent.report;

import dev.tripline.service.secrets.FailureText;
import dev.tripline.service.secrets.SecretMask;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a test failed, as its report says, secrets masked.
 *
 * @param type type of the error as the framework names it; null if it names none
 * @param message message of the failure, at most {@link #MESSAGE_BYTES} of UTF-8; may be empty
 * @param details stack trace or longer output, at most {@link #DETAILS_BYTES} of UTF-8; null if there is none
 * @param truncated whether message or details were cut at their limit
 */
public record ReportedFailure(
        @Nullable String type, String message, @Nullable String details, boolean truncated) {
    private static final SecretMask SECRETS = SecretMask.standard();

    /** Most bytes a message may have in UTF-8. */
    public static final int MESSAGE_BYTES = 16 * 1024;

    /** Most bytes details may have in UTF-8. */
    public static final int DETAILS_BYTES = 64 * 1024;

    /** Most bytes a summary may have in UTF-8. */
    public static final int SUMMARY_BYTES = 2 * 1024;

    /**
     * A type before the message: dotted identifiers, the last in upper camel case. The length is bounded so that a
     * hostile message costs nothing.
     */
    private static final Pattern TYPE =
            Pattern.compile("((?:[A-Za-z_][\\w$]{0,200}\\.){0,30})([A-Z][\\w$]{0,200})(?:: |:?$)");

    private static final Pattern LOWER = Pattern.compile("[a-z]");
    private static final Pattern BARE_TYPE = Pattern.compile(".*(Error|Exception|Exit|Interrupt|Failure|Timeout)");
    private static final Pattern PYTEST_TIMEOUT = Pattern.compile("Timeout \\(?>");

    /** Masks secrets, which may make a text longer, and cuts again what then is too long. */
    public ReportedFailure {
        String shortMessage = cut(FailureText.masked(SECRETS, type, message), MESSAGE_BYTES);
        String shortDetails = details == null ? null : cut(SECRETS.mask(details), DETAILS_BYTES);
        type = type == null ? null : SECRETS.mask(type);
        message = shortMessage;
        details = shortDetails;
    }

    /**
     * Cuts what is too long, and finds the type where the report gives none: what stands before the first {@code ": "}
     * of the message, when it looks like a type ({@code websockets.exceptions.NegotiationError}). The message then is
     * what follows it. A message that repeats the given type in front loses the repetition.
     *
     * @param type type the report gives; null or blank if it gives none
     * @param message message the report gives; null if it gives none, then the first line of the details that says
     *     something stands for it
     * @param details longer text; null or blank if there is none
     * @param cut whether one of them was cut already
     */
    public static ReportedFailure of(
            @Nullable String type, @Nullable String message, @Nullable String details, boolean cut) {
        // Before type and message are told apart: what passes for a type may be the name of a secret.
        String said = SECRETS.mask(message != null ? message : details == null ? "" : firstLine(details));
        String kind = type == null || type.isBlank() ? null : SECRETS.mask(type.strip());
        if (kind == null) {
            Matcher matcher = TYPE.matcher(said);
            if (matcher.lookingAt() && looksLikeType(matcher, said)) {
                kind = matcher.group(1) + matcher.group(2);
                said = said.substring(matcher.end());
            }
        } else if (said.startsWith(kind + ": ")) {
            said = said.substring(kind.length() + 2);
        }
        // Before they are cut: half a secret is not known for one.
        String open = FailureText.masked(SECRETS, kind, said);
        String openDetails = details == null || details.isBlank() ? null : SECRETS.mask(details);
        String shortMessage = cut(open, MESSAGE_BYTES);
        String shortDetails = openDetails == null ? null : cut(openDetails, DETAILS_BYTES);
        boolean shorter = !shortMessage.equals(open) || !Objects.equals(shortDetails, openDetails);
        return new ReportedFailure(kind, shortMessage, shortDetails, cut || shorter);
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
        String shortDetails = openDetails == null ? null : cut(openDetails, DETAILS_BYTES);
        boolean shorter = !shortMessage.equals(open) || !Objects.equals(shortDetails, openDetails);
        return new ReportedFailure(type, shortMessage, shortDetails, truncated || shorter);
    }

    /** Returns type, message and the beginning of the details as one text of at most {@link #SUMMARY_BYTES} of UTF-8. */
    public String summary() {
        String said = type == null ? message : message.isEmpty() ? type : type + ": " + message;
        // Side by side they may read as a secret that neither is.
        return cut(SECRETS.mask(details == null ? said : said + "\n" + details), SUMMARY_BYTES);
    }

    /**
     * Tells whether the test ran out of time: its type is a {@code TimeoutError} or ends with {@code TimeoutException}
     * or {@code TimedOutException} (JUnit 4), or it is what pytest-timeout says ({@code Failed: Timeout >10.0s}).
     */
    public boolean isTimeout() {
        if (type == null) {
            return false;
        }
        String name = type.substring(type.lastIndexOf('.') + 1);
        return name.equals("TimeoutError")
                || name.endsWith("TimeoutException")
                || name.endsWith("TimedOutException")
                || (name.equals("Failed") && PYTEST_TIMEOUT.matcher(message).lookingAt());
    }

    /** {@code HTTP: 500} has no type, and {@code Failed} alone is a message; {@code KeyboardInterrupt} alone is a type. */
    private static boolean looksLikeType(Matcher matcher, String said) {
        String last = matcher.group(2);
        if (!LOWER.matcher(last).find()) {
            return false;
        }
        boolean alone = matcher.end() == said.length() && !said.endsWith(": ");
        return !alone || !matcher.group(1).isEmpty() || BARE_TYPE.matcher(last).matches();
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
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
}
