package dev.tripline.analyzer.series;

import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Bucket;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeId;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.PatternedFailure;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rate.Tally;
import dev.tripline.analyzer.series.AbsenceWatch.Absence;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.service.text.Cut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one counted outcome adds to its environment, while it waits for the next flush.
 *
 * @param flaky whether it passed only on a retry
 * @param sample message of the failure, cut to {@value #SAMPLE_LENGTH} characters; empty if it did not fail
 * @param details first and last lines of its stack trace or longer output, if it is the first of its series with the pattern;
 *     null else
 * @param links pages about its run
 * @param pattern pattern of the failure; null if it did not fail
 */
public record Contribution(
        Series series,
        RunId runId,
        int attempt,
        OutcomeStatus status,
        boolean flaky,
        Instant startedAt,
        Instant endedAt,
        @Nullable Long durationMillis,
        @Nullable String service,
        @Nullable String revision,
        String probeKind,
        List<String> tags,
        @Nullable ErrorPattern pattern,
        String sample,
        @Nullable String details,
        SortedMap<String, String> links,
        List<Absence> absences) {
    private static final int SAMPLE_LENGTH = 500;

    /** Characters of the failures of one input, of at most 3 bytes each: together under Kafka's 1 MiB. */
    private static final long MOST_CHARS = 256 * 1024;

    private static final long OVERHEAD = 200;

    public Contribution {
        // State of before may not have them.
        links = links == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(links));
    }

    /** Run and labels that the outcomes of one delta share. */
    private record Group(
            String suite,
            String location,
            RunId runId,
            String probeKind,
            @Nullable String service,
            @Nullable String revision,
            List<String> tags,
            SortedMap<String, String> links) {}

    /** Returns what a counted outcome adds. */
    public static Contribution of(Counted counted) {
        Outcome outcome = counted.outcome();
        String message = counted.pattern() == null ? "" : outcome.failureMessage();
        return new Contribution(
                outcome.series(),
                outcome.runId(),
                outcome.attempt(),
                outcome.status(),
                outcome.flaky(),
                outcome.startedAt(),
                outcome.endedAt(),
                outcome.durationMillis(),
                outcome.service(),
                outcome.revision(),
                outcome.probeKind(),
                outcome.tags(),
                counted.pattern(),
                Cut.plain(message, SAMPLE_LENGTH),
                counted.pattern() == null || counted.isRepeated() ? null : Excerpt.of(outcome.failureDetails()),
                outcome.links(),
                counted.absences());
    }

    /**
     * Sums contributions of one environment into its inputs: a delta for each suite run, then the patterns that stay away,
     * each in the order in which they first came.
     */
    public static List<EnvironmentInput> sum(List<Contribution> contributions, RateWindows windows) {
        Map<Group, List<Contribution>> byGroup = new LinkedHashMap<>();
        for (Contribution each : contributions) {
            byGroup.computeIfAbsent(each.group(), group -> new ArrayList<>()).add(each);
        }
        var inputs = new ArrayList<EnvironmentInput>();
        byGroup.forEach((group, members) -> parts(members).forEach(part -> inputs.add(delta(group, part, windows))));
        for (Contribution each : contributions) {
            each.absences()
                    .forEach(absence -> inputs.add(new PatternAbsent(
                            each.id(),
                            each.status(),
                            absence.patternId(),
                            absence.outcomesSince(),
                            absence.isRecovered())));
        }
        return List.copyOf(inputs);
    }

    /** A suite may fail with more text than fits into a record of Kafka: each part does. */
    private static List<List<Contribution>> parts(List<Contribution> members) {
        var parts = new ArrayList<List<Contribution>>();
        var part = new ArrayList<Contribution>();
        long chars = 0;
        for (Contribution each : members) {
            if (!part.isEmpty() && chars + each.chars() > MOST_CHARS) {
                parts.add(List.copyOf(part));
                part.clear();
                chars = 0;
            }
            part.add(each);
            chars += each.chars();
        }
        parts.add(List.copyOf(part));
        return parts;
    }

    /** About how many characters it adds to a record. */
    private long chars() {
        @Nullable ErrorPattern failed = pattern;
        if (failed == null) {
            return 0;
        }
        long names = (long) series.suite().length()
                + series.className().length()
                + series.test().length()
                + series.location().length()
                + runId.source().length();
        long type = failed.type() == null ? 0 : failed.type().length();
        return OVERHEAD
                + names
                + type
                + failed.template().length()
                + sample.length()
                + (details == null ? 0 : details.length());
    }

    private static Delta delta(Group group, List<Contribution> members, RateWindows windows) {
        var buckets = new TreeMap<Long, Tally>();
        var failures = new ArrayList<PatternedFailure>();
        long finest = windows.finestMillis();
        for (Contribution each : members) {
            long start = Math.floorDiv(each.endedAt().toEpochMilli(), finest) * finest;
            @Nullable ErrorPattern pattern = each.pattern();
            buckets.computeIfAbsent(start, s -> new Tally())
                    .count(each.status(), each.flaky(), each.durationMillis(), pattern == null ? null : pattern.id());
            if (pattern != null) {
                failures.add(new PatternedFailure(
                        each.id(),
                        each.status(),
                        pattern,
                        each.sample(),
                        each.service(),
                        each.revision(),
                        each.details(),
                        each.links()));
            }
        }
        failures.sort(Comparator.comparing(PatternedFailure::outcome));
        return new Delta(
                group.suite(),
                group.location(),
                group.runId(),
                group.probeKind(),
                group.service(),
                group.revision(),
                group.tags(),
                group.links(),
                members.stream()
                        .map(Contribution::startedAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                members.stream()
                        .map(Contribution::endedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                buckets.entrySet().stream()
                        .map(e -> new Bucket(Instant.ofEpochMilli(e.getKey()), e.getValue()))
                        .toList(),
                List.copyOf(failures));
    }

    private Group group() {
        return new Group(series.suite(), series.location(), runId, probeKind, service, revision, tags, links);
    }

    /** Returns what identifies the outcome within its environment. */
    public OutcomeId id() {
        return new OutcomeId(
                series.suite(),
                series.className(),
                series.test(),
                series.location(),
                runId.source(),
                runId.run(),
                attempt,
                endedAt);
    }
}
