package dev.tripline.sink.filing;

import java.time.Duration;

/**
 * Times and limits of filing.
 *
 * @param quarantine how long after a doubtful create no second one is sent; DESIGN's promise rests on it; 0 or more
 * @param cleanLists complete lists without the issue that must lie behind a doubtful create; at least 1
 * @param listEvery time between lists while a create is in doubt; more than 0
 * @param lookEvery time between lists when all is well; more than 0
 * @param verifyAfter time after a create at which a list shows duplicates; 0 or more
 * @param settle age a write must have before a list that contradicts it is believed: a list may be stale; 0 or more
 * @param editInterval least time between two edits of one issue; 0 or more
 * @param retryParked time after which a parked issue is tried again; more than 0
 * @param leastSeverity incidents below are not filed
 * @param fileAfter time a new incident has to settle before it is filed, from when the sink first saw it; 0 or more
 */
public record FilingRules(
        Duration quarantine,
        int cleanLists,
        Duration listEvery,
        Duration lookEvery,
        Duration verifyAfter,
        Duration settle,
        Duration editInterval,
        Duration retryParked,
        Severity leastSeverity,
        Duration fileAfter) {
    /** Time to settle if nobody says otherwise: the first failing test alone tells little. */
    private static final Duration SETTLE_FIRST = Duration.ofSeconds(5);

    /** Rules for a tracker in the network: 10 min and 3 clean lists, one edit a minute. */
    public static FilingRules remote() {
        return new FilingRules(
                Duration.ofMinutes(10),
                3,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Severity.LOW,
                SETTLE_FIRST);
    }

    /** Rules for a tracker in the file system, which shows at once what was written. */
    public static FilingRules local() {
        return new FilingRules(
                Duration.ZERO,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(30),
                Severity.LOW,
                SETTLE_FIRST);
    }

    /** Returns these rules with another time to settle. */
    public FilingRules filingAfter(Duration time) {
        return new FilingRules(
                quarantine,
                cleanLists,
                listEvery,
                lookEvery,
                verifyAfter,
                settle,
                editInterval,
                retryParked,
                leastSeverity,
                time);
    }
}
