package dev.tripline.sink.filing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in words what the tests of an incident do now. */
final class Conditions {
    /** What is said if all pass again. */
    static final String NONE_FAILS = "none fails now";

    private Conditions() {}

    /** Returns what one test does now. */
    static String of(IncidentView.Test test) {
        String last = Figures.minute(test.lastFailedAt());
        return switch (test.condition()) {
            case FAILING -> "failed " + Figures.count(test.failures(), "time") + ", last " + last;
            case FAILING_DIFFERENTLY -> "fails differently now; so last " + last;
            case NOT_RUN_SINCE -> "not run since " + last;
            case PASSING -> "passes again (" + Figures.count(test.outcomesSince(), "outcome") + ") since " + last;
            case RECOVERED -> "recovered";
            case UNKNOWN -> "unknown since " + last;
        };
    }

    /**
     * Returns why an incident of which tests fail no longer in this way is not over, such as "Not resolved: 5 of its 8
     * tests have not run since 2025-09-10 15:06 UTC, 3 fail differently now."; empty if all fail as before, or it is over.
     */
    static Optional<String> sentence(IncidentView incident) {
        Map<Condition, Integer> counts = counts(incident);
        int failing = counts.getOrDefault(Condition.FAILING, 0) + counts.getOrDefault(Condition.UNKNOWN, 0);
        if (!incident.phase().isActive()
                || incident.tests().isEmpty()
                || failing == incident.tests().size()) {
            return Optional.empty();
        }
        var clauses = new ArrayList<String>();
        add(clauses, counts, Condition.FAILING, "still fails so", "still fail so");
        add(
                clauses,
                counts,
                Condition.NOT_RUN_SINCE,
                "has not run since " + lastRun(incident),
                "have not run since " + lastRun(incident));
        add(clauses, counts, Condition.FAILING_DIFFERENTLY, "fails differently now", "fail differently now");
        add(clauses, counts, Condition.PASSING, "passes again", "pass again");
        add(clauses, counts, Condition.RECOVERED, "has recovered", "have recovered");
        add(clauses, counts, Condition.UNKNOWN, "is in an unknown state", "are in an unknown state");
        String firstClause = clauses.get(0);
        String number = firstClause.substring(0, firstClause.indexOf(' '));
        String rest = firstClause.substring(number.length() + 1);
        clauses.set(0, number + " of its " + Figures.count(incident.testCount(), "test") + " " + rest);
        return Optional.of("**Not resolved:** " + String.join(", ", clauses) + ".");
    }

    /**
     * Returns what the tests of an incident do now of which none fails as it did, such as "none fails now" or "5 not run
     * since, 3 fail differently now"; empty if one does, or not all of them are listed.
     */
    static Optional<String> whenNoneFails(IncidentView incident) {
        Map<Condition, Integer> counts = counts(incident);
        int failing = counts.getOrDefault(Condition.FAILING, 0) + counts.getOrDefault(Condition.UNKNOWN, 0);
        if (failing > 0
                || incident.tests().isEmpty()
                || incident.testCount() > incident.tests().size()) {
            return Optional.empty();
        }
        var clauses = new ArrayList<String>();
        add(clauses, counts, Condition.NOT_RUN_SINCE, "not run since", "not run since");
        add(clauses, counts, Condition.FAILING_DIFFERENTLY, "fails differently now", "fail differently now");
        return Optional.of(clauses.isEmpty() ? NONE_FAILS : String.join(", ", clauses));
    }

    private static Map<Condition, Integer> counts(IncidentView incident) {
        Map<Condition, Integer> counts = new EnumMap<>(Condition.class);
        incident.tests().forEach(test -> counts.merge(test.condition(), 1, Integer::sum));
        return counts;
    }

    private static void add(
            List<String> clauses, Map<Condition, Integer> counts, Condition condition, String one, String many) {
        int count = counts.getOrDefault(condition, 0);
        if (count > 0) {
            clauses.add(count + " " + (count == 1 ? one : many));
        }
    }

    private static String lastRun(IncidentView incident) {
        return incident.tests().stream()
                .filter(test -> test.condition() == Condition.NOT_RUN_SINCE)
                .map(IncidentView.Test::lastFailedAt)
                .max(Comparator.naturalOrder())
                .map(Figures::minute)
                .orElse(Figures.minute(Instant.EPOCH));
    }
}
