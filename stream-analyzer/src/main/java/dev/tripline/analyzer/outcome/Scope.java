package dev.tripline.analyzer.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What a rate or decision is about, within one environment.
 *
 * @param name name of the test, suite, tag, location, journey or environment
 * @param suite suite of a test; null for the others
 * @param className class of a test, empty if it has none; null for the others
 * @param location location of a test; null for the others
 */
public record Scope(
        String environment,
        Kind kind,
        String name,
        @Nullable String suite,
        @Nullable String className,
        @Nullable String location) {
    /** Kinds of scope. */
    public enum Kind {
        TEST,
        SUITE,
        TAG,
        LOCATION,
        JOURNEY,
        ENVIRONMENT
    }

    /** Returns the scope of one series. */
    public static Scope test(Series series) {
        return new Scope(
                series.environment(), Kind.TEST, series.test(), series.suite(), series.className(), series.location());
    }

    /** Returns a scope that is named by one word. */
    public static Scope of(String environment, Kind kind, String name) {
        if (kind == Kind.TEST) {
            throw new IllegalArgumentException("a test's scope needs its suite and location: " + name);
        }
        return new Scope(environment, kind, name, null, null, null);
    }

    /** Returns the scope of a whole environment. */
    public static Scope environment(String environment) {
        return of(environment, Kind.ENVIRONMENT, environment);
    }
}
