package dev.tripline.agent.ingest;

import dev.tripline.events.TestNames;
import dev.tripline.events.TestOutcome;
import dev.tripline.service.time.Acceptance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices outcomes that the analysis will put aside for their time: those in the future, and those much older than another of
 * their suite in the same call of whose run nothing came before. What others have published is not known here, so the analysis may put aside more.
 */
public final class PutAside {
    private static final long NEVER = Long.MIN_VALUE;

    private final InstantSource clock;
    /** Milliseconds since 1970, as records carry them. */
    private final Fingerprints newest = new Fingerprints(NEVER);

    /** 1 for each run of which something counts. */
    private final Fingerprints counted = new Fingerprints(0);

    private final SeriesFingerprints suites = new SeriesFingerprints();
    private final SeriesFingerprints runs = new SeriesFingerprints();
    private @Nullable TestOutcome last;
    private final Kind ahead = new Kind();
    private final Kind late = new Kind();

    public PutAside(InstantSource clock) {
        this.clock = clock;
    }

    /** Outcomes that are put aside for one reason. */
    private static final class Kind {
        private long outcomes;
        private @Nullable TestOutcome first;

        void add(TestOutcome outcome) {
            outcomes++;
            first = first == null ? outcome : first;
        }

        void tell(List<Path> files, String rule, String remedy, List<String> lines) {
            if (first != null) {
                lines.add(files.get(0) + (files.size() > 1 ? " and " + (files.size() - 1) + " more" : "") + ": "
                        + outcomes
                        + (outcomes == 1 ? " outcome ends " : " outcomes end ") + rule + ", first that of "
                        + first.getSuite() + " / "
                        + TestNames.shown(first.getSuite(), first.getClassName(), first.getTest()) + " at "
                        + first.getEndedAt() + ": the analysis puts " + (outcomes == 1 ? "it" : "them") + " aside; "
                        + remedy);
            }
            outcomes = 0;
            first = null;
        }
    }

    /** Takes in the next outcome, in the order of publishing. */
    public void add(TestOutcome outcome) {
        if (Acceptance.isAhead(outcome.getEndedAt(), clock.instant())) {
            ahead.add(outcome);
            return;
        }
        long suite = suites.of(outcome.getEnvironment(), outcome.getSuite(), "", "", "", "", "");
        long before = newest.raise(suite, outcome.getEndedAt().toEpochMilli());
        if (before != NEVER
                && Acceptance.isLate(outcome.getEndedAt(), Instant.ofEpochMilli(before), Acceptance.HORIZON)
                && counted.get(runOf(outcome)) == 0) {
            late.add(outcome);
            return;
        }
        if (!isOfOneRun(outcome, last)) {
            counted.raise(runOf(outcome), 1);
            last = outcome;
        }
    }

    private long runOf(TestOutcome outcome) {
        return runs.of(
                outcome.getEnvironment(),
                outcome.getSuite(),
                "",
                outcome.getLocation(),
                "",
                outcome.getSource(),
                Long.toString(outcome.getRun()));
    }

    private static boolean isOfOneRun(TestOutcome one, @Nullable TestOutcome other) {
        return other != null
                && one.getRun() == other.getRun()
                && one.getSource().equals(other.getSource())
                && one.getSuite().equals(other.getSuite())
                && one.getLocation().equals(other.getLocation())
                && one.getEnvironment().equals(other.getEnvironment());
    }

    /**
     * Returns one line for each reason there was since the last call, naming files, number, first outcome and what to do.
     *
     * @param files reports that the outcomes are of; at least one
     */
    public List<String> tell(List<Path> files) {
        var lines = new ArrayList<String>();
        ahead.tell(
                files,
                "more than " + Acceptance.CLOCK_TOLERANCE.toMinutes() + " min in the future",
                "look at the clock that wrote " + (files.size() == 1 ? "it" : "them")
                        + ", or give the zone with --zone",
                lines);
        late.tell(
                files,
                "more than " + Acceptance.HORIZON.toDays() + " days before another of the same suite in this call",
                "publish the oldest first",
                lines);
        return lines;
    }
}
