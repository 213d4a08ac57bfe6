package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.PatternAbsent;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.Contribution;
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
import dev.tripline.events.TestOutcome;
import dev.tripline.service.time.Acceptance;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Counts each outcome once and gathers what it adds; a punctuator sums that up for the environments, at most one rate per
 * test and flush. What waits for a flush is also in a store, because under exactly-once the heap is lost with a transaction.
 */
final class CountProcessor implements Processor<byte[], Decoded<TestOutcome>, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CountProcessor.class);

    private final SeriesAnalysis analysis;
    private final RateWindows windows;
    private final Duration flushInterval;
    private final OutcomesTopology.Names names;
    private final EventSerde<RuleSet> rulesSerde;
    private final SeriesStateCodec seriesCodec;
    private final Counter counted = StageMeters.outcomes(OutcomeResult.COUNTED);
    private final Counter repeated = StageMeters.outcomes(OutcomeResult.REPEATED);

    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable SeriesMemory seriesMemory;
    private @Nullable KeyValueStore<Long, byte[]> waitingStore;
    private @Nullable KeyValueStore<String, String> announcedStore;
    private @Nullable LatestRules latestRules;
    private @Nullable Cancellable nextFlush;
    private @Nullable UnreadableState unreadable;

    /** What waits, in its order; in the store from number {@link #firstWaiting} to before {@link #nextWaiting}. */
    private final List<Contribution> waiting = new ArrayList<>();

    /** What of it cannot be read, by its number; put aside with the next flush, for nothing can be forwarded before. */
    private final Map<Long, Spoiled> spoiled = new LinkedHashMap<>();

    private long firstWaiting;
    private long nextWaiting;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Spoiled(byte[] value, UnreadableStateException why) {}

    CountProcessor(
            SeriesAnalysis analysis,
            RateWindows windows,
            Duration flushInterval,
            OutcomesTopology.Names names,
            EventSerde<RuleSet> rulesSerde) {
        this.analysis = analysis;
        this.windows = windows;
        this.flushInterval = flushInterval;
        this.names = names;
        this.rulesSerde = rulesSerde;
        this.seriesCodec = new SeriesStateCodec(windows, analysis.horizon());
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
        UnreadableState putAside = UnreadableState.toDeadLetters(initialized, names.deadLetters());
        unreadable = putAside;
        // Anew each time: after a transaction that failed the stores are what they were before it.
        seriesMemory = new SeriesMemory(
                analysis,
                seriesCodec,
                initialized.getStateStore(names.series()),
                initialized.getStateStore(names.steps()),
                putAside,
                SeriesMemory.MOST_BUCKETS);
        waitingStore = initialized.getStateStore(names.waiting());
        announcedStore = initialized.getStateStore(names.announced());
        latestRules = new LatestRules(initialized.getStateStore(names.rules()), rulesSerde);
        nextFlush = null;
        restoreWaiting();
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

    /** A punctuator that fires asks for a commit, whatever it did, so there is one only while something waits. */
    private void scheduleFlush() {
        if (nextFlush == null) {
            nextFlush =
                    Nodes.initialized(context).schedule(flushInterval, PunctuationType.WALL_CLOCK_TIME, this::flush);
        }
    }

    @Override
    public void process(Record<byte[], Decoded<TestOutcome>> record) {
        Decoded<TestOutcome> decoded = record.value();
        Outcome outcome;
        try {
            outcome = FromRecords.outcome(decoded.value());
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
        } else {
            count(outcome, decoded);
        }
    }

    private void count(Outcome outcome, Decoded<TestOutcome> decoded) {
        String key = keyOf(outcome.series());
        SeriesMemory.Remembered series = memory().recall(key);
        SeriesAnalysis.Result result;
        try {
            result = analysis.next(outcome, series.state());
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
                            + " before the newest outcome of its series at " + late.newest());
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

    private void flush(long wallClockMillis) {
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
            List<EnvironmentInput> inputs = Contribution.sum(contributions, windows);
            for (int i = 0; i < inputs.size(); i++) {
                boolean more = i + 1 < inputs.size();
                tell(recordOf(environment, inputs.get(i), more), wallClockMillis);
            }
        });
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

    private void putAside(Decoded<TestOutcome> decoded, Reason reason, String detail) {
        LOG.warn(
                "{}-{}@{}: put aside as {}: {}",
                decoded.origin().topic(),
                decoded.origin().partition(),
                decoded.origin().offset(),
                reason.word(),
                detail);
        Nodes.initialized(context).forward(DeadLetters.of(decoded, reason, detail), names.deadLetters());
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
        if (input instanceof PatternAbsent absent) {
            return ToRecords.absence(environment, absent, more);
        }
        throw new IllegalStateException("outcomes sum up to deltas and absences, got " + input);
    }

    private static String keyOf(Series series) {
        return Keys.of(series.environment(), series.suite(), series.className(), series.test(), series.location());
    }

    private SeriesMemory memory() {
        return Nodes.initialized(seriesMemory);
    }
}
