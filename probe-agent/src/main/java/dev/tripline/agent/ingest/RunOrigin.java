package dev.tripline.agent.ingest;

import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a suite run comes from.
 *
 * @param source epoch of the agent, or digest of the report
 * @param run counter of the run within the source; 0 or more
 * @param probeKind kind of probe, such as {@code command} or {@code ingest}
 * @param agent name of the agent; null for ingested reports
 * @param tags tags of everything in the run; may be empty
 */
public record RunOrigin(
        String source, long run, String probeKind, @Nullable String agent, List<String> tags) {
    public RunOrigin {
        tags = List.copyOf(tags);
    }

    /**
     * Origin of a run that several reports are shards of.
     *
     * @param digests of the reports' bytes as in {@link #ofReport}; at least one
     */
    static RunOrigin ofReports(SortedSet<String> digests) {
        return new RunOrigin(
                digests.stream().map(digest -> digest.substring(0, 16)).collect(Collectors.joining("+", "report:", "")),
                1,
                "ingest",
                null,
                List.of());
    }

    /**
     * Origin of a run that an operator names: all reports of a call are one run of each suite.
     *
     * @param run name of the run; not blank
     */
    public static RunOrigin ofRun(String run) {
        return new RunOrigin("run:" + run, 1, "ingest", null, List.of());
    }

    /**
     * Origin of a report that is ingested: the same bytes have the same origin, so that they count once.
     *
     * @param digest SHA-256 of the report's bytes, hexadecimal
     */
    public static RunOrigin ofReport(String digest) {
        return new RunOrigin("report:" + digest.substring(0, 16), 1, "ingest", null, List.of());
    }
}
