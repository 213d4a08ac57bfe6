package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.Decision.Breached;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.PatternChanged;
import dev.tripline.analyzer.environment.Decision.PatternSeen;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.topology.DeadLetters.Reason;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the inputs of environments to their analysis, in log order, and its decisions to the topics. */
final class DecideProcessor implements Processor<byte[], Decoded<DecisionInput>, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(DecideProcessor.class);

    private final EnvironmentAnalysis analysis;
    private final LedgerBytes ledgerBytes;
    private final EnvironmentTopology.Names names;
    private @Nullable ProcessorContext<Object, Object> context;
    private @Nullable KeyValueStore<String, byte[]> store;
    private @Nullable UnreadableState unreadable;

    DecideProcessor(EnvironmentAnalysis analysis, RateWindows windows, EnvironmentTopology.Names names) {
        this.analysis = analysis;
        this.ledgerBytes = new LedgerBytes(windows);
        this.names = names;
    }

    @Override
    public void init(ProcessorContext<Object, Object> initialized) {
        context = initialized;
        unreadable = UnreadableState.toDeadLetters(initialized, names.deadLetters());
        store = initialized.getStateStore(names.state());
    }

    @Override
    public void process(Record<byte[], Decoded<DecisionInput>> record) {
        Decoded<DecisionInput> decoded = record.value();
        Optional<EnvironmentInput> input;
        try {
            input = FromRecords.input(decoded.value());
        } catch (RuntimeException e) {
            // Also what nobody thought of, such as a number that is too large: it must not come again and again.
            putAside(decoded, Reason.INVALID, e);
            return;
        }
        if (input.isEmpty()) {
            LOG.debug("nothing is decided from {}", decoded.value().getKind());
            return;
        }
        var state = new StoredState(
                decoded.value().getEnvironment(), Nodes.initialized(store), ledgerBytes, Nodes.initialized(unreadable));
        List<Decision> decisions = new ArrayList<>();
        try {
            analysis.process(input.get(), state, decisions::add);
        } catch (KafkaException | NewerStateException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever an input does to the analysis, it must not stop the others. Nothing of it was kept.
            LOG.error(
                    "{}@{}: our fault, please report",
                    decoded.origin().topic(),
                    decoded.origin().offset(),
                    e);
            putAside(decoded, Reason.FAILED, e);
            return;
        }
        state.commit();
        decisions.forEach(decision -> tell(decision, record.timestamp()));
    }

    private void tell(Decision decision, long at) {
        ProcessorContext<Object, Object> to = Nodes.initialized(context);
        if (decision instanceof PatternSeen seen) {
            var pattern = ToRecords.pattern(seen);
            String key = Keys.of(pattern.getEnvironment(), pattern.getPatternId());
            to.forward(new Record<>(key, pattern, at), names.patterns());
        } else if (decision instanceof PatternChanged changed) {
            var change = ToRecords.change(changed.change());
            to.forward(new Record<>(Keys.of(change.getScope()), change, at), names.changes());
        } else if (decision instanceof Breached breached) {
            var breach = ToRecords.breach(breached.breach());
            String key = Keys.of(breach.getScope()) + '/' + Keys.of(breach.getRule());
            to.forward(new Record<>(key, breach, at), names.breaches());
        } else if (decision instanceof IncidentChanged changed) {
            var incident = ToRecords.incident(changed);
            to.forward(new Record<>(incident.getIncidentId(), incident, at), names.incidents());
        } else if (decision instanceof RateChanged changed) {
            var rate = ToRecords.rate(changed);
            to.forward(new Record<>(Keys.of(rate.getScope()), rate, at), names.rates());
        }
    }

    private void putAside(Decoded<DecisionInput> decoded, Reason reason, RuntimeException why) {
        Nodes.initialized(context)
                .forward(DeadLetters.of(decoded, reason, String.valueOf(why.getMessage())), names.deadLetters());
    }
}
