package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.CountedRuns.Verdict;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Late;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.analyzer.topology.StageMeters.OutcomeResult;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.EventSerde;
import dev.tripline.events.Keys;
import dev.tripline.events.RuleSet;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.TextBounds;
import dev.tripline.service.time.Acceptance;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts each outcome once and gathers what it adds; a punctuator sums that up for the environments, with the runs that are over, at
 * most one rate per test and flush. What waits for a flush is also in a store, because under exactly-once the heap is lost with a transaction.
 */
final class CountProcessor implements Processor<byte[], Decoded<?>, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CountProcessor.class);

    /** Wall time between two looks at runs that are waited for; each asks for a commit. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** Header of what was written again under its suite's key. */
    private static final String AGAIN = "tripline.written-again";

    private final SeriesAnalysis analysis;
    private final RateWindows windows;
    private final Duration flushInterval;
    private final SuitesTopology.Names names;
    private final EventSerde<RuleSet> rulesSerde;
    private final SeriesStateCodec seriesCodec;
    private final Counter counted = StageMeters.outcomes(OutcomeResult.COUNTED);
    private final Counter repeated = StageMeters.outcomes(OutcomeResult.REPEATED);

    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable SeriesMemory seriesMemory;
    private @Nullable StoredSuites suites;
    private @Nullable CountedRuns countedRuns;
    private @Nullable KeyValueStore<Long, byte[]> waitingStore;
    private @Nullable KeyValueStore<String, String> announcedStore;
    private @Nullable LatestRules latestRules;
    private @Nullable Cancellable nextFlush;
    private @Nullable Cancellable nextLook;
    private boolean isRecounted;

    /** Suites with runs that are waited for; all of them once it was looked for them. */
    private final Set<SuiteOf> openSuites = new LinkedHashSet<>();

    private boolean isOpenKnown;
    private @Nullable UnreadableState unreadable;

    /** What waits, in its order; in the store from number {@link #firstWaiting} to before {@link #nextWaiting}. */
    private final List<Contribution> waiting = new ArrayList<>();

    /** What of it cannot be read, by its number; put aside with the next flush, for nothing can be forwarded before. */
    private final Map<Long, Spoiled> spoiled = new LinkedHashMap<>();

    private long firstWaiting;
    private long nextWaiting;

    private record SuiteOf(String environment, String suite) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Spoiled(byte[] value, UnreadableStateException why) {}

    CountProcessor(
            SeriesAnalysis analysis,
            RateWindows windows,
            Duration flushInterval,
            SuitesTopology.Names names,
            EventSerde<RuleSet> rulesSerde) {
        this.analysis = analysis;
        this.windows = windows;
        this.flushInterval = flushInterval;
        this.names = names;
        this.rulesSerde = rulesSerde;
        this.seriesCodec = new SeriesStateCodec(windows);
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
        UnreadableState putAside = UnreadableState.toDeadLetters(initialized, names.outcomesDeadLetters());
        unreadable = putAside;
        // Anew each time: after a transaction that failed the stores are what they were before it.
        seriesMemory = new SeriesMemory(
                analysis,
                seriesCodec,
                initialized.getStateStore(names.series()),
                initialized.getStateStore(names.steps()),
                putAside,
                SeriesMemory.MOST_BUCKETS);
        StoredSuites stored = new StoredSuites(
                initialized.getStateStore(names.suites()), initialized.getStateStore(names.runs()), putAside);
        suites = stored;
        countedRuns = analysis.runsIn(stored);
        waitingStore = initialized.getStateStore(names.waiting());
        announcedStore = initialized.getStateStore(names.announced());
        latestRules = new LatestRules(initialized.getStateStore(names.rules()), rulesSerde);
        nextFlush = null;
        nextLook = null;
        isRecounted = false;
        openSuites.clear();
        isOpenKnown = false;
        restoreWaiting();
        scheduleLook(); // the first finds what is open
    }

    private void restoreWaiting() {
        waiting.clear();
        spoiled.clear();
        firstWaiting = 0;
        nextWaiting = 0;
        boolean isFirst = true;
        try (KeyValueIterator<Long, byte[]> inOrder =
                Nodes.initialized(waitingStore).all()) {
            while (inOrder.hasNext()) {
                KeyValue<Long, byte[]> next = inOrder.next();
                if (isFirst) {
                    firstWaiting = next.key;
                    isFirst = false;
                }
                nextWaiting = next.key + 1;
                try {
                    waiting.add(ContributionCodec.read(next.value));
                } catch (UnreadableStateException e) {
                    spoiled.put(next.key, new Spoiled(next.value, e));
                }
            }
        }
        if (nextWaiting > firstWaiting) {
            scheduleFlush();
        }
    }

    /** Runs are written once a flush: what came after the last is in what waits. Later, because now nothing can be put aside. */
    private void recount() {
        if (!isRecounted) {
            isRecounted = true;
            for (Contribution each : waiting) {
                runs().recount(
                                each,
                                memory().recall(keyOf(each.series())).state().number());
            }
        }
    }

    /** A punctuator that fires asks for a commit, whatever it did, so there is one only while something waits. */
    private void scheduleFlush() {
        if (nextFlush == null) {
            nextFlush =
                    Nodes.initialized(context).schedule(flushInterval, PunctuationType.WALL_CLOCK_TIME, this::flush);
        }
    }

    @Override
    public void process(Record<byte[], Decoded<?>> record) {
        recount();
        Decoded<?> decoded = record.value();
        boolean isAgain = record.headers().lastHeader(AGAIN) != null;
        if (decoded.value() instanceof TestOutcome outcome) {
            process(outcome, decoded, isAgain);
        } else if (decoded.value() instanceof SuiteRun run) {
            process(run, decoded, isAgain);
        } else {
            throw new IllegalStateException("neither an outcome nor totals of a run: " + decoded.origin());
        }
    }

    private void process(TestOutcome given, Decoded<?> decoded, boolean isAgain) {
        Outcome outcome;
        try {
            outcome = FromRecords.outcome(given);
        } catch (RuntimeException e) {
            // Also what nobody thought of: it must not come again and again.
            putAside(decoded, Reason.INVALID, String.valueOf(e.getMessage()));
            return;
        }
        if (Acceptance.isAhead(outcome.endedAt(), decoded.origin().appendedAt())) {
            putAside(
                    decoded,
                    Reason.CLOCK_SKEW,
                    "ended at " + outcome.endedAt() + ", but the broker took it at "
                            + decoded.origin().appendedAt());
        } else if (!isAgain
                && isElsewhere(
                        decoded,
                        outcome.series().environment(),
                        outcome.series().suite())) {
            again(decoded, outcome.series().environment(), outcome.series().suite(), names.outcomesAgain());
        } else {
            count(outcome, decoded);
        }
    }

    private void process(SuiteRun given, Decoded<?> decoded, boolean isAgain) {
        RunTotals totals;
        try {
            totals = FromRecords.totals(given);
        } catch (RuntimeException e) {
            putAside(decoded, Reason.INVALID, String.valueOf(e.getMessage()));
            return;
        }
        String environment = TextBounds.bounded(given).getEnvironment();
        if (Acceptance.isAhead(totals.endedAt(), decoded.origin().appendedAt())) {
            putAside(
                    decoded,
                    Reason.CLOCK_SKEW,
                    "totals of a run that ended at " + totals.endedAt() + ", but the broker took them at "
                            + decoded.origin().appendedAt());
            return;
        }
        if (!isAgain && isElsewhere(decoded, environment, totals.suite())) {
            again(decoded, environment, totals.suite(), names.totalsAgain());
            return;
        }
        Verdict verdict;
        try {
            verdict = runs().publish(environment, totals, decoded.origin().appendedAt());
        } catch (KafkaException | NewerStateException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{}: our fault, please report", totals.run(), e);
            putAside(decoded, Reason.FAILED, String.valueOf(e.getMessage()));
            return;
        }
        switch (verdict) {
            case COUNTED -> {
                boolean isWaiting = waiting.stream().anyMatch(each -> isOf(each.series(), environment, totals.suite()));
                if (!isWaiting) {
                    tellEnded(
                            environment,
                            totals.suite(),
                            Instant.MIN,
                            Nodes.initialized(context).currentSystemTimeMs());
                }
                Nodes.initialized(suites).commit(); // what does not wait is in no other store
            }
            case REPEATED -> LOG.debug("{}: totals repeated", totals.run());
            case LATE ->
                putAside(
                        decoded,
                        Reason.LATE,
                        "totals of a run that ended at " + totals.endedAt() + ", more than "
                                + SeriesAnalysis.STANDARD_HORIZON + " before the newest outcome of its suite");
        }
    }

    private static boolean isOf(Series series, String environment, String suite) {
        return series.suite().equals(suite) && series.environment().equals(environment);
    }

    /**
     * All of a suite is counted in one task; who wrote a record may not have known which. What was written again is counted where it
     * is: instances that mask by different patterns would send it to and fro.
     */
    private static boolean isElsewhere(Decoded<?> decoded, String environment, String suite) {
        return !Arrays.equals(decoded.key(), keyOfSuite(environment, suite));
    }

    private void again(Decoded<?> decoded, String environment, String suite, String node) {
        Nodes.initialized(context)
                .forward(
                        new Record<>(
                                keyOfSuite(environment, suite),
                                decoded.raw(),
                                decoded.origin().appendedAt().toEpochMilli(),
                                new RecordHeaders().add(AGAIN, new byte[0])),
                        node);
    }

    private static byte[] keyOfSuite(String environment, String suite) {
        return Keys.ofSuite(environment, suite).getBytes(StandardCharsets.UTF_8);
    }

    private void count(Outcome outcome, Decoded<?> decoded) {
        String key = keyOf(outcome.series());
        SeriesMemory.Remembered series = memory().recall(key);
        SeriesAnalysis.Result result;
        try {
            result = analysis.next(outcome, decoded.origin().appendedAt(), runs(), series.state());
        } catch (KafkaException | NewerStateException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever an outcome does to the analysis, it must not stop the others. Nothing of it is kept.
            LOG.error("{}: our fault, please report", key, e);
            memory().drop(series);
            putAside(decoded, Reason.FAILED, String.valueOf(e.getMessage()));
            return;
        }
        if (result instanceof Counted step) {
            memory().keep(series, step.step());
            await(Contribution.of(step));
            counted.increment();
        } else if (result instanceof Late late) {
            putAside(
                    decoded,
                    Reason.LATE,
                    "ended at " + outcome.endedAt() + ", more than " + late.horizon()
                            + " before the newest outcome of its suite at " + late.newest());
        } else {
            LOG.debug("{}: repeated", key);
            repeated.increment();
        }
    }

    private void await(Contribution contribution) {
        Nodes.initialized(waitingStore).put(nextWaiting, ContributionCodec.write(contribution));
        nextWaiting++;
        waiting.add(contribution);
        scheduleFlush();
    }

    /** Now and then, while runs are waited for: those of which nothing comes are over. */
    private void look(long wallClockMillis) {
        recount();
        if (!isOpenKnown) {
            isOpenKnown = true;
            Nodes.initialized(suites)
                    .forEachOpen((environment, suite) -> openSuites.add(new SuiteOf(environment, suite)));
        }
        Instant now = Instant.ofEpochMilli(wallClockMillis);
        for (SuiteOf each : List.copyOf(openSuites)) {
            boolean isWaiting = waiting.stream().anyMatch(one -> isOf(one.series(), each.environment(), each.suite()));
            if (!isWaiting) {
                tellEnded(each.environment(), each.suite(), now, wallClockMillis);
            }
        }
        Nodes.initialized(suites).commit();
        Cancellable looked = nextLook;
        if (openSuites.isEmpty() && looked != null) {
            looked.cancel();
            nextLook = null;
        }
    }

    private void scheduleLook() {
        if (nextLook == null) {
            nextLook = Nodes.initialized(context).schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
        }
    }

    private void noteOpen(String environment, String suite) {
        var of = new SuiteOf(environment, suite);
        if (runs().isWaiting(environment, suite)) {
            openSuites.add(of);
            scheduleLook();
        } else {
            openSuites.remove(of);
        }
    }

    private void flush(long wallClockMillis) {
        recount();
        Map<String, List<Contribution>> byEnvironment = new LinkedHashMap<>();
        Set<Series> changed = new LinkedHashSet<>();
        for (Contribution each : waiting) {
            byEnvironment
                    .computeIfAbsent(each.series().environment(), e -> new ArrayList<>())
                    .add(each);
            changed.add(each.series());
        }
        byEnvironment.forEach((environment, contributions) -> {
            announceRules(environment, wallClockMillis);
            var inputs = new ArrayList<EnvironmentInput>(Contribution.sum(contributions, windows));
            contributions.stream().map(each -> each.series().suite()).distinct().forEach(suite -> {
                inputs.addAll(runs().ended(environment, suite, Instant.MIN));
                noteOpen(environment, suite);
            });
            tell(environment, inputs, wallClockMillis);
        });
        Nodes.initialized(suites).commit();
        changed.forEach(each -> tellRate(each, wallClockMillis));
        spoiled.forEach(this::putAside);
        spoiled.clear();
        KeyValueStore<Long, byte[]> store = Nodes.initialized(waitingStore);
        for (long number = firstWaiting; number < nextWaiting; number++) {
            store.delete(number);
        }
        firstWaiting = nextWaiting;
        waiting.clear();
        Cancellable flushed = nextFlush;
        if (flushed != null) {
            flushed.cancel();
            nextFlush = null;
        }
    }

    private void tellEnded(String environment, String suite, Instant now, long at) {
        List<RunTotals> ended = runs().ended(environment, suite, now);
        noteOpen(environment, suite);
        if (!ended.isEmpty()) {
            announceRules(environment, at);
            tell(environment, ended, at);
        }
    }

    private void tell(String environment, List<? extends EnvironmentInput> inputs, long at) {
        for (int i = 0; i < inputs.size(); i++) {
            tell(recordOf(environment, inputs.get(i), i + 1 < inputs.size()), at);
        }
    }

    /** An environment that is seen for the first time, or since new rules came, is told the newest rules first. */
    private void announceRules(String environment, long at) {
        LatestRules.@Nullable Published latest = Nodes.initialized(latestRules).get();
        KeyValueStore<String, String> announced = Nodes.initialized(announcedStore);
        if (latest != null && !latest.rules().getVersion().equals(announced.get(environment))) {
            tell(ToRecords.rules(environment, latest.rules(), latest.number(), "analyzer"), at);
            announced.put(environment, latest.rules().getVersion());
        }
    }

    private void tell(DecisionInput input, long at) {
        Nodes.initialized(context).forward(new Record<>(InputKeys.of(input), input, at), names.inputs());
    }

    private void tellRate(Series changed, long at) {
        SeriesState state = memory().recall(keyOf(changed)).state();
        SuccessRate rate = ToRecords.testRate(
                Scope.test(changed), state.rates().now(), state.rates().rates());
        Nodes.initialized(context).forward(new Record<>(Keys.of(rate.getScope()), rate, at), names.rates());
    }

    private void putAside(Decoded<?> decoded, Reason reason, String detail) {
        LOG.warn(
                "{}-{}@{}: put aside as {}: {}",
                decoded.origin().topic(),
                decoded.origin().partition(),
                decoded.origin().offset(),
                reason.word(),
                detail);
        String node = decoded.value() instanceof SuiteRun ? names.totalsDeadLetters() : names.outcomesDeadLetters();
        Nodes.initialized(context).forward(DeadLetters.of(decoded, reason, detail), node);
    }

    private void putAside(long number, Spoiled entry) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        Nodes.initialized(unreadable)
                .putAside(
                        new UnreadableState.Entry(names.waiting(), key, "number " + number, entry.value()),
                        entry.why());
    }

    private static DecisionInput recordOf(String environment, EnvironmentInput input, boolean more) {
        if (input instanceof Delta delta) {
            return ToRecords.delta(environment, delta, more);
        }
        if (input instanceof RunTotals totals) {
            return ToRecords.totals(environment, totals, more);
        }
        if (input instanceof PatternAbsent absent) {
            return ToRecords.absence(environment, absent, more);
        }
        throw new IllegalStateException("outcomes sum up to deltas, absences and ends of runs, got " + input);
    }

    private static String keyOf(Series series) {
        return Keys.of(series.environment(), series.suite(), series.className(), series.test(), series.location());
    }

    private CountedRuns runs() {
        return Nodes.initialized(countedRuns);
    }

    private SeriesMemory memory() {
        return Nodes.initialized(seriesMemory);
    }
}
