package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.Decision.Breached;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.PatternChanged;
import dev.tripline.analyzer.environment.Decision.PatternSeen;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.NoteWritten;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.TestTotals;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.DeployedRevision;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.analyzer.wire.ToRecords;
import dev.tripline.events.RuleSet;
import dev.tripline.events.TextBounds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes, no value that is kept and no record that is told comes near the mebibyte that Kafka takes. */
final class LargestValuesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MOST_BYTES = 1_000_000;

    private final EnvironmentAnalysis analysis = new EnvironmentAnalysis(RateWindows.STANDARD);
    private final SeriesAnalysis perTest =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final Map<String, Integer> largest = new TreeMap<>();
    private final long[] written = new long[2];
    private KeyValueStore<String, byte[]> heads;
    private KeyValueStore<Bytes, byte[]> rows;
    private KeyValueStore<String, byte[]> untold;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        heads = InMemory.store("heads", Serdes.String(), context);
        rows = InMemory.store("rows", Serdes.Bytes(), context);
        untold = InMemory.store("untold", Serdes.String(), context);
    }

    @AfterEach
    void close() {
        heads.close();
        rows.close();
        untold.close();
    }

    @Test
    void nothingOutgrowsARecordWhateverTestsAreCalledAndHoweverManyFail() {
        // Given: names, messages and numbers as large as they may be, of characters that take three bytes each
        StoredState state = state("env" + wide(TextBounds.WORD - 3));
        List<EnvironmentInput> inputs = new ArrayList<>();
        inputs.add(new RulesActivated(RulesReader.read(new RuleSet("v", T0, null, """
                        learning: {suite_runs: 0}
                        rules:
                          - {id: often, suites: ['5*'], new_pattern: 50 failures in 50 tests}
                          - {id: all, suites: ['*'], new_pattern: first, target: 100 %}
                        """)), 1, T0));
        for (int i = 0; i < 250; i++) {
            inputs.add(new Deployed(new DeployedRevision(
                    wide(TextBounds.WORD),
                    i + wide(TextBounds.WORD - 3),
                    T0,
                    wide(TextBounds.WORD),
                    wide(TextBounds.URL))));
        }
        for (int suite = 0; suite < 60; suite++) {
            inputs.addAll(run(state.environment(), suite, 0, suite == 0 ? 400 : suite == 5 ? 49 : 5, suite == 0));
        }
        for (int run = 1; run < 36; run++) {
            inputs.addAll(run(state.environment(), 0, run, 25, false));
        }

        // When
        List<String> incidents = new ArrayList<>();
        for (EnvironmentInput input : inputs) {
            process(input, state, incidents);
        }
        for (int i = 0; i < 60; i++) {
            var note = new Incident.Note(wide(TextBounds.WORD), T0, wide(20_000), wide(TextBounds.URL));
            process(new NoteWritten(incidents.get(0), note), state, incidents);
        }

        // Then
        measureKept();
        assertThat(largest)
                .containsKeys("incident-heads", "known-causes", "record Incident", "rows", "rates", "changes");
        assertThat(largest.values())
                .as("%s", largest)
                .allSatisfy(bytes -> assertThat(bytes).isLessThan(MOST_BYTES));
    }

    /** One incident of ten times the tests writes ten times the bytes, not a hundred times. */
    @Test
    void whatAFailureWritesDoesNotGrowWithItsIncident() {
        // When
        long few = bytesFor(state("few"), 400);
        long many = bytesFor(state("many"), 4_000);

        // Then
        assertThat((double) many / 4_000).isLessThan(1.3 * few / 400);
    }

    private long bytesFor(StoredState state, int tests) {
        written[0] = 0;
        process(
                new RulesActivated(
                        RulesReader.read(new RuleSet(
                                "v",
                                T0,
                                null,
                                "learning: {suite_runs: 0}\nrules: [{id: r, suites: ['*'], new_pattern: first}]")),
                        1,
                        T0),
                state,
                new ArrayList<>());
        List<Contribution> failures = new ArrayList<>();
        for (int test = 0; test < tests; test++) {
            failures.add(failure(state.environment(), "s", "t" + test, "near", 0, T0, "boom", "", 0));
        }
        List<String> incidents = new ArrayList<>();
        Contribution.sum(failures, RateWindows.STANDARD).forEach(input -> process(input, state, incidents));
        assertThat(incidents.stream().distinct()).hasSize(1);
        return written[0];
    }

    private List<EnvironmentInput> run(String environment, int suite, int run, int tests, boolean manyPatterns) {
        List<Contribution> contributions = new ArrayList<>();
        String name = suite + wide(TextBounds.NAME - 3);
        Instant at = T0.plus(Duration.ofMinutes(run));
        for (int test = 0; test < tests; test++) {
            String message = manyPatterns && test > 100
                    ? letters(test) + wide(TextBounds.MESSAGE - 10)
                    : (suite == 5 ? "often" : "fails") + wide(TextBounds.MESSAGE - 5);
            contributions.add(failure(
                    environment,
                    name,
                    run % 7 + "." + test + wide(TextBounds.NAME - 8),
                    wide(TextBounds.WORD),
                    run,
                    at,
                    message,
                    wide(TextBounds.NAME),
                    test));
        }
        List<EnvironmentInput> inputs = new ArrayList<>(Contribution.sum(contributions, RateWindows.STANDARD));
        inputs.add(TestTotals.of(
                name,
                wide(TextBounds.WORD),
                new RunId(wide(TextBounds.NAME), run),
                at,
                at,
                new StatusCounts(0, tests, 0, 0, 0, 0),
                wide(TextBounds.WORD),
                wide(TextBounds.WORD)));
        return inputs;
    }

    private Contribution failure(
            String environment,
            String suite,
            String test,
            String location,
            int run,
            Instant at,
            String message,
            String extra,
            int second) {
        var outcome = new Outcome(
                new Series(environment, suite, extra, test, location),
                new RunId(extra.isEmpty() ? "agent" : extra, run),
                1,
                OutcomeStatus.FAILED,
                false,
                at,
                at.plusMillis(second),
                5L,
                extra.isEmpty() ? null : extra,
                message,
                extra.isEmpty() ? null : (wide(400) + "\n").repeat(100),
                extra.isEmpty() ? null : wide(TextBounds.WORD),
                extra.isEmpty() ? null : wide(TextBounds.WORD),
                "ingest",
                List.of("smoke"),
                extra.isEmpty()
                        ? new TreeMap<>()
                        : new TreeMap<>(Map.of("build", wide(TextBounds.URL), "report", wide(TextBounds.URL))));
        return Contribution.of((Counted)
                perTest.next(outcome, outcome.endedAt(), perTest.runsIn(SuiteTables.inMemory()), perTest.begin()));
    }

    private void process(EnvironmentInput input, StoredState state, List<String> incidents) {
        List<Decision> decisions = new ArrayList<>();
        analysis.process(input, state, decisions::add);
        state.untold().take().forEach(mark -> analysis.tell(mark, state, decisions::add));
        state.commit();
        for (Decision decision : decisions) {
            if (decision instanceof IncidentChanged changed) {
                incidents.add(changed.incident().id());
            }
            measure("record " + recordName(decision), bytesOf(decision));
        }
    }

    private static String recordName(Decision decision) {
        return decision instanceof IncidentChanged
                ? "Incident"
                : decision.getClass().getSimpleName();
    }

    private static int bytesOf(Decision decision) {
        try {
            ByteBuffer bytes;
            if (decision instanceof IncidentChanged changed) {
                bytes = ToRecords.incident(changed).toByteBuffer();
            } else if (decision instanceof PatternChanged changed) {
                bytes = ToRecords.change(changed.change()).toByteBuffer();
            } else if (decision instanceof PatternSeen seen) {
                bytes = ToRecords.pattern(seen).toByteBuffer();
            } else if (decision instanceof Breached breached) {
                bytes = ToRecords.breach(breached.breach()).toByteBuffer();
            } else {
                bytes = ToRecords.rate((RateChanged) decision).toByteBuffer();
            }
            return bytes.remaining();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void measureKept() {
        try (KeyValueIterator<String, byte[]> all = heads.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> each = all.next();
                measure(each.key.split("/", -1)[1], each.value.length);
            }
        }
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            all.forEachRemaining(each -> measure("rows", each.value.length));
        }
    }

    private void measure(String what, int bytes) {
        largest.merge(what, bytes, Math::max);
    }

    private StoredState state(String environment) {
        return new StoredState(
                environment,
                new EnvironmentStores(counting(heads), counting(rows), untold, (entry, why) -> {
                    throw new AssertionError(why);
                }),
                new LedgerBytes(RateWindows.STANDARD));
    }

    /** Counts the bytes that are put. */
    @SuppressWarnings("unchecked")
    private <K> KeyValueStore<K, byte[]> counting(KeyValueStore<K, byte[]> store) {
        return (KeyValueStore<K, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("put")) {
                        written[0] += ((byte[]) arguments[1]).length;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String wide(int length) {
        return "\u6f22".repeat(length);
    }

    /** Letters, because digits are masked. */
    private static String letters(int number) {
        return "x" + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26) + (char) ('a' + number / 676) + ' ';
    }
}
