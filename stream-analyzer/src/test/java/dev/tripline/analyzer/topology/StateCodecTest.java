package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.analyzer.GoldenPath;
import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Rules;
import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.NoteWritten;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.environment.IncidentIds;
import dev.tripline.analyzer.environment.LastRun;
import dev.tripline.analyzer.environment.MemoryState;
import dev.tripline.analyzer.environment.Summary;
import dev.tripline.analyzer.environment.Table;
import dev.tripline.analyzer.incident.CauseRecord;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.pattern.PatternChange;
import dev.tripline.analyzer.pattern.PatternKnowledge;
import dev.tripline.analyzer.pattern.SuiteHistory;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.events.RuleSet;
import dev.tripline.events.TestOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the golden path leaves in the stores is written and read at every put. */
final class StateCodecTest {
    private final Map<String, Integer> checked = new TreeMap<>();
    private final SeriesAnalysis perTest =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());

    @Test
    void allThatIsKeptIsReadAsItWasWritten() {
        // Given
        var perEnvironment = new EnvironmentAnalysis(RateWindows.STANDARD);
        var state = new CheckedState(new MemoryState("staging"));
        Rules rules = RulesReader.read(new RuleSet("v", Instant.EPOCH, null, GoldenPath.RULES));
        perEnvironment.process(new RulesActivated(rules, 1, Instant.EPOCH.plusSeconds(1)), state, decision -> {});
        GoldenPath.deployments()
                .forEach(each ->
                        perEnvironment.process(new Deployed(FromRecords.deployment(each)), state, decision -> {}));
        var runs = new ArrayList<>(GoldenPath.firstMorning());
        runs.addAll(GoldenPath.secondMorning());
        Map<Series, SeriesState> series = new HashMap<>();
        List<String> incidents = new ArrayList<>();

        // When
        for (GoldenPath.Run run : runs) {
            List<Contribution> contributions = new ArrayList<>();
            for (TestOutcome record : run.outcomes()) {
                Outcome outcome = FromRecords.outcome(record);
                var known = series.computeIfAbsent(outcome.series(), s -> perTest.begin());
                contributions.add(Contribution.of((Counted) perTest.next(outcome, known)));
                seriesIsKept(known);
            }
            Contribution.sum(contributions, RateWindows.STANDARD)
                    .forEach(input -> perEnvironment.process(input, state, decision -> {
                        if (decision instanceof Decision.IncidentChanged changed) {
                            incidents.add(changed.incident().id());
                        }
                    }));
            perEnvironment.process(FromRecords.totals(run.totals()), state, decision -> {});
        }
        perEnvironment.process(
                new NoteWritten(incidents.get(0), new Incident.Note("ann", Instant.EPOCH, "known", null)),
                state,
                decision -> {});

        // Then
        assertThat(checked.keySet())
                .as("every kind of state was seen")
                .containsExactlyInAnyOrder(
                        "Summary",
                        "SuiteHistory",
                        "LastRun",
                        "PatternKnowledge",
                        "PatternChange",
                        "CauseRecord",
                        "Incident",
                        "IncidentIds",
                        "Breach");
    }

    @Test
    void stateOfBeforeTheClassWasKeptIsReadAsWithoutClass() {
        // Given
        record OldSeries(String environment, String suite, String test, String location) {}
        byte[] old = new StateCodec<>(OldSeries.class).write(new OldSeries("staging", "s", "t", "local"));

        // When
        Series read = new StateCodec<>(Series.class).read(old);

        // Then
        assertThat(read).isEqualTo(new Series("staging", "s", "", "t", "local"));
    }

    @Test
    void anotherVersionIsRefused() {
        // Given
        var codec = new StateCodec<>(IncidentIds.class);
        byte[] newer = codec.write(IncidentIds.NONE);
        newer[0] = 2;
        byte[] none = codec.write(IncidentIds.NONE);
        none[0] = 0;

        // Then
        assertThatThrownBy(() -> codec.read(newer))
                .isInstanceOf(NewerStateException.class)
                .hasMessageStartingWith("state of IncidentIds: version must be at most 1, got 2: a newer Tripline");
        assertThatThrownBy(() -> codec.read(none))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessage("state of IncidentIds: version must be 1, got 0");
        assertThatThrownBy(() -> codec.read(new byte[0])).hasMessageContaining("got nothing");
        assertThatThrownBy(() -> codec.read(new byte[] {1, -1})).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> codec.read(new byte[] {1, (byte) 0xf6})).hasMessageContaining("is null");
    }

    private record Texts(String text, List<String> list, Map<String, Integer> names) {}

    /** Jackson wrote keys of more than 50,000 characters and refused to read them, which damaged the suite for good. */
    @Test
    void whatItWritesItReadsWhateverTheLength() {
        var codec = new StateCodec<>(Texts.class);
        for (int length : new int[] {0, 1, 255, 256, 16_383, 16_384, 16_385, 50_000, 50_001, 65_535, 65_536, 200_000}) {
            for (String unit : List.of("a", "\0", "\u00e9", "\u6f22", "\ud83d\ude00", "a\ud83d\ude00")) {
                String text = unit.repeat(length).substring(0, length);
                var random = new SplittableRandom(length);
                String shifted = "x".repeat(random.nextInt(8)) + unit.repeat(length);
                for (String each : List.of(whole(text), shifted)) {
                    var texts = new Texts(each, List.of(each, ""), Map.of(each, 1));
                    assertThat(codec.read(codec.write(texts)))
                            .as("%d of U+%04X", length, unit.codePointAt(0))
                            .isEqualTo(texts);
                }
            }
        }
    }

    @Test
    void halfASurrogatePairIsReadAsAReplacement() {
        var codec = new StateCodec<>(Texts.class);
        for (String half : List.of("\ud83d", "\ude00", "\ud83dx", "x\ude00\ud83d")) {
            for (int before : new int[] {0, 1, 100, 16_000, 65_535}) {
                String text = "y".repeat(before) + half;
                String read = "y".repeat(before) + half.replaceAll("[\\ud800-\\udfff]", "\ufffd");
                assertThat(codec.read(codec.write(new Texts(text, List.of(text), Map.of(text, 1)))))
                        .isEqualTo(new Texts(read, List.of(read), Map.of(read, 1)));
            }
        }
    }

    @Test
    void manyNamesOfOneHashAreRead() {
        var codec = new StateCodec<>(Texts.class);
        Map<String, Integer> names = new TreeMap<>();
        for (int i = 0; i < 1 << 13; i++) {
            var name = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.put(name.toString(), i);
        }
        var texts = new Texts("", List.of(), names);

        assertThat(codec.read(codec.write(texts))).isEqualTo(texts);
    }

    private static String whole(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))
                ? text.substring(0, text.length() - 1)
                : text;
    }

    private <V> V checked(Class<V> type, V value) {
        var codec = new StateCodec<>(type);
        byte[] written = codec.write(value);
        V read = codec.read(written);
        assertThat(read).isEqualTo(value);
        assertThat(codec.write(read)).as("bytes of %s", type.getSimpleName()).isEqualTo(written);
        checked.merge(type.getSimpleName(), 1, Integer::sum);
        return read;
    }

    private void seriesIsKept(SeriesState state) {
        var codec = new SeriesStateCodec(RateWindows.STANDARD, perTest.horizon());
        SeriesState read = codec.read(codec.write(state, 7)).state();
        assertThat(read.counted().newest()).isEqualTo(state.counted().newest());
        assertThat(read.counted().sources()).isEqualTo(state.counted().sources());
        assertThat(read.rates().rates()).isEqualTo(state.rates().rates());
        assertThat(read.absences().watched()).isEqualTo(state.absences().watched());
    }

    /** Hands every value that is put through its codec. */
    private final class CheckedState implements EnvironmentState {
        private final MemoryState state;

        CheckedState(MemoryState state) {
            this.state = state;
        }

        private <V> Table<V> through(Class<V> type, Table<V> table) {
            return new Table<>() {
                @Override
                public V get(String key) {
                    return table.get(key);
                }

                @Override
                public void put(String key, V value) {
                    table.put(key, checked(type, value));
                }
            };
        }

        @Override
        public String environment() {
            return state.environment();
        }

        @Override
        public Table<Summary> summaries() {
            return through(Summary.class, state.summaries());
        }

        @Override
        public Table<RateLedger> ledgers() {
            return state.ledgers();
        }

        @Override
        public Table<SuiteHistory> histories() {
            return through(SuiteHistory.class, state.histories());
        }

        @Override
        public Table<LastRun> lastRuns() {
            return through(LastRun.class, state.lastRuns());
        }

        @Override
        public Table<PatternKnowledge> patterns() {
            return through(PatternKnowledge.class, state.patterns());
        }

        @Override
        public Table<PatternChange> changes() {
            return through(PatternChange.class, state.changes());
        }

        @Override
        public Table<CauseRecord> causes() {
            return through(CauseRecord.class, state.causes());
        }

        @Override
        public Table<Incident> incidents() {
            return through(Incident.class, state.incidents());
        }

        @Override
        public Table<IncidentIds> incidentsOfSuite() {
            return through(IncidentIds.class, state.incidentsOfSuite());
        }

        @Override
        public Table<Breach> breaches() {
            return through(Breach.class, state.breaches());
        }
    }
}
