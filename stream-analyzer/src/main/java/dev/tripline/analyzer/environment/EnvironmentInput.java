package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.agent.Silence;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.rate.Tally;
import dev.tripline.analyzer.run.RunEnd;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One thing the per-environment stage decides from. */
public sealed interface EnvironmentInput {
    /** Hands the input to the method made for it. */
    void handle(Handler handler);

    /** One method for each kind of input, so that a new kind is not forgotten. */
    interface Handler {
        void on(Delta delta);

        void on(RunTotals totals);

        void on(Deployed deployed);

        void on(RulesActivated activated);

        void on(PatternAbsent absent);

        void on(TimePassed passed);

        void on(NoteWritten written);

        void on(Silent silent);
    }

    /**
     * Outcomes of one suite run that were counted: passes summed, failures one by one.
     *
     * @param tags tags that all of them carry
     * @param links pages about the run by what they are; may be empty
     * @param startedAt earliest begin
     * @param endedAt latest end
     * @param buckets counts by finest bucket, oldest first
     */
    record Delta(
            String suite,
            String location,
            RunId run,
            String probeKind,
            @Nullable String service,
            @Nullable String revision,
            List<String> tags,
            SortedMap<String, String> links,
            Instant startedAt,
            Instant endedAt,
            List<Bucket> buckets,
            List<PatternedFailure> failures)
            implements EnvironmentInput {
        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }

        /** Returns the passes of all buckets that needed a retry. */
        long flaky() {
            return buckets.stream().mapToLong(bucket -> bucket.tally().flaky()).sum();
        }

        /** Returns the outcomes of all buckets. */
        StatusCounts counts() {
            return buckets.stream()
                    .map(bucket -> bucket.tally().counts())
                    .reduce(StatusCounts.NONE, StatusCounts::plus);
        }
    }

    /** Outcomes of one finest bucket. */
    record Bucket(Instant startedAt, Tally tally) {}

    /**
     * How many outcomes a suite run published, and how it is over.
     *
     * @param totals what was published; if nobody said, what came
     * @param agent name of the agent; null for reports
     * @param tags tags of the suite; may be empty
     */
    record RunTotals(
            String suite,
            String location,
            RunId run,
            Instant startedAt,
            Instant endedAt,
            StatusCounts totals,
            @Nullable String service,
            @Nullable String revision,
            String probeKind,
            @Nullable String agent,
            List<String> tags,
            RunEnd end)
            implements EnvironmentInput {
        /** Returns the same totals of a run that is over. */
        public RunTotals ended(RunEnd how) {
            return new RunTotals(
                    suite, location, run, startedAt, endedAt, totals, service, revision, probeKind, agent, tags, how);
        }

        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }

    /** A build went live. */
    record Deployed(DeployedRevision deployment) implements EnvironmentInput {
        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * From here on these rules judge, unless newer ones already do.
     *
     * @param number place among all rules that were published, from 1; 0 if it was not told
     * @param publishedAt when they were published, by the publisher's clock: only says which are newer where no place was
     *     told
     */
    record RulesActivated(Rules rules, long number, Instant publishedAt) implements EnvironmentInput {
        /** Tells whether these rules take the place of those that are in force. */
        boolean isNewerThan(long numberInForce, Instant publishedInForce) {
            return number == 0 && numberInForce == 0 ? publishedAt.isAfter(publishedInForce) : number > numberInForce;
        }

        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * A pattern stays away from a test.
     *
     * @param outcome outcome that showed it
     * @param isRecovered whether it has been away for long enough
     */
    record PatternAbsent(
            OutcomeId outcome, OutcomeStatus status, String patternId, int outcomesSince, boolean isRecovered)
            implements EnvironmentInput {
        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }

    /** Event time that passed without outcomes. */
    record TimePassed(Instant now) implements EnvironmentInput {
        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }

    /** Something that was expected did not come, or comes again. */
    record Silent(Silence silence) implements EnvironmentInput {
        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }

    /** A person said something about an incident. */
    record NoteWritten(String incidentId, Incident.Note note) implements EnvironmentInput {
        @Override
        public void handle(Handler handler) {
            handler.on(this);
        }
    }
}
