package dev.tripline.agent.ingest;

import java.util.List;
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
     * Origin of a report that is ingested: the same bytes have the same origin, so that they count once.
     *
     * @param digest SHA-256 of the report's bytes, hexadecimal
     */
    public static RunOrigin ofReport(String digest) {
        return new RunOrigin("report:" + digest.substring(0, 16), 1, "ingest", null, List.of());
    }
}
