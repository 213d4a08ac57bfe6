package dev.tripline.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Readable keys made of several parts, which may contain anything.
 *
 * <p>Parts are joined by {@code /}. Within a part {@code %} becomes {@code %25}, {@code /} becomes {@code %2F}, control
 * characters become {@code %} and two hexadecimal digits, and half a surrogate pair becomes {@code %u} and four, because
 * UTF-8 has no form for it; everything else stands as it is, so that any Kafka tool shows a key a person can read.
 * Different lists of parts have different keys, as text and as UTF-8.
 */
public final class Keys {
    private Keys() {}

    /**
     * Joins parts into a key.
     *
     * @param parts at least one; each may be empty
     */
    public static String of(String... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("a key needs at least one part");
        }
        int length = parts.length;
        for (String part : parts) {
            length += part.length();
        }
        var key = new StringBuilder(length);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                key.append('/');
            }
            escape(parts[i], key);
        }
        return key.toString();
    }

    /**
     * Splits a key into its parts.
     *
     * @throws IllegalArgumentException if an escape in the key is broken
     */
    public static List<String> parts(String key) {
        var parts = new ArrayList<String>();
        for (String part : key.split("/", -1)) {
            parts.add(unescape(part, key));
        }
        return List.copyOf(parts);
    }

    /** Key of an outcome: all of a suite in an environment, so that they and the totals of their runs meet in one partition. */
    public static String of(TestOutcome outcome) {
        return ofSuite(outcome.getEnvironment(), outcome.getSuite());
    }

    /** Key of a suite run's totals: that of its outcomes. */
    public static String of(SuiteRun run) {
        return ofSuite(run.getEnvironment(), run.getSuite());
    }

    /** Key of a suite in an environment. */
    public static String ofSuite(String environment, String suite) {
        return of(environment, suite);
    }

    /** Names the series of an outcome: its environment, suite, class, test and location. */
    public static String ofSeries(TestOutcome outcome) {
        return of(
                outcome.getEnvironment(),
                outcome.getSuite(),
                outcome.getClassName(),
                outcome.getTest(),
                outcome.getLocation());
    }

    /** Key of a deployment. */
    public static String of(Deployment deployment) {
        return of(deployment.getEnvironment(), deployment.getService());
    }

    /** Key of an incident's issue: the tracker it is in and the incident. */
    public static String of(TrackedIssue issue) {
        return of(issue.getTracker(), issue.getIncidentId());
    }

    /** Key of a scope: its environment, its kind in lower case, and its name; a test's also names suite, class and location. */
    public static String of(Scope scope) {
        String kind = scope.getKind().name().toLowerCase(Locale.ROOT);
        if (scope.getKind() == ScopeKind.TEST) {
            return of(
                    scope.getEnvironment(),
                    kind,
                    text(scope.getSuite()),
                    text(scope.getClassName()),
                    scope.getName(),
                    text(scope.getLocation()));
        }
        return of(scope.getEnvironment(), kind, scope.getName());
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static boolean needsEscape(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < ' '
                    || c == '/'
                    || c == '%'
                    || (c > '~' && (Character.isISOControl(c) || Character.isSurrogate(c)))) {
                return true;
            }
        }
        return false;
    }

    private static void escape(String part, StringBuilder key) {
        if (!needsEscape(part)) {
            key.append(part);
            return;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '/' || c == '%' || Character.isISOControl(c)) {
                key.append('%').append(hex(c >> 4)).append(hex(c));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < part.length()
                    && Character.isLowSurrogate(part.charAt(i + 1))) {
                key.append(c).append(part.charAt(i + 1));
                i++;
            } else if (Character.isSurrogate(c)) {
                key.append("%u")
                        .append(hex(c >> 12))
                        .append(hex(c >> 8))
                        .append(hex(c >> 4))
                        .append(hex(c));
            } else {
                key.append(c);
            }
        }
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit & 0xf, 16));
    }

    private static String unescape(String part, String key) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        var text = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            boolean wide = i + 1 < part.length() && part.charAt(i + 1) == 'u';
            int first = i + (wide ? 2 : 1);
            int end = first + (wide ? 4 : 2);
            text.append((char) number(part, first, end, key));
            i = end - 1;
        }
        return text.toString();
    }

    private static int number(String part, int first, int end, String key) {
        int number = 0;
        for (int i = first; i < end; i++) {
            int digit = i < part.length() ? Character.digit(part.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "key: '%' must be followed by two hexadecimal digits, or 'u' and four, got '" + key + "'");
            }
            number = number * 16 + digit;
        }
        return number;
    }
}
