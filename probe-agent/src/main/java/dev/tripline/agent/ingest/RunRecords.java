package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedFailure;
import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.Failure;
import dev.tripline.events.Keys;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of one run, in the order of its reports: outcomes one by one, and the totals of each suite at the end.
 * Not for use by several threads. Keeps one number for each test and one total for each suite, never the outcomes.
 */
public final class RunRecords {
    private final IngestOptions options;
    private final RunOrigin origin;
    private final Map<Long, Integer> attempts = new HashMap<>();
    private final Map<String, SuiteTotals> totals = new LinkedHashMap<>();

    /**
     * Starts a run.
     *
     * @param options what the operator says about it
     * @param origin identity of the run, for outcomes that do not carry their own
     */
    public RunRecords(IngestOptions options, RunOrigin origin) {
        this.options = options;
        this.origin = origin;
    }

    /**
     * Makes the record of an outcome and counts it. A second case with the same suite, class and test is its second attempt,
     * and so on.
     *
     * @param reported what the report says
     * @param fallbackSuite suite where neither options nor report name one
     * @param fallbackStart when it began where the report does not say
     */
    public TestOutcome add(ReportedOutcome reported, String fallbackSuite, Instant fallbackStart) {
        String environment = first(options.environment(), reported.environment(), IngestOptions.DEFAULT_ENVIRONMENT);
        String location = first(options.location(), reported.location(), IngestOptions.DEFAULT_LOCATION);
        String suite = first(options.suite(), reported.suite(), fallbackSuite);
        String className = className(reported, suite);
        String test = reported.test() == null ? suite : reported.test();
        String source = first(null, reported.source(), origin.source());
        long run = reported.run() == null ? origin.run() : reported.run();
        String suiteRun = Keys.of(environment, suite, location, source, Long.toString(run));
        int attempt = reported.attempt() == null
                ? attempts.merge(fingerprint(Keys.of(suiteRun, className, test)), 1, Integer::sum)
                : reported.attempt();

        Instant began = reported.startedAt() == null ? fallbackStart : reported.startedAt();
        Instant startedAt = began.truncatedTo(ChronoUnit.MILLIS);
        Long millis = reported.duration() == null ? null : millis(reported.duration());
        Instant endedAt = reported.endedAt() == null
                ? startedAt.plusMillis(millis == null ? 0 : millis)
                : reported.endedAt().truncatedTo(ChronoUnit.MILLIS);

        var tags = new TreeSet<>(reported.tags());
        tags.addAll(origin.tags());
        TestOutcome outcome = TestOutcome.newBuilder()
                .setEnvironment(environment)
                .setSuite(suite)
                .setClassName(className)
                .setTest(test)
                .setLocation(location)
                .setSource(source)
                .setRun(run)
                .setAttempt(attempt)
                .setStatus(reported.status())
                .setStartedAt(startedAt)
                .setEndedAt(endedAt)
                .setDurationMillis(millis)
                .setFailure(failure(reported.failure()))
                .setService(options.service() == null ? reported.service() : options.service())
                .setRevision(options.revision() == null ? reported.revision() : options.revision())
                .setProbeKind(first(null, reported.probeKind(), origin.probeKind()))
                .setAgent(reported.agent() == null ? origin.agent() : reported.agent())
                .setTags(List.copyOf(tags))
                .setFlaky(reported.flaky())
                .setQuarantined(reported.quarantined())
                .setAttributes(reported.attributes())
                .build();
        totals.computeIfAbsent(suiteRun, key -> new SuiteTotals(outcome)).add(outcome);
        return outcome;
    }

    /** Returns the totals of each suite that was seen, in the order of first sight. */
    public List<SuiteRun> suiteRuns() {
        var runs = new ArrayList<SuiteRun>();
        for (SuiteTotals suite : totals.values()) {
            runs.add(suite.toRecord(origin));
        }
        return runs;
    }

    /** Returns a duration in milliseconds as records carry it: half a millisecond counts as one. */
    private static long millis(Duration duration) {
        return duration.plusNanos(500_000).toMillis();
    }

    private static @Nullable Failure failure(@Nullable ReportedFailure failure) {
        return failure == null
                ? null
                : Failure.newBuilder()
                        .setType(failure.type())
                        .setMessage(failure.message())
                        .setDetails(failure.details())
                        .setTruncated(failure.truncated())
                        .build();
    }

    /** Suites that were nested still tell tests apart where one name was given to all of them. */
    private static String className(ReportedOutcome reported, String suite) {
        String reportedClass = reported.className() == null ? "" : reported.className();
        String around = String.join("/", reported.suitesAround());
        if (reported.suitesAround().size() < 2 || suite.equals(around)) {
            return reportedClass;
        }
        return reportedClass.isEmpty() ? around : around + "/" + reportedClass;
    }

    private static String first(@Nullable String option, @Nullable String reported, String otherwise) {
        return option != null ? option : reported != null ? reported : otherwise;
    }

    /**
     * FNV-1a, 64 bit: a report of a gigabyte has millions of tests, whose names need not be kept to count attempts. Two tests
     * with one fingerprint (about once in a million such reports) would only start with attempt 2.
     */
    private static long fingerprint(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ (text.charAt(i) & 0xff)) * 0x100000001b3L;
            hash = (hash ^ (text.charAt(i) >> 8)) * 0x100000001b3L;
        }
        return hash;
    }
}
