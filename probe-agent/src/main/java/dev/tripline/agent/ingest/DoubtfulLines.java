package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.OutcomeStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices JSON lines that are taken for what their writer may not have meant: lines without a run that look like many runs, which
 * would all become one, and attempts that go on after a pass, which may be other tests of the same name.
 */
final class DoubtfulLines {
    /** Runs of suites that take longer are rare, and lines of one day's runs are usually further apart. */
    private static final Duration ONE_RUN = Duration.ofHours(6);

    private final Set<List<String>> tests = new HashSet<>();
    private final Set<List<String>> passed = new HashSet<>();
    private long repeated;
    private long afterPass;
    private @Nullable Instant earliest;
    private @Nullable Instant latest;

    void add(ReportedOutcome line) {
        if (line.attempt() != null) {
            addAttempt(line);
        }
        if (line.run() != null) {
            return;
        }
        if (line.attempt() == null && !tests.add(test(line))) {
            repeated++;
        }
        Instant at = line.startedAt();
        if (at != null) {
            earliest = earliest == null || at.isBefore(earliest) ? at : earliest;
            latest = latest == null || at.isAfter(latest) ? at : latest;
        }
    }

    private void addAttempt(ReportedOutcome line) {
        var attempted = new ArrayList<>(test(line));
        attempted.add(text(line.source()));
        attempted.add(String.valueOf(line.run()));
        if (passed.contains(attempted)) {
            afterPass++;
        } else if (line.status() == OutcomeStatus.PASSED) {
            passed.add(attempted);
        }
    }

    /** Returns what to say about the lines of a file; empty if nothing is in doubt. */
    List<String> warnings(Path file) {
        var warnings = new ArrayList<String>();
        boolean isLong = earliest != null && latest != null && latest.isAfter(earliest.plus(ONE_RUN));
        if (repeated > 0 || isLong) {
            String why = isLong ? "are from " + earliest + " to " + latest : "name a test again " + times(repeated);
            warnings.add(file + ": lines without 'run' count as one run, but " + why
                    + "; if they are of several runs, give each its 'run'");
        }
        if (afterPass > 0) {
            warnings.add(file + ": lines with 'attempt' count as attempts of one test, but go on after it passed "
                    + times(afterPass) + "; if they are tests of several classes, give each its 'className'");
        }
        return warnings;
    }

    private static List<String> test(ReportedOutcome line) {
        return List.of(
                text(line.environment()),
                text(line.suite()),
                text(line.location()),
                text(line.className()),
                text(line.test()));
    }

    private static String times(long count) {
        return count + (count == 1 ? " time" : " times");
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }
}
