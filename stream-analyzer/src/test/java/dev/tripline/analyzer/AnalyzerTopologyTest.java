package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.analyzer.backtest.Backtest;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.events.AgentHeartbeat;
import dev.tripline.events.Breach;
import dev.tripline.events.BreachKind;
import dev.tripline.events.BreachState;
import dev.tripline.events.DecisionInput;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Keys;
import dev.tripline.events.OutcomeDelta;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.PatternChange;
import dev.tripline.events.ProbeSchedule;
import dev.tripline.events.RuleSet;
import dev.tripline.events.RunEnd;
import dev.tripline.events.ScopeKind;
import dev.tripline.events.SuccessRate;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import dev.tripline.events.TextBounds;
import dev.tripline.events.Topic;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnalyzerTopologyTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final Instant APPENDED = Instant.parse("2025-09-11T16:00:00Z");
    private static final RuleSet RULES =
            new RuleSet("0123456789abcdef", Instant.parse("2025-09-01T00:00:00Z"), null, GoldenPath.RULES);

    @TempDir
    Path stateDir;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final EventSerdes serdes = new EventSerdes(registry, true);
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = driver(stateDir);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void topologyIsAsReviewed() throws Exception {
        // Given
        String described =
                AnalyzerTopology.build(TOPICS, serdes, FLUSH).describe().toString();

        // Then
        String golden = new String(
                getClass().getResourceAsStream("/analyzer-topology.txt").readAllBytes(), StandardCharsets.UTF_8);
        if (!described.equals(golden)) {
            Files.writeString(Path.of("target", "analyzer-topology.txt"), described);
        }
        assertThat(described)
                .as("a difference is a migration; what is now is in target/analyzer-topology.txt")
                .isEqualTo(golden)
                .doesNotContain("KSTREAM");
    }

    @Test
    void streamAndBacktestComeToTheSameIncidents() {
        // When
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        goldenPath();

        // Then
        Backtest.Result expected = backtest();
        assertThat(newest(TOPICS.incidents()).values()).containsExactlyInAnyOrderElementsOf(expected.incidents());
        assertThat(newestBy(TOPICS.patternChanges(), PatternChange::getChangeId))
                .containsExactlyInAnyOrderElementsOf(expected.patternChanges());
        assertThat(newestBy(TOPICS.breaches(), Breach::getBreachId))
                .containsExactlyInAnyOrderElementsOf(expected.breaches());
    }

    @Test
    void aSecondReadingChangesNothing() {
        // Given
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        goldenPath();
        newest(TOPICS.incidents());
        newest(TOPICS.successRates());

        // When
        goldenPath();

        // Then
        assertThat(newest(TOPICS.incidents())).isEmpty();
        assertThat(newest(TOPICS.successRates())).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void totalsFromTheFutureMoveNobodysTime() {
        // Given
        GoldenPath.Run run = GoldenPath.firstMorning().get(0);
        SuiteRun ahead = SuiteRun.newBuilder(run.totals())
                .setEndedAt(APPENDED.plus(Duration.ofMinutes(6)))
                .build();

        // When
        pipe(TOPICS.suiteRuns(), Keys.of(ahead), ahead);

        // Then
        assertThat(raw(TOPICS.suiteRuns().deadLetter()))
                .extracting(letter -> header(letter, "tripline.reason"))
                .containsExactly("clock-skew");
        assertThat(raw(TOPICS.decisionInputs().name())).isEmpty();
    }

    /** Nobody says how many outcomes there are, and no more come of the suite: it is judged all the same, */
    @Test
    void aRunWithoutTotalsIsOverThoughNothingMoreComes() {
        // Given
        GoldenPath.Run run = GoldenPath.firstMorning().get(0);
        run.outcomes().forEach(outcome -> pipe(TOPICS.testOutcomes(), Keys.of(outcome), outcome));
        driver.advanceWallClockTime(FLUSH);
        raw(TOPICS.decisionInputs().name());

        // When
        driver.advanceWallClockTime(Duration.ofMinutes(59));
        assertThat(runEnds()).isEmpty();
        driver.advanceWallClockTime(Duration.ofMinutes(3));

        // Then
        assertThat(runEnds()).containsExactly(RunEnd.UNTOLD);
    }

    @Test
    void runsThatANewerTriplineCountedStopTheirTask() {
        // Given
        GoldenPath.Run run = GoldenPath.firstMorning().get(0);
        TestOutcome outcome = run.outcomes().get(0);
        String key = Keys.of("", "suites", outcome.getEnvironment() + '\u0000' + outcome.getSuite());
        driver.<String, byte[]>getKeyValueStore("suites.heads").put(key, new byte[] {99, 1});

        // Then
        assertThatThrownBy(() -> pipe(TOPICS.testOutcomes(), Keys.of(outcome), outcome))
                .rootCause()
                .hasMessageContaining("got 99: a newer Tripline wrote it");
    }

    private List<RunEnd> runEnds() {
        return raw(TOPICS.decisionInputs().name()).stream()
                .map(record -> serdes.of(TOPICS.decisionInputs()).read(record.value()))
                .filter(input -> input.getSuiteRun() != null)
                .map(DecisionInput::getRunEnd)
                .toList();
    }

    /** Time passes where a live agent says so, and what does not come is told. */
    @Test
    void withoutOutcomesRatesFallAndSilenceIsTold() {
        // Given
        goldenPath();
        newest(TOPICS.successRates());
        newest(TOPICS.breaches());
        Instant now = APPENDED;

        // When
        beat(now, "agent-1");
        driver.advanceWallClockTime(Duration.ofMinutes(2));
        beat(now.plus(Duration.ofMinutes(2)), "agent-1");

        // Then
        assertThat(newest(TOPICS.successRates()).values())
                .filteredOn(rate -> rate.getScope().getKind() == ScopeKind.ENVIRONMENT)
                .singleElement()
                .satisfies(rate -> {
                    assertThat(rate.getAsOf()).isAfterOrEqualTo(now);
                    assertThat(rate.getWindows().get(0).getCounts().getPassed()).isZero();
                });
        assertThat(newest(TOPICS.breaches())).isEmpty();

        // When
        driver.advanceWallClockTime(Duration.ofMinutes(4));

        // Then
        assertThat(newest(TOPICS.breaches()).values())
                .extracting(Breach::getKind, Breach::getState, Breach::getReason)
                .containsExactlyInAnyOrder(
                        tuple(
                                BreachKind.SILENCE,
                                BreachState.OPEN,
                                "agent agent-1 at eu is gone: no heartbeat since " + now.plus(Duration.ofMinutes(2))),
                        tuple(
                                BreachKind.SILENCE,
                                BreachState.OPEN,
                                "no agent is heard at eu since " + now.plus(Duration.ofMinutes(2))));

        // When
        beat(now.plus(Duration.ofMinutes(8)), "agent-1");

        // Then
        assertThat(newest(TOPICS.breaches()).values())
                .extracting(Breach::getState, Breach::getReason)
                .containsExactlyInAnyOrder(
                        tuple(BreachState.ENDED, "agent agent-1 at eu is heard again"),
                        tuple(BreachState.ENDED, "an agent is heard again at eu"));
    }

    private void beat(Instant at, String agent) {
        var heartbeat = AgentHeartbeat.newBuilder()
                .setAgent(agent)
                .setSource("epoch")
                .setLocation("eu")
                .setSentAt(at)
                .setVersion("1")
                .setProbes(List.of(ProbeSchedule.newBuilder()
                        .setProbe("login")
                        .setKind("command")
                        .setEnvironment("staging")
                        .setSuites(List.of())
                        .setRunning(false)
                        .build()))
                .build();
        driver.createInputTopic(
                        TOPICS.agentHeartbeats().name(),
                        new StringSerializer(),
                        serdes.of(TOPICS.agentHeartbeats()).serializer())
                .pipeInput(agent, heartbeat, at);
    }

    /** Whoever wrote them, outcomes and totals of a suite are counted where the others are. */
    @Test
    void whatComesUnderAnotherKeyIsCountedUnderItsOwn() {
        // Given
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        GoldenPath.deployments().forEach(deployment -> pipe(TOPICS.deployments(), Keys.of(deployment), deployment));

        // When
        for (List<GoldenPath.Run> morning : List.of(GoldenPath.firstMorning(), GoldenPath.secondMorning())) {
            for (GoldenPath.Run run : morning) {
                run.outcomes().forEach(outcome -> pipe(TOPICS.testOutcomes(), Keys.ofSeries(outcome), outcome));
                driver.advanceWallClockTime(FLUSH);
                pipe(TOPICS.suiteRuns(), "some key", run.totals());
            }
        }

        // Then
        assertThat(newest(TOPICS.incidents()).values())
                .containsExactlyInAnyOrderElementsOf(backtest().incidents());
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void theSameInputsGiveTheSameBytes(@TempDir Path other) {
        // Given
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        goldenPath();
        List<TestRecord<String, byte[]>> inputs = raw(TOPICS.decisionInputs().name());

        // When
        try (TopologyTestDriver replay = driver(other)) {
            var again = replay.createInputTopic(
                    TOPICS.decisionInputs().name(), new StringSerializer(), new ByteArraySerializer());
            inputs.forEach(input -> again.pipeInput(input.key(), input.value(), APPENDED));

            // Then
            for (Topic<?> topic : List.of(TOPICS.incidents(), TOPICS.patternChanges(), TOPICS.breaches())) {
                assertThat(values(replay, topic.name()))
                        .as(topic.name())
                        .isNotEmpty()
                        .containsExactlyElementsOf(values(driver, topic.name()));
            }
        }
    }

    @Test
    void whatCannotBeReadIsPutAsideAndTheOthersCount() {
        // Given
        var input = driver.createInputTopic(
                TOPICS.testOutcomes().name(), new ByteArraySerializer(), new ByteArraySerializer());
        TestOutcome good = GoldenPath.firstMorning().get(0).outcomes().get(0);
        byte[] bytes = serdes.of(TOPICS.testOutcomes()).write(good);
        byte[] key = "k".getBytes(StandardCharsets.UTF_8);
        byte[] badMagic = bytes.clone();
        badMagic[0] = 7;

        // When
        input.pipeInput(key, badMagic, APPENDED);
        input.pipeInput(key, java.util.Arrays.copyOf(bytes, bytes.length / 2), APPENDED);
        input.pipeInput(key, new byte[0], APPENDED);
        input.pipeInput(key, null, APPENDED);
        input.pipeInput(null, bytes, APPENDED);
        driver.advanceWallClockTime(FLUSH);

        // Then
        assertThat(deadLetters())
                .extracting(letter -> header(letter, "tripline.reason"), letter -> header(letter, "tripline.topic"))
                .hasSize(4)
                .containsOnly(tuple("unreadable", "tripline.test-outcomes"));
        assertThat(newest(TOPICS.successRates()).values())
                .filteredOn(rate -> rate.getScope().getKind() == ScopeKind.ENVIRONMENT)
                .singleElement()
                .satisfies(
                        rate -> assertThat(rate.getWindows().get(0).getCounts().getPassed())
                                .isEqualTo(1));
    }

    /** A flush is told with its last input, whatever that is. */
    @Test
    void whatAFlushChangedIsToldThoughItsLastInputIsPutAside() {
        // Given
        goldenPath();
        DecisionInput last = raw(TOPICS.decisionInputs().name()).stream()
                .map(input -> serdes.of(TOPICS.decisionInputs()).read(input.value()))
                .filter(input -> input.getDelta() != null)
                .reduce((one, other) -> other)
                .orElseThrow();
        newest(TOPICS.successRates());

        // When
        pipe(TOPICS.decisionInputs(), "staging", inputWith(last, last.getDelta(), true));
        assertThat(newest(TOPICS.successRates())).isEmpty();
        pipe(TOPICS.decisionInputs(), "staging", inputWith(last, null, false));

        // Then
        assertThat(raw(TOPICS.decisionInputs().deadLetter()))
                .singleElement()
                .extracting(letter -> header(letter, "tripline.reason"))
                .isEqualTo("invalid");
        assertThat(newest(TOPICS.successRates()).values())
                .extracting(rate -> rate.getScope().getKind())
                .contains(ScopeKind.ENVIRONMENT, ScopeKind.SUITE);
    }

    private static DecisionInput inputWith(DecisionInput like, OutcomeDelta delta, boolean more) {
        return DecisionInput.newBuilder()
                .setEnvironment(like.getEnvironment())
                .setKind(like.getKind())
                .setDelta(delta)
                .setMore(more)
                .build();
    }

    @Test
    void stateThatCannotBeReadIsPutAsideOnceAndBeginsAnew() {
        // Given
        GoldenPath.Run run = GoldenPath.firstMorning().get(0);
        TestOutcome first = run.outcomes().get(0);
        String key = Keys.of(
                first.getEnvironment(),
                first.getSuite(),
                first.getClassName() == null ? "" : first.getClassName(),
                first.getTest(),
                first.getLocation());
        byte[] spoiled = {1, -1};
        driver.<String, byte[]>getKeyValueStore("suites.series").put(key, spoiled);

        // When
        goldenPath();

        // Then
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(spoiled);
            assertThat(header(letter, "tripline.reason")).isEqualTo("unreadable-state");
            assertThat(header(letter, "tripline.topic")).isEqualTo("test-suites.series-changelog");
            assertThat(header(letter, "tripline.detail")).startsWith(key).contains("cannot be read");
        });
        assertThat(newest(TOPICS.successRates())).isNotEmpty();
    }

    /** Whatever is missing, the rest of the environment goes on, and no input of it is put aside. */
    @Test
    void anEnvironmentGoesOnWithoutWhatCannotBeRead(@TempDir Path other) {
        // Given
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        goldenPath();
        restartOver(other, new byte[] {1, -1});

        // When
        for (int day = 1; day <= 2; day++) {
            for (GoldenPath.Run run : GoldenPath.secondMorning()) {
                for (TestOutcome outcome : run.outcomes()) {
                    TestOutcome again = TestOutcome.newBuilder(outcome)
                            .setRun(outcome.getRun() + day * 1_000_000L)
                            .setStartedAt(outcome.getStartedAt().plusSeconds(3_600L * day))
                            .setEndedAt(outcome.getEndedAt().plusSeconds(3_600L * day))
                            .build();
                    pipe(TOPICS.testOutcomes(), Keys.of(again), again);
                }
                driver.advanceWallClockTime(FLUSH);
            }
        }

        // Then
        List<TestRecord<String, byte[]>> letters = raw(TOPICS.decisionInputs().deadLetter());
        assertThat(letters)
                .extracting(letter -> header(letter, "tripline.reason"))
                .isNotEmpty()
                .containsOnly("unreadable-state");
        assertThat(letters).extracting(TestRecord::key).doesNotHaveDuplicates().contains("staging/progress/only");
        assertThat(newest(TOPICS.successRates()).values())
                .filteredOn(rate -> rate.getScope().getKind() == ScopeKind.ENVIRONMENT)
                .isNotEmpty();
    }

    @Test
    void stateOfANewerTriplineStopsItsTask(@TempDir Path other) {
        // Given
        goldenPath();
        List<String> keys = restartOver(other, new byte[] {99, 1, 2});
        KeyValueStore<String, byte[]> state = driver.getKeyValueStore("environment.state");
        TestOutcome outcome = GoldenPath.secondMorning().get(0).outcomes().get(0);
        TestOutcome next = TestOutcome.newBuilder(outcome)
                .setRun(outcome.getRun() + 1_000_000)
                .build();

        // Then
        assertThatThrownBy(() -> {
                    pipe(TOPICS.testOutcomes(), Keys.of(next), next);
                    driver.advanceWallClockTime(FLUSH);
                })
                .rootCause()
                .hasMessageContaining("got 99: a newer Tripline wrote it");
        assertThat(raw(TOPICS.decisionInputs().deadLetter())).isEmpty();
        keys.forEach(key -> assertThat(state.get(key)).isEqualTo(new byte[] {99, 1, 2}));
    }

    /** Starts again over state whose values are spoiled, all of them; returns the keys of heads. */
    private List<String> restartOver(Path other, byte[] spoiled) {
        List<String> heads = keys("environment.state");
        List<Bytes> rows = keys("environment.rows");
        assertThat(rows).isNotEmpty();
        driver.close();
        driver = driver(other);
        heads.forEach(key ->
                driver.<String, byte[]>getKeyValueStore("environment.state").put(key, spoiled));
        rows.forEach(key ->
                driver.<Bytes, byte[]>getKeyValueStore("environment.rows").put(key, spoiled));
        return heads;
    }

    private <K> List<K> keys(String store) {
        List<K> keys = new ArrayList<>();
        try (var all = driver.<K, byte[]>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    /** Eleven bytes of it took days; the schema is one that the registry takes as compatible. */
    @Test
    void aRecordOfAHostileSchemaIsPutAsideAndTheNextCounts() throws Exception {
        // Given
        var fields = new ArrayList<Schema.Field>();
        TestOutcome.getClassSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("more", Schema.createArray(Schema.create(Schema.Type.NULL)), "", List.of()));
        int id = registry.register(
                TOPICS.testOutcomes().subject(),
                new AvroSchema(Schema.createRecord("TestOutcome", "", "dev.tripline.events", false, fields)));
        TestOutcome good = GoldenPath.firstMorning().get(0).outcomes().get(0);
        byte[] bytes = serdes.of(TOPICS.testOutcomes()).write(good);
        ByteBuffer hostile = ByteBuffer.allocate(bytes.length + 6).put(bytes);
        hostile.put(new byte[] {-2, -1, -1, -1, 15, 0}).putInt(1, id); // 2^31 - 1 elements, and the end

        // When
        var input = driver.createInputTopic(
                TOPICS.testOutcomes().name(), new ByteArraySerializer(), new ByteArraySerializer());
        byte[] key = "k".getBytes(StandardCharsets.UTF_8);
        input.pipeInput(key, hostile.array(), APPENDED);
        input.pipeInput(key, bytes, APPENDED);
        driver.advanceWallClockTime(FLUSH);

        // Then
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(header(letter, "tripline.reason")).isEqualTo("unreadable");
            assertThat(letter.value()).isEqualTo(hostile.array());
        });
        assertThat(newest(TOPICS.successRates()).values())
                .filteredOn(rate -> rate.getScope().getKind() == ScopeKind.ENVIRONMENT)
                .singleElement()
                .satisfies(
                        rate -> assertThat(rate.getWindows().get(0).getCounts().getPassed())
                                .isEqualTo(1));
    }

    /** It was kept as a key that could not be read back, and no run of the suite was judged again. */
    @Test
    void aTestNameOf60000CharactersLeavesItsSuiteReadable() {
        // Given
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        String name = "n".repeat(60_000);
        GoldenPath.Run run = GoldenPath.firstMorning().get(1);
        TestOutcome failed = run.outcomes().stream()
                .filter(outcome -> outcome.getStatus() == OutcomeStatus.FAILED)
                .findFirst()
                .orElseThrow();
        TestOutcome longNamed = TestOutcome.newBuilder(failed).setTest(name).build();

        // When
        pipe(TOPICS.testOutcomes(), Keys.of(longNamed), longNamed);
        driver.advanceWallClockTime(FLUSH);
        pipe(TOPICS.suiteRuns(), Keys.of(run.totals()), run.totals());
        goldenPath();

        // Then
        assertThat(deadLetters()).isEmpty();
        assertThat(raw(TOPICS.decisionInputs().deadLetter())).isEmpty();
        assertThat(newest(TOPICS.successRates()).values())
                .extracting(rate -> rate.getScope().getName())
                .contains(TextBounds.name(name, TextBounds.NAME))
                .doesNotContain(name);
    }

    @Test
    void wrongClocksAndLateOutcomesMoveNobodysWindow() {
        // Given
        Instant now = APPENDED;
        TestOutcome.Builder outcome = TestOutcome.newBuilder(
                GoldenPath.firstMorning().get(0).outcomes().get(0));
        TestOutcome onTime = at(outcome, now, 1);
        pipe(TOPICS.testOutcomes(), Keys.of(onTime), onTime);

        // When
        TestOutcome ahead = at(outcome, now.plus(Duration.ofMinutes(6)), 2);
        TestOutcome old = at(outcome, now.minus(Duration.ofHours(49)), 3);
        TestOutcome nameless =
                TestOutcome.newBuilder(at(outcome, now, 4)).setTest("").build();
        pipe(TOPICS.testOutcomes(), Keys.of(ahead), ahead);
        pipe(TOPICS.testOutcomes(), Keys.of(old), old);
        pipe(TOPICS.testOutcomes(), Keys.of(nameless), nameless);
        driver.advanceWallClockTime(FLUSH);

        // Then
        assertThat(deadLetters())
                .extracting(letter -> header(letter, "tripline.reason"))
                .containsExactly("clock-skew", "late", "invalid");
        assertThat(newest(TOPICS.successRates()).values())
                .extracting(SuccessRate::getAsOf)
                .containsOnly(now);
    }

    @Test
    void aBrokenVersionOfRulesStopsNothing() {
        // Given
        driver.createInputTopic(TOPICS.rules().name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("broken", new byte[] {1, 2, 3});
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);

        // When
        goldenPath();

        // Then
        assertThat(newest(TOPICS.incidents())).hasSize(4);
        assertThat(raw(TOPICS.decisionInputs().name()))
                .extracting(record -> serdes.of(TOPICS.decisionInputs()).read(record.value()))
                .extracting(DecisionInput::getRules)
                .filteredOn(java.util.Objects::nonNull)
                .singleElement()
                .extracting(activation -> activation.getRules().getVersion())
                .isEqualTo(RULES.getVersion());
    }

    @Test
    void rulesPublishedLaterWinWhateverThePublishersClockSays() {
        // Given
        var later = new RuleSet(
                "fedcba9876543210", RULES.getPublishedAt().minus(Duration.ofDays(1)), "slow-laptop", GoldenPath.RULES);
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        pipe(TOPICS.rules(), later.getVersion(), later);

        // When
        goldenPath();

        // Then
        assertThat(raw(TOPICS.decisionInputs().name()))
                .extracting(record -> serdes.of(TOPICS.decisionInputs()).read(record.value()))
                .extracting(DecisionInput::getRules)
                .filteredOn(java.util.Objects::nonNull)
                .extracting(activation -> activation.getRules().getVersion(), activation -> activation.getNumber())
                .containsExactly(tuple(later.getVersion(), 2L));
    }

    /** A few kilobytes on the wire; told to an environment they fit into no record, at each start again. */
    @Test
    void rulesThatNobodyCanJudgeByAreToldToNoEnvironment() {
        pipe(TOPICS.rules(), RULES.getVersion(), RULES);
        pipe(TOPICS.rules(), "large", new RuleSet("large", RULES.getPublishedAt(), "x", "#".repeat(9_000_000)));
        pipe(TOPICS.rules(), "faulty", new RuleSet("faulty", RULES.getPublishedAt(), "x", "rules: 7"));
        pipe(TOPICS.rules(), "named", new RuleSet("v".repeat(9_000), RULES.getPublishedAt(), "x", GoldenPath.RULES));

        goldenPath();

        assertThat(raw(TOPICS.decisionInputs().name()))
                .extracting(record -> serdes.of(TOPICS.decisionInputs()).read(record.value()))
                .extracting(DecisionInput::getRules)
                .filteredOn(java.util.Objects::nonNull)
                .extracting(activation -> activation.getRules().getVersion())
                .containsExactly(RULES.getVersion());
    }

    private void goldenPath() {
        GoldenPath.deployments().forEach(deployment -> pipe(TOPICS.deployments(), Keys.of(deployment), deployment));
        for (List<GoldenPath.Run> morning : List.of(GoldenPath.firstMorning(), GoldenPath.secondMorning())) {
            for (GoldenPath.Run run : morning) {
                run.outcomes().forEach(outcome -> pipe(TOPICS.testOutcomes(), Keys.of(outcome), outcome));
                driver.advanceWallClockTime(FLUSH);
                pipe(TOPICS.suiteRuns(), Keys.of(run.totals()), run.totals());
            }
        }
    }

    /** A punctuator that fires asks for a commit, so an idle analyzer must have none. */
    @Test
    void asksForNoCommitWhileNothingWaits() {
        // Given
        driver.advanceWallClockTime(FLUSH.multipliedBy(3));
        assertThat(punctuations()).as("before anything came").isZero();

        // When
        goldenPath();
        driver.advanceWallClockTime(FLUSH);
        double afterWork = punctuations();
        for (int i = 0; i < 10; i++) {
            driver.advanceWallClockTime(FLUSH);
        }

        // Then
        assertThat(afterWork).isPositive();
        assertThat(punctuations()).as("while idle").isEqualTo(afterWork);
    }

    private double punctuations() {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("punctuate-total"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    private static Backtest.Result backtest() {
        var backtest = new Backtest(RulesReader.read(RULES), Instant.MAX.minusSeconds(1_000));
        GoldenPath.deployments().forEach(backtest::add);
        for (List<GoldenPath.Run> morning : List.of(GoldenPath.firstMorning(), GoldenPath.secondMorning())) {
            for (GoldenPath.Run run : morning) {
                run.outcomes().forEach(backtest::add);
                backtest.add(run.totals());
            }
        }
        return backtest.run();
    }

    private static TestOutcome at(TestOutcome.Builder outcome, Instant endedAt, long run) {
        return outcome.setStartedAt(endedAt.minusSeconds(1))
                .setEndedAt(endedAt)
                .setRun(run)
                .build();
    }

    private <V extends SpecificRecord> void pipe(Topic<V> topic, String key, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), serdes.of(topic).serializer())
                .pipeInput(key, value, APPENDED);
    }

    private <V extends SpecificRecord> Map<String, V> newest(Topic<V> topic) {
        var newest = new LinkedHashMap<String, V>();
        output(topic).readRecordsToList().forEach(record -> newest.put(record.key(), record.value()));
        return newest;
    }

    private <V extends SpecificRecord> List<V> newestBy(Topic<V> topic, java.util.function.Function<V, String> id) {
        var newest = new LinkedHashMap<String, V>();
        output(topic).readValuesToList().forEach(value -> newest.put(id.apply(value), value));
        return List.copyOf(newest.values());
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), serdes.of(topic).deserializer());
    }

    private List<TestRecord<String, byte[]>> raw(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static List<byte[]> values(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
    }

    private List<TestRecord<String, byte[]>> deadLetters() {
        return raw(TOPICS.testOutcomes().deadLetter());
    }

    private static String header(TestRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private TopologyTestDriver driver(Path dir) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
        properties.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "DEBUG");
        return new TopologyTestDriver(AnalyzerTopology.build(TOPICS, serdes, FLUSH), properties, APPENDED);
    }
}
