package dev.tripline.analyzer.state;

/** Makes what a stage remembers in; the names are those in stores. */
public interface Tables {
    /** Makes a table for values of a type. */
    <V> Table<V> table(String name, Class<V> type);

    /** Makes rows for values of a type. */
    <V> Rows<V> rows(String name, Class<V> type);
}
