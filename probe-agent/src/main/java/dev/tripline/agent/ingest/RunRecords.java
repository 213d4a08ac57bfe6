package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportedFailure;
import dev.tripline.agent.report.ReportedOutcome;
import dev.tripline.events.Failure;
import dev.tripline.events.Keys;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.TextBounds;
import dev.tripline.service.secrets.SecretMask;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of one run: one outcome for each test, its attempts collapsed, and the totals of each suite at the end.
 * Not for use by several threads. Keeps the outcomes of tests that may have several attempts, and one total for each suite.
 */
public final class RunRecords {
    private final IngestOptions options;
    private final RunOrigin origin;
    private final ExpectedTests expected;
    private final Consumer<TestOutcome> outcomes;
    private final Map<String, Attempts> waiting = new LinkedHashMap<>();
    private final Map<String, String> variants = new HashMap<>();
    private final Map<String, SuiteTotals> totals = new LinkedHashMap<>();
    private final @Nullable String environmentOption;
    private final @Nullable String locationOption;
    private final @Nullable String suiteOption;
    private final @Nullable String serviceOption;
    private final @Nullable String revisionOption;
    private Recent recent = new Recent("", "", "", "", 0);

    /** The run of a suite that came last, and its key: those of one suite mostly come one after the other. */
    private record Recent(String environment, String suite, String location, String source, long run, String key) {
        Recent(String environment, String suite, String location, String source, long run) {
            this(environment, suite, location, source, run, keyOf(environment, suite, location, source, run));
        }

        boolean is(String ofEnvironment, String ofSuite, String ofLocation, String ofSource, long ofRun) {
            return run == ofRun
                    && suite.equals(ofSuite)
                    && source.equals(ofSource)
                    && environment.equals(ofEnvironment)
                    && location.equals(ofLocation);
        }
    }

    /**
     * Starts a run.
     *
     * @param options what the operator says about it
     * @param origin identity of the run, for outcomes that do not carry their own
     * @param outcomes takes each outcome once, at the latest in {@link #finish}
     */
    public RunRecords(IngestOptions options, RunOrigin origin, Consumer<TestOutcome> outcomes) {
        this(options, origin, outcomes, new ExpectedTests());
    }

    /** Starts a run of which a first reading has told what comes. */
    RunRecords(IngestOptions options, RunOrigin origin, Consumer<TestOutcome> outcomes, ExpectedTests expected) {
        this.options = options;
        this.origin = origin;
        this.outcomes = outcomes;
        this.expected = expected;
        this.environmentOption = open(options.environment());
        this.locationOption = open(options.location());
        this.suiteOption = open(options.suite());
        this.serviceOption = open(options.service());
        this.revisionOption = open(options.revision());
    }

    /**
     * Takes what a report says about a test. A second case with the same suite, class and test is its second attempt, and so
     * on, unless the report shows a difference: another file, parameter, or suites around it. Then it is a test of its own.
     *
     * @param reported what the report says
     * @param fallbackSuite suite where neither options nor report name one
     * @param fallbackStart when it began where the report does not say
     */
    public void add(ReportedOutcome reported, String fallbackSuite, Instant fallbackStart) {
        add(reported, fallbackSuite, fallbackStart, origin.source(), Map.of());
    }

    /**
     * Takes what one of several reports says.
     *
     * @param ownSource source of the runs of other suites
     * @param sources source of the run by {@link #suiteOf suite}
     */
    void add(
            ReportedOutcome reported,
            String fallbackSuite,
            Instant fallbackStart,
            String ownSource,
            Map<String, String> sources) {
        // Cut here already, because what a first reading told of suites is looked up by these.
        String environment = TextBounds.name(
                first(environmentOption, reported.environment(), IngestOptions.DEFAULT_ENVIRONMENT), TextBounds.WORD);
        String location = TextBounds.name(
                first(locationOption, reported.location(), IngestOptions.DEFAULT_LOCATION), TextBounds.WORD);
        String suite = TextBounds.name(first(suiteOption, reported.suite(), fallbackSuite), TextBounds.NAME);
        String className = className(reported, suite);
        String test = reported.test() == null ? suite : reported.test();
        String source = first(
                null,
                reported.source(),
                sources.isEmpty() ? ownSource : sources.getOrDefault(Keys.of(environment, suite, location), ownSource));
        long run = reported.run() == null ? origin.run() : reported.run();
        if (!recent.is(environment, suite, location, source, run)) {
            recent = new Recent(environment, suite, location, source, run);
        }
        String suiteRun = recent.key();
        boolean isAlone = expected.isAlone(reported);
        if (!isAlone) {
            className = tellingApart(reported, suiteRun, className, test);
        }
        String key = isAlone ? "" : Keys.of(suiteRun, className, test);
        Attempts before = key.isEmpty() ? null : waiting.get(key);
        int attempt = reported.attempt() != null ? reported.attempt() : before == null ? 1 : before.count() + 1;

        Long millis = reported.duration() == null ? null : millis(reported.duration());
        Instant startedAt = began(reported, millis, fallbackStart).truncatedTo(ChronoUnit.MILLIS);
        Instant endedAt = reported.endedAt() == null
                ? startedAt.plusMillis(millis == null ? 0 : millis)
                : reported.endedAt().truncatedTo(ChronoUnit.MILLIS);

        // A builder checks and copies each field again, which is a good part of what an outcome costs.
        var outcome = new TestOutcome(
                environment,
                suite,
                className,
                test,
                location,
                source,
                run,
                attempt,
                reported.status(),
                startedAt,
                endedAt,
                millis,
                failure(reported.failure()),
                serviceOption == null ? reported.service() : serviceOption,
                revisionOption == null ? reported.revision() : revisionOption,
                first(null, reported.probeKind(), origin.probeKind()),
                reported.agent() == null ? origin.agent() : reported.agent(),
                tags(reported),
                reported.flaky(),
                reported.earlierFailures(),
                reported.quarantined(),
                attributes(reported));
        SuiteTotals suiteTotals = totals.computeIfAbsent(suiteRun, each -> new SuiteTotals(outcome));
        suiteTotals.cover(outcome);
        if (isAlone) {
            handOut(outcome, suiteTotals);
        } else if (before == null) {
            waiting.put(key, new Attempts(TestOutcome.newBuilder(outcome), reported));
        } else {
            before.add(TestOutcome.newBuilder(outcome), reported);
        }
    }

