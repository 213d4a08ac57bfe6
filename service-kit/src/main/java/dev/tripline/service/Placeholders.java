package dev.tripline.service;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values for what a file does not say or says wrongly, so that the rest can still be checked. A problem found with both kinds
 * does not come from them.
 */
enum Placeholders {
    SMALL,
    LARGE;

    /** Returns a value of a type that is no record; null if there is none. */
    @Nullable
    Object of(Type type) {
        boolean small = this == SMALL;
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class) {
                Object item = small ? null : of(generic.getActualTypeArguments()[0]);
                return item == null ? List.of() : List.of(item);
            }
            return Map.of();
        }
        if (type == int.class || type == Integer.class) {
            return small ? 0 : Integer.MAX_VALUE;
        }
        if (type == long.class || type == Long.class) {
            return small ? 0L : Long.MAX_VALUE;
        }
        if (type == double.class || type == Double.class) {
            return small ? 0.0 : Double.MAX_VALUE;
        }
        if (type == boolean.class || type == Boolean.class) {
            return !small;
        }
        if (type == String.class) {
            return small ? "" : "x";
        }
        if (type == Secret.class) {
            return Secret.placeholder(small ? "" : "x".repeat(64));
        }
        if (type == Duration.class) {
            return small ? Duration.ZERO : Duration.ofDays(36_500);
        }
        if (type == Path.class) {
            return Path.of(small ? "" : "x");
        }
        if (type == URI.class) {
            return URI.create(small ? "" : "https://x");
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[small ? 0 : constants.length - 1];
        }
        return null;
    }
}
