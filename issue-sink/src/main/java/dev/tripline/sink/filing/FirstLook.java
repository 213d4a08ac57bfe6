package dev.tripline.sink.filing;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Says where to begin: at the change that likely broke it, at tests nobody has run since, or at the first failure. */
final class FirstLook {
    private static final int NAME = 120;
    private static final int SUITES = 3;

    /** Below this a deployment is a guess among several, and no place to begin. */
    private static final double LEAST_CONFIDENCE = 0.4;

    private FirstLook() {}

    /** Returns the sentence; empty if the incident is over, or its tests pass again. */
    static String at(IncidentView incident) {
        if (!incident.phase().isActive()) {
            return "";
        }
        IncidentView.Suspect suspect = incident.deployment();
        boolean isFailing = incident.tests().isEmpty() || has(incident, Condition.FAILING);
        String place = !isFailing
                ? notRun(incident)
                : suspect != null && suspect.confidence() >= LEAST_CONFIDENCE
                        ? deployment(suspect)
                        : firstFailure(incident);
        return place.isEmpty() ? "" : "**Look first**: " + place;
    }

    private static boolean has(IncidentView incident, Condition condition) {
        return incident.tests().stream().anyMatch(test -> test.condition() == condition);
    }

    private static String deployment(IncidentView.Suspect suspect) {
        String url = suspect.url();
        return "what changed in " + Markdown.code(suspect.service(), NAME) + " with revision "
                + Markdown.code(suspect.revision(), NAME)
                + (url == null ? "" : ", " + Markdown.link("see its page", url)) + ".";
    }

    private static String notRun(IncidentView incident) {
        List<String> suites = incident.tests().stream()
                .filter(test -> test.condition() == Condition.NOT_RUN_SINCE)
                .map(IncidentView.Test::suite)
                .distinct()
                .toList();
        if (suites.isEmpty()) {
            return "";
        }
        int more = Math.max(0, suites.size() - SUITES);
        return "run "
                + suites.stream()
                        .limit(SUITES)
                        .map(suite -> Markdown.code(suite, NAME))
                        .collect(Collectors.joining(", "))
                + (more == 0 ? "" : " and " + Figures.count(more, "more suite"))
                + " again: until then nobody knows whether the tests that failed there still do.";
    }

    private static String firstFailure(IncidentView incident) {
        return incident.tests().stream()
                .filter(test -> test.condition() == Condition.FAILING)
                .min(Comparator.comparing(IncidentView.Test::firstFailedAt))
                .map(test -> "run " + Markdown.code(test.test(), NAME) + " of "
                        + Markdown.code(test.suite(), NAME) + " from " + Markdown.code(test.location(), NAME)
                        + " alone, the first that failed and still fails ("
                        + Figures.minute(test.firstFailedAt()) + ").")
                .orElse("");
    }
}
