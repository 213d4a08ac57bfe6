package dev.tripline.analyzer.outcome;

import org.jspecify.annotations.Nullable;

/** Class names of tests, as part of what identifies them. */
public final class ClassNames {
    private ClassNames() {}

    /** Returns a class name; empty for null, which is what state gives that was written before the class was kept. */
    public static String orEmpty(@Nullable String className) {
        return className == null ? "" : className;
    }

    /**
     * Returns the parts as one key within a suite. Without a class it is the key of the time before the class was kept, so
     * that older state is found.
     */
    public static String key(char separator, String suite, String className, String rest) {
        return className.isEmpty() ? suite + separator + rest : suite + separator + className + separator + rest;
    }
}
