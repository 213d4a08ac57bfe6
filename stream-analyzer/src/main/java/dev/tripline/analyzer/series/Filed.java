package dev.tripline.analyzer.series;

/**
 * What is looked at again when its hour is old enough.
 *
 * @param kind what it is
 * @param key its row
 */
public record Filed(Kind kind, String key) {
    /** Kinds of rows that go at some age. */
    public enum Kind {
        /** A run. */
        RUN,
        /** Settled runs of a source. */
        SOURCE
    }

    String row() {
        return kind.name() + key;
    }
}
