package dev.tripline.cli;

import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.events.Breach;
import dev.tripline.events.Incident;
import dev.tripline.events.PatternChange;
import dev.tripline.events.PatternView;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.TestCondition;
import dev.tripline.service.text.Percent;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a backtest for people: rates, changes, breaches, incidents, worst first. */
final class BacktestReport {
    private static final int TEXT_WIDTH = 100;

    private final PrintWriter out;

    BacktestReport(PrintWriter out) {
        this.out = out;
    }

    void print(Backtest.Result result) {
        suites(result.rates());
        changes(result.patternChanges());
        breaches(result.breaches());
        incidents(result.incidents());
        if (result.repeated() > 0 || result.late() > 0 || result.ahead() > 0) {
            out.println();
            out.println(result.repeated() + " outcomes counted before, " + result.late() + " too late to count"
                    + (result.ahead() == 0 ? "" : ", " + result.ahead() + " put aside because they end in the future"));
        }
    }

    private void suites(List<SuccessRate> rates) {
        heading("Last run of each suite");
        rates.stream()
                .filter(rate -> rate.getScope().getKind() == ScopeKind.SUITE)
                .forEach(rate -> {
                    var run = rate.getLastRun();
                    String figures = run == null
                            ? "not complete"
                            : ofConclusive(run.getCounts())
                                    + (run.getFlaky() == 0 ? "" : ", " + run.getFlaky() + " flaky")
                                    + percent(run.getRate()) + "  " + run.getEndedAt();
                    out.println("  " + clean(rate.getScope().getEnvironment()) + "  "
                            + clean(rate.getScope().getName())
                            + "  " + figures
                            + (rate.getBaseline() == null ? "" : "  baseline" + percent(rate.getBaseline()))
                            + (rate.getTarget() == null ? "" : "  target" + percent(rate.getTarget())));
                });
    }

    private void changes(List<PatternChange> changes) {
        heading("Changes in how tests fail");
        for (PatternChange change : changes) {
            out.println("  " + change.getAt() + "  " + change.getKind() + "  "
                    + clean(change.getScope().getName()));
            if (change.getBefore() != null) {
                out.println("    was  " + text(change.getBefore()));
            }
            if (change.getAfter() != null) {
                out.println("    now  " + text(change.getAfter()));
            }
            if (change.getRateBefore() != null && change.getRateAfter() != null) {
                out.println("    rate" + percent(change.getRateBefore()) + " ->" + percent(change.getRateAfter()));
            }
            if (change.getDeployment() != null) {
                out.println("    in between  " + clean(change.getDeployment().getService()) + " "
                        + clean(change.getDeployment().getRevision()) + " at "
                        + change.getDeployment().getDeployedAt());
            }
        }
    }

    private void breaches(List<Breach> breaches) {
        heading("Breaches");
        for (Breach breach : breaches) {
            out.println("  " + breach.getState() + "  "
                    + clean(breach.getScope().getName()) + "  " + clean(breach.getReason()));
        }
    }

    private void incidents(List<Incident> incidents) {
        heading("Incidents");
        incidents.stream()
                .sorted(Comparator.comparing(Incident::getSeverity).thenComparing(Incident::getStartedAt))
                .forEach(this::incident);
    }

    private void incident(Incident incident) {
        out.println("  " + incident.getSeverity() + " " + incident.getPriority() + "  " + incident.getState() + "  "
                + cut(clean(incident.getTitle())));
        out.println("    " + incident.getIncidentId() + "  " + counted(incident.getTestCount(), "test") + " in "
                + counted(incident.getSuiteCount(), "suite") + " since " + incident.getStartedAt());
        if (incident.getDeployment() != null) {
            out.println("    suspected  " + clean(incident.getDeployment().getReason()));
        }
        long notRun = incident.getTests().stream()
                .filter(test -> test.getCondition() == TestCondition.NOT_RUN_SINCE)
                .count();
        if (notRun > 0) {
            out.println(
                    "    not resolved: " + notRun + " of its " + incident.getTestCount() + " tests have not run since");
        }
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }

    private static String text(PatternView pattern) {
        String message = pattern.getTemplate().isEmpty() ? "(no message)" : clean(pattern.getTemplate());
        return cut(pattern.getType() == null ? message : clean(pattern.getType()) + ": " + message);
    }

    private static String ofConclusive(StatusCounts counts) {
        long conclusive = counts.getPassed() + counts.getFailed() + counts.getErrored() + counts.getTimedOut();
        return counts.getPassed() + " of " + conclusive;
    }

    private static String percent(@Nullable Double rate) {
        return rate == null ? "" : " " + Percent.of(rate);
    }

    private static String cut(String text) {
        return text.length() <= TEXT_WIDTH ? text : text.substring(0, TEXT_WIDTH) + "…";
    }

    /** Test output is data: no control character of it reaches the terminal. */
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
    }
}
