package dev.tripline.analyzer.topology;

import org.jspecify.annotations.Nullable;

/** What processors have in common. */
final class Nodes {
    private Nodes() {}

    /** Returns what {@code init} set. */
    static <T> T initialized(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a processor was used before it was initialized");
        }
        return value;
    }
}
