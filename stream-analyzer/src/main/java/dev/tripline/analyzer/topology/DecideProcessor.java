package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.Decision.Breached;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.PatternChanged;
import dev.tripline.analyzer.environment.Decision.PatternSeen;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.Untold;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.analyzer.topology.StageMeters.DecisionKind;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.Keys;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the inputs of environments to their analysis, in log order, and its decisions to the topics. */
final class DecideProcessor implements Processor<byte[], Decoded<DecisionInput>, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(DecideProcessor.class);

    /** Environments whose values stay decoded. */
    private static final int DECODED = 8;

    private final EnvironmentAnalysis analysis;
    private final LedgerBytes ledgerBytes;
    private final EnvironmentTopology.Names names;
    private final Map<DecisionKind, Counter> told = new EnumMap<>(DecisionKind.class);
    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable EnvironmentStores stores;
    private final Map<String, StoredState> environments = new NewestUsed<>(DECODED);

    DecideProcessor(EnvironmentAnalysis analysis, RateWindows windows, EnvironmentTopology.Names names) {
        this.analysis = analysis;
        this.ledgerBytes = new LedgerBytes(windows);
        this.names = names;
        for (DecisionKind kind : DecisionKind.values()) {
            told.put(kind, StageMeters.decisions(kind));
        }
    }

    private void count(DecisionKind kind) {
        Objects.requireNonNull(told.get(kind)).increment();
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
        stores = new EnvironmentStores(
                initialized.getStateStore(names.heads()),
                initialized.getStateStore(names.rows()),
                initialized.getStateStore(names.untold()),
                UnreadableState.toDeadLetters(initialized, names.deadLetters()));
        // Anew each time: after a transaction that failed the stores are what they were before it.
        environments.clear();
    }

    @Override
    public void process(Record<byte[], Decoded<DecisionInput>> record) {
        Decoded<DecisionInput> decoded = record.value();
        Optional<EnvironmentInput> input = read(decoded);
        String environment = decoded.value().getEnvironment();
        if (environment.isEmpty()) {
            return; // it was put aside for that
        }
        StoredState state = environments.computeIfAbsent(
                environment, each -> new StoredState(each, Nodes.initialized(stores), ledgerBytes));
        List<Decision> decisions = new ArrayList<>();
        input.ifPresent(each -> process(decoded, each, state, decisions));
        // Also after one that was put aside: it may be the last of its flush.
        if (!decoded.value().getMore()) {
            tellWhatChanged(decoded, state, decisions);
        }
        state.commit();
        decisions.forEach(decision -> tell(decision, record.timestamp()));
    }

    private Optional<EnvironmentInput> read(Decoded<DecisionInput> decoded) {
        try {
            Optional<EnvironmentInput> input = FromRecords.input(decoded.value());
            if (input.isEmpty()) {
                LOG.debug("nothing is decided from {}", decoded.value().getKind());
            }
            return input;
        } catch (RuntimeException e) {
            // Also what nobody thought of, such as a number that is too large: it must not come again and again.
            putAside(decoded, Reason.INVALID, e);
            return Optional.empty();
        }
    }

    /** Whatever an input does to the analysis, it must not stop the others; nothing of it is kept then. */
    private void process(
            Decoded<DecisionInput> decoded, EnvironmentInput input, StoredState state, List<Decision> decisions) {
        try {
            analysis.process(input, state, decisions::add);
        } catch (KafkaException | NewerStateException e) {
            throw e;
        } catch (RuntimeException e) {
            state.rollback();
            decisions.clear();
            report(decoded, e);
            putAside(decoded, Reason.FAILED, e);
        }
    }

    /** What cannot be told is given up, so that it does not come in the way of all that follows; the state holds. */
    private void tellWhatChanged(Decoded<DecisionInput> decoded, StoredState state, List<Decision> decisions) {
        for (Untold.Mark mark : state.untold().take()) {
            try {
                analysis.tell(mark, state, decisions::add);
            } catch (KafkaException | NewerStateException e) {
                throw e;
            } catch (RuntimeException e) {
                report(decoded, e);
            }
        }
    }

    private static void report(Decoded<DecisionInput> decoded, RuntimeException e) {
        LOG.error(
                "{}@{}: our fault, please report",
                decoded.origin().topic(),
                decoded.origin().offset(),
                e);
    }

    private void tell(Decision decision, long at) {
        ProcessorContext<Object, Object> to = Nodes.initialized(context);
        if (decision instanceof PatternSeen seen) {
            var pattern = ToRecords.pattern(seen);
            String key = Keys.of(pattern.getEnvironment(), pattern.getPatternId());
            to.forward(new Record<>(key, pattern, at), names.patterns());
            count(DecisionKind.PATTERN);
        } else if (decision instanceof PatternChanged changed) {
            var change = ToRecords.change(changed.change());
            to.forward(new Record<>(Keys.of(change.getScope()), change, at), names.changes());
            count(DecisionKind.PATTERN_CHANGE);
        } else if (decision instanceof Breached breached) {
            var breach = ToRecords.breach(breached.breach());
            String key = Keys.of(breach.getScope()) + '/' + Keys.of(breach.getRule());
            to.forward(new Record<>(key, breach, at), names.breaches());
            count(DecisionKind.BREACH);
        } else if (decision instanceof IncidentChanged changed) {
            var incident = ToRecords.incident(changed);
            to.forward(new Record<>(incident.getIncidentId(), incident, at), names.incidents());
            count(DecisionKind.INCIDENT);
        } else if (decision instanceof RateChanged changed) {
            var rate = ToRecords.rate(changed);
            to.forward(new Record<>(Keys.of(rate.getScope()), rate, at), names.rates());
            count(DecisionKind.RATE);
        }
    }

    private void putAside(Decoded<DecisionInput> decoded, Reason reason, RuntimeException why) {
        Nodes.initialized(context)
                .forward(DeadLetters.of(decoded, reason, String.valueOf(why.getMessage())), names.deadLetters());
    }
}
