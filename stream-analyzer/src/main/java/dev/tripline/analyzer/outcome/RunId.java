package dev.tripline.analyzer.outcome;

/**
 * Identity of one suite run within its suite and location.
 *
 * @param source epoch of the agent, or a digest of the ingested report
 * @param run counter within the source; 0 or more
 */
public record RunId(String source, long run) implements Comparable<RunId> {
    /** Returns a key that differs for different runs. */
    public String key() {
        return source + '\u0000' + run;
    }

    @Override
    public int compareTo(RunId other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : Long.compare(run, other.run);
    }
}
