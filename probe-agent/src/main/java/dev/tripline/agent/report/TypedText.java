package dev.tripline.agent.report;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text whose beginning may name the type of an error.
 *
 * @param type the type; null if the text names none
 * @param rest what follows it; the whole text without one
 */
record TypedText(@Nullable String type, String rest) {
    /**
     * A type before the message: identifiers joined as Java, PHP or Ruby join them, the last in upper camel case; Node adds a
     * code in brackets. The length is bounded so that a hostile message costs nothing.
     */
    private static final Pattern TYPE = Pattern.compile(
            "((?:[A-Za-z_][\\w$]{0,200}(?:\\.|::|\\\\)){0,30})([A-Z][\\w$]{0,200})(?: \\[\\w{1,60}\\])?(?:: | : |:?\\r?(?=\\n)|:?$)");

    private static final Pattern LOWER = Pattern.compile("[a-z]");
    private static final Pattern BARE_TYPE = Pattern.compile(".*(Error|Exception|Exit|Interrupt|Failure|Timeout)");

    /** Labels that stand where a type would. */
    private static final Set<String> LABELS = Set.of(
            "Actual",
            "Diff",
            "Difference",
            "Differences",
            "Expected",
            "Got",
            "Message",
            "Output",
            "Reason",
            "Received",
            "Result",
            "Status",
            "Step",
            "Test",
            "Want");

    /** Parts a text; {@code HTTP: 500} has no type, and {@code Failed} alone is a message, {@code KeyboardInterrupt} a type. */
    static TypedText of(String text) {
        Matcher matcher = TYPE.matcher(text);
        if (!matcher.lookingAt() || !looksLikeType(matcher, text)) {
            return new TypedText(null, text);
        }
        return new TypedText(matcher.group(1) + matcher.group(2), text.substring(matcher.end()));
    }

    private static boolean looksLikeType(Matcher matcher, String text) {
        String last = matcher.group(2);
        boolean plain = matcher.group(1).isEmpty();
        if (!LOWER.matcher(last).find() || (plain && LABELS.contains(last))) {
            return false;
        }
        String behind = text.substring(matcher.end(2), matcher.end());
        if (behind.endsWith(" : ")) {
            return !plain;
        }
        return behind.endsWith(": ") || !plain || BARE_TYPE.matcher(last).matches();
    }
}
