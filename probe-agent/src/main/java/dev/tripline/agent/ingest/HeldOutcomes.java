package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedFailure;
import dev.tripline.agent.report.ReportedOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outcomes of one report, held while there is room for all of them. For one thread. */
final class HeldOutcomes {
    /** What an outcome takes without its texts: itself, its times, and its place in the list. */
    private static final int OUTCOME_BYTES = 300;

    private static final int TEXT_BYTES = 56;
    private static final int CHARACTER_BYTES = 2;
    private static final int ENTRY_BYTES = 64;

    private final long mostBytes;
    private @Nullable List<ReportedOutcome> outcomes;
    private long bytes;

    /**
     * Starts with none.
     *
     * @param mostBytes estimated bytes that they may take; 0 holds none
     */
    HeldOutcomes(long mostBytes) {
        this.mostBytes = mostBytes;
        this.outcomes = mostBytes <= 0 ? null : new ArrayList<>();
    }

    /** Tells whether all that came are held. */
    boolean areAll() {
        return outcomes != null;
    }

    /** Holds an outcome; if it does not fit, none is held any more. */
    void add(ReportedOutcome outcome) {
        if (outcomes == null) {
            return;
        }
        bytes += bytesOf(outcome);
        if (bytes <= mostBytes) {
            outcomes.add(outcome);
        } else {
            drop();
        }
    }

    /** Lets go of all of them. */
    void drop() {
        outcomes = null;
        bytes = 0;
    }

    /** Returns an estimate of the bytes that those which are held take. */
    long bytes() {
        return bytes;
    }

    /** Returns the outcomes in the report's order; null if not all are held. */
    @Nullable
    List<ReportedOutcome> all() {
        return outcomes;
    }

    /** Estimates what an outcome takes, rather too much: texts that outcomes share count for each. */
    private static long bytesOf(ReportedOutcome outcome) {
        long sum = OUTCOME_BYTES
                + bytesOf(outcome.suite())
                + bytesOf(outcome.className())
                + bytesOf(outcome.test())
                + bytesOf(outcome.variant())
                + bytesOf(outcome.environment())
                + bytesOf(outcome.location())
                + bytesOf(outcome.service())
                + bytesOf(outcome.revision())
                + bytesOf(outcome.source())
                + bytesOf(outcome.probeKind())
                + bytesOf(outcome.agent())
                + bytesOf(outcome.suitesAround())
                + bytesOf(outcome.earlierFailures())
                + bytesOf(outcome.tags());
        ReportedFailure failure = outcome.failure();
        if (failure != null) {
            sum += bytesOf(failure.type()) + bytesOf(failure.message()) + bytesOf(failure.details());
        }
        return outcome.attributes().isEmpty() ? sum : sum + bytesOf(outcome.attributes());
    }

    private static long bytesOf(Map<String, String> attributes) {
        long sum = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            sum += ENTRY_BYTES + bytesOf(attribute.getKey()) + bytesOf(attribute.getValue());
        }
        return sum;
    }

    private static long bytesOf(List<String> texts) {
        long sum = 0;
        if (texts.isEmpty()) {
            return sum;
        }
        for (String text : texts) {
            sum += bytesOf(text);
        }
        return sum;
    }

    private static long bytesOf(@Nullable String text) {
        return text == null ? 0 : TEXT_BYTES + (long) CHARACTER_BYTES * text.length();
    }
}
