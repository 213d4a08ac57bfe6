package dev.tripline.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a single value into the type a record component has.
 *
 * @param references what values may hold, and the folder that relative paths are relative to
 * @param problems takes what is wrong
 */
record ScalarReader(References references, List<String> problems) {
    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Secret.class,
            Duration.class,
            Path.class,
            URI.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            boolean.class,
            Boolean.class);
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** Returns the same that reports elsewhere. */
    ScalarReader reportingTo(List<String> others) {
        return new ScalarReader(references, others);
    }

    /** Tells whether values of the type are written as a single value. */
    static boolean reads(Class<?> type) {
        return TYPES.contains(type) || type.isEnum();
    }

    /** Returns the value; null if there is a problem. */
    @Nullable
    Object read(String written, Class<?> type, String path) {
        String text;
        try {
            text = references.resolve(written, path);
        } catch (IllegalArgumentException e) {
            problems.add(KeyNames.line(path, String.valueOf(e.getMessage())));
            return null;
        }
        if (type == String.class) {
            return text;
        }
        if (type == Secret.class) {
            return new Secret(text);
        }
        Object value = type.isEnum() ? constant(text, type) : parse(text, type);
        if (value == null) {
            problems.add(KeyNames.line(path, rule(type) + ", got '" + written + "'"));
        }
        return value;
    }

    private @Nullable Object parse(String text, Class<?> type) {
        try {
            if (type == Duration.class) {
                return DurationText.parse(text);
            }
            if (type == Path.class) {
                Path folder = references.folder();
                return text.isEmpty() ? null : folder == null ? Path.of(text) : folder.resolve(text);
            }
            if (type == URI.class) {
                return text.isEmpty() ? null : new URI(text);
            }
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            }
            if (type == long.class || type == Long.class) {
                return Long.valueOf(text);
            }
            if (type == double.class || type == Double.class) {
                return DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null;
            }
            return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        } catch (IllegalArgumentException | URISyntaxException e) {
            return null; // the rule of the type says more than the parser's words
        }
    }

    private static @Nullable Object constant(String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (nameOf(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        return null;
    }

    private static String nameOf(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String rule(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(ScalarReader::nameOf)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (type == Duration.class) {
            return DurationText.RULE;
        }
        if (type == Path.class) {
            return "must be a path";
        }
        if (type == URI.class) {
            return "must be a URI";
        }
        if (type == int.class || type == Integer.class) {
            return "must be a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
        }
        if (type == long.class || type == Long.class) {
            return "must be a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
        }
        return type == double.class || type == Double.class ? "must be a number" : "must be true or false";
    }
}
