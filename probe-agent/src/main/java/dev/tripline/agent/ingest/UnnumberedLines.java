package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notices lines without a run that look like many runs, which would all become one. */
final class UnnumberedLines {
    /** Runs of suites that take longer are rare, and lines of one day's runs are usually further apart. */
    private static final Duration ONE_RUN = Duration.ofHours(6);

    private final Set<List<String>> tests = new HashSet<>();
    private long repeated;
    private @Nullable Instant earliest;
    private @Nullable Instant latest;

    void add(ReportedOutcome line) {
        if (line.run() != null) {
            return;
        }
        if (line.attempt() == null
                && !tests.add(List.of(
                        text(line.environment()),
                        text(line.suite()),
                        text(line.location()),
                        text(line.className()),
                        text(line.test())))) {
            repeated++;
        }
        Instant at = line.startedAt();
        if (at != null) {
            earliest = earliest == null || at.isBefore(earliest) ? at : earliest;
            latest = latest == null || at.isAfter(latest) ? at : latest;
        }
    }

    /** Returns what to say about the lines of a file; empty if they look like one run. */
    Optional<String> warning(Path file) {
        boolean isLong = earliest != null && latest != null && latest.isAfter(earliest.plus(ONE_RUN));
        if (repeated == 0 && !isLong) {
            return Optional.empty();
        }
        String why = isLong
                ? "are from " + earliest + " to " + latest
                : "name a test again " + repeated + (repeated == 1 ? " time" : " times");
        return Optional.of(file + ": lines without 'run' count as one run, but " + why
                + "; if they are of several runs, give each its 'run'");
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }
}