    private List<String> tags(ReportedOutcome reported) {
        if (reported.tags().isEmpty() && origin.tags().size() < 2) {
            return origin.tags();
        }
        var tags = new TreeSet<>(reported.tags());
        tags.addAll(origin.tags());
        return List.copyOf(tags);
    }

    /** Where the pages of a run are is an attribute as well, {@code build.url} and {@code report.url}. */
    private Map<String, String> attributes(ReportedOutcome reported) {
        if (options.buildUrl() == null && options.reportUrl() == null) {
            return reported.attributes();
        }
        var attributes = new TreeMap<>(reported.attributes());
        if (options.buildUrl() != null) {
            attributes.put("build.url", SecretMask.standard().mask(options.buildUrl()));
        }
        if (options.reportUrl() != null) {
            attributes.put("report.url", SecretMask.standard().mask(options.reportUrl()));
        }
        return attributes;
    }

    /** Hands out what had to wait because another attempt could have come. */
    public void finish() {
        waiting.values().forEach(attempts -> {
            TestOutcome outcome = attempts.collapsed();
            handOut(outcome, totals.computeIfAbsent(suiteRunOf(outcome), each -> new SuiteTotals(outcome)));
        });
        waiting.clear();
    }

    /** Tells whether nothing has come yet. */
    public boolean isEmpty() {
        return totals.isEmpty();
    }

    private void handOut(TestOutcome outcome, SuiteTotals suite) {
        suite.add(outcome);
        outcomes.accept(TextBounds.bounded(outcome));
    }

    /** Scripts put branches, links and commands into options; they are masked as reports are. */
    private static @Nullable String open(@Nullable String option) {
        return option == null ? null : SecretMask.standard().mask(option);
    }

    /** Returns a key of the suite of a run: environment, suite and location. */
    static String suiteOf(SuiteRun run) {
        return Keys.of(run.getEnvironment(), run.getSuite(), run.getLocation());
    }

    private static String suiteRunOf(TestOutcome outcome) {
        return keyOf(
                outcome.getEnvironment(),
                outcome.getSuite(),
                outcome.getLocation(),
                outcome.getSource(),
                outcome.getRun());
    }

    private static String keyOf(String environment, String suite, String location, String source, long run) {
        return Keys.of(environment, suite, location, source, Long.toString(run));
    }

    /** Returns the class of a test; with what tells it apart if another test of its name came before. */
    /** When it began: as it says, else so long before its end as it took, else when its report did. */
    private static Instant began(ReportedOutcome reported, @Nullable Long millis, Instant fallbackStart) {
        Instant began = reported.startedAt();
        Instant ended = reported.endedAt();
        if (began == null && ended != null) {
            return ended.truncatedTo(ChronoUnit.MILLIS).minusMillis(millis == null ? 0 : millis);
        }
        return began == null ? fallbackStart : began;
    }

    private String tellingApart(ReportedOutcome reported, String suiteRun, String className, String test) {
        var differences = new ArrayList<>(reported.suitesAround());
        if (reported.variant() != null) {
            differences.add(reported.variant());
        }
        String variant = String.join("/", differences);
        if (variants.computeIfAbsent(Keys.of(suiteRun, className, test), first -> variant)
                .equals(variant)) {
            return className;
        }
        return className.isEmpty() ? variant : variant + "/" + className;
    }

    /** Returns the totals of each suite that was seen, in the order of first sight; after {@link #finish}. */
    public List<SuiteRun> suiteRuns() {
        var runs = new ArrayList<SuiteRun>();
        for (SuiteTotals suite : totals.values()) {
            runs.add(TextBounds.bounded(suite.toRecord(origin)));
        }
        return runs;
    }

    /** Returns a duration in milliseconds as records carry it: half a millisecond counts as one. */
    private static long millis(Duration duration) {
        return Math.addExact(
                Math.multiplyExact(duration.getSeconds(), 1_000L), (duration.getNano() + 500_000) / 1_000_000);
    }

    private static @Nullable Failure failure(@Nullable ReportedFailure failure) {
        return failure == null
                ? null
                : new Failure(failure.type(), failure.message(), failure.details(), failure.truncated());
    }

    /** Suites that were nested still tell tests apart where one name was given to all of them. */
    private static String className(ReportedOutcome reported, String suite) {
        String reportedClass = reported.className() == null ? "" : reported.className();
        if (reported.suitesAround().size() < 2) {
            return reportedClass;
        }
        String around = String.join("/", reported.suitesAround());
        if (suite.equals(around)) {
            return reportedClass;
        }
        return reportedClass.isEmpty() ? around : around + "/" + reportedClass;
    }

    private static String first(@Nullable String option, @Nullable String reported, String otherwise) {
        return option != null ? option : reported != null ? reported : otherwise;
    }
}
