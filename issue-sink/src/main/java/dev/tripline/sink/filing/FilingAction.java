package dev.tripline.sink.filing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next thing to do about one incident. */
public sealed interface FilingAction {

    /** Has the action done by whoever can. */
    void carryOut(Steps steps);

    /** Tells what it will do, for people. */
    String describe();

    /** Returns when it may be done at the earliest; {@link Instant#MIN} if at once, {@link Instant#MAX} if never. */
    default Instant dueAt() {
        return Instant.MIN;
    }

    /** Tells whether it writes to the tracker, and must wait where the tracker limits writes. */
    default boolean writes() {
        return false;
    }

    /** Tells whether it makes an issue: those come before changes of the ones there are. */
    default boolean creates() {
        return false;
    }

    /** Tells whether it asks the tracker anything. */
    default boolean calls() {
        return writes();
    }

    /** Record that an issue is to be created. */
    record Plan(IncidentView incident) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.plan(this);
        }

        @Override
        public String describe() {
            return "plan an issue";
        }
    }

    /**
     * List what the tracker has.
     *
     * @param why what the list is for
     */
    record Look(String why) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.look(this);
        }

        @Override
        public String describe() {
            return "list issues: " + why;
        }

        @Override
        public boolean calls() {
            return true;
        }
    }

    /** Record the attempt, then send a create. */
    record Attempt(IncidentView incident, KnownIssue known) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.attempt(this);
        }

        @Override
        public String describe() {
            return "create an issue";
        }

        @Override
        public boolean creates() {
            return true;
        }

        @Override
        public boolean writes() {
            return true;
        }
    }

    /** Record that an issue with the incident's marker is its issue. */
    record Adopt(IncidentView incident, KnownIssue known, ListedIssue issue) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.adopt(this);
        }

        @Override
        public String describe() {
            return "adopt #" + issue.number();
        }
    }

    /** Bring title, body and labels up to date. */
    record Edit(IncidentView incident, KnownIssue known, String number) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.edit(this);
        }

        @Override
        public String describe() {
            return "edit #" + number;
        }

        @Override
        public boolean writes() {
            return true;
        }
    }

    /**
     * Tell new facts, a rise of the severity, or both.
     *
     * @param facts those worth a comment
     * @param untold facts that were not kept before they could be told
     * @param risenFrom the severity last told if it rose without a fact that says so; null otherwise
     * @param upTo number of the last fact that has been told once it is written
     */
    record Comment(
            IncidentView incident,
            KnownIssue known,
            String number,
            List<IncidentView.Fact> facts,
            long untold,
            @Nullable Severity risenFrom,
            long upTo)
            implements FilingAction {
        /** More than an incident has facts: one a second for 30 000 years. */
        private static final long RISE = 1_000_000_000_000L;

        public Comment {
            facts = List.copyOf(facts);
        }

        /** Returns the number in its marker: that of the facts, and apart from them for each severity that is risen to. */
        public long mark() {
            return risenFrom == null ? upTo : upTo + RISE * incident.severity().rank();
        }

        @Override
        public void carryOut(Steps steps) {
            steps.comment(this);
        }

        @Override
        public String describe() {
            return "comment on #" + number + ": "
                    + (facts.isEmpty()
                            ? risenFrom == null ? "facts that were not kept" : "severity"
                            : facts.get(facts.size() - 1).kind());
        }

        @Override
        public boolean writes() {
            return true;
        }
    }

    /** Close it with its last body: the incident is over. */
    record Close(IncidentView incident, KnownIssue known, String number) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.close(this);
        }

        @Override
        public String describe() {
            return "close #" + number;
        }

        @Override
        public boolean writes() {
            return true;
        }
    }

    /** Open it again: the incident broke anew after it had been over. */
    record Reopen(IncidentView incident, KnownIssue known, String number) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.reopen(this);
        }

        @Override
        public String describe() {
            return "re-open #" + number;
        }

        @Override
        public boolean writes() {
            return true;
        }
    }

    /** Close a second issue of the incident with a link to the one kept. */
    record CloseDuplicate(ListedIssue duplicate, ListedIssue kept) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.closeDuplicate(this);
        }

        @Override
        public String describe() {
            return "close #" + duplicate.number() + " as a duplicate of #" + kept.number();
        }

        @Override
        public boolean writes() {
            return true;
        }
    }

    /**
     * Record what is known now; the tracker need not be told.
     *
     * @param why what happened, in words
     */
    record Remember(KnownIssue next, String why) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.remember(this);
        }

        @Override
        public String describe() {
            return "remember: " + why;
        }
    }

    /** Drop the record of an issue whose incident has expired. */
    record Forget(String incidentId) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {
            steps.forget(this);
        }

        @Override
        public String describe() {
            return "forget an expired incident";
        }
    }

    /** Nothing before an instant. */
    record Wait(Instant until, String why) implements FilingAction {
        @Override
        public void carryOut(Steps steps) {}

        @Override
        public Instant dueAt() {
            return until;
        }

        @Override
        public String describe() {
            return "wait until " + until + ": " + why;
        }
    }

    /** Nothing until something changes. */
    record Nothing() implements FilingAction {
        @Override
        public void carryOut(Steps steps) {}

        @Override
        public Instant dueAt() {
            return Instant.MAX;
        }

        @Override
        public String describe() {
            return "nothing to do";
        }
    }

    /** One method for each action that does something. */
    interface Steps {
        void plan(Plan action);

        void look(Look action);

        void attempt(Attempt action);

        void adopt(Adopt action);

        void edit(Edit action);

        void comment(Comment action);

        void close(Close action);

        void reopen(Reopen action);

        void closeDuplicate(CloseDuplicate action);

        void remember(Remember action);

        void forget(Forget action);
    }
}
