package dev.tripline.agent.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tripline.events.Failure;
import dev.tripline.events.TestOutcome;
import java.util.TreeMap;

/** Writes an outcome as one line of JSON, which {@code ingest} reads again. */
public final class OutcomeJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OutcomeJson() {}

    /**
     * Returns one line without its end: {@code suite, test, status, startedAt, durationMillis, failureType, failureMessage}
     * then {@code environment, location, service, revision, source, run, attempt}, and then everything else. What is unknown
     * is null. Reading the line gives an equal outcome.
     */
    public static String line(TestOutcome outcome) {
        Failure failure = outcome.getFailure();
        ObjectNode json = JSON.createObjectNode()
                .put("suite", outcome.getSuite())
                .put("test", outcome.getTest())
                .put("status", outcome.getStatus().name())
                .put("startedAt", outcome.getStartedAt().toString())
                .put("durationMillis", outcome.getDurationMillis())
                .put("failureType", failure == null ? null : failure.getType())
                .put("failureMessage", failure == null ? null : failure.getMessage())
                .put("environment", outcome.getEnvironment())
                .put("location", outcome.getLocation())
                .put("service", outcome.getService())
                .put("revision", outcome.getRevision())
                .put("source", outcome.getSource())
                .put("run", outcome.getRun())
                .put("attempt", outcome.getAttempt())
                .put("endedAt", outcome.getEndedAt().toString())
                .put("failureDetails", failure == null ? null : failure.getDetails())
                .put("failureTruncated", failure == null ? null : (Boolean) failure.getTruncated())
                .put("flaky", outcome.getFlaky())
                .put("quarantined", outcome.getQuarantined())
                .put("className", outcome.getClassName().isEmpty() ? null : outcome.getClassName())
                .put("probeKind", outcome.getProbeKind())
                .put("agent", outcome.getAgent());
        ArrayNode tags = json.putArray("tags");
        outcome.getTags().forEach(tags::add);
        ArrayNode earlier = json.putArray("earlierFailures");
        outcome.getEarlierFailures().forEach(earlier::add);
        ObjectNode attributes = json.putObject("attributes");
        new TreeMap<>(outcome.getAttributes()).forEach(attributes::put);
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing JSON to memory failed", e);
        }
    }
}
