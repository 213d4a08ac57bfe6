package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.GoldenPath;
import dev.tripline.analyzer.environment.Decision;
import dev.tripline.analyzer.environment.Decision.IncidentChanged;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentAnalysis;
import dev.tripline.analyzer.environment.EnvironmentInput;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.environment.EnvironmentInput.Deployed;
import dev.tripline.analyzer.environment.EnvironmentInput.RulesActivated;
import dev.tripline.analyzer.environment.EnvironmentState;
import dev.tripline.analyzer.environment.MemoryState;
import dev.tripline.analyzer.incident.Incident;
import dev.tripline.analyzer.incident.Incident.Evidence;
import dev.tripline.analyzer.incident.Standing;
import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.rules.RulesReader;
import dev.tripline.analyzer.series.AbsenceWatch.Absence;
import dev.tripline.analyzer.series.Contribution;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesAnalysis.Result.Counted;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.series.SuiteTables;
import dev.tripline.analyzer.wire.FromRecords;
import dev.tripline.events.RuleSet;
import dev.tripline.events.TestOutcome;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EarlierStateTest {
    private static final String FIRST_MORNING = "/environment-state-before-rows.bin";

    private final EnvironmentAnalysis analysis = new EnvironmentAnalysis(RateWindows.STANDARD);
    private final SeriesAnalysis perTest =
            new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
    private final Map<Series, SeriesState> series = new HashMap<>();
    private final Map<String, String> idsBefore = new HashMap<>();
    private final CountedRuns runs = perTest.runsIn(SuiteTables.inMemory());

    @TempDir
    private Path folder;

    /** The file is what the version before wrote for the golden path's first morning, value by value. */
    @Test
    void theSecondMorningIsDecidedTheSameOnWhatTheVersionBeforeLeft() throws IOException {
        // Given
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        KeyValueStore<String, byte[]> heads = InMemory.store("heads", Serdes.String(), context);
        read(heads);
        var stores = new EnvironmentStores(
                heads,
                InMemory.store("rows", Serdes.Bytes(), context),
                InMemory.store("untold", Serdes.String(), context),
                (entry, why) -> {
                    throw new AssertionError(why);
                });
        var never = new MemoryState("staging");
        analysis.process(
                new RulesActivated(
                        RulesReader.read(new RuleSet("v", Instant.EPOCH, null, GoldenPath.RULES)),
                        1,
                        Instant.EPOCH.plusSeconds(1)),
                never,
                decision -> {});
        GoldenPath.deployments()
                .forEach(each -> analysis.process(new Deployed(FromRecords.deployment(each)), never, decision -> {}));
        inputs(GoldenPath.firstMorning()).forEach(input -> told(input, never));

        // When
        var moved = new StoredState("staging", stores, new LedgerBytes(RateWindows.STANDARD));

        // Then
        List<Decision> decisions = new ArrayList<>();
        for (EnvironmentInput input : inputs(GoldenPath.secondMorning())) {
            List<Decision> expected = told(input, never);
            assertThat(told(input, moved)).as("%s", input).isEqualTo(expected);
            moved.commit();
            decisions.addAll(expected);
        }
        assertThat(decisions)
                .filteredOn(each -> each instanceof IncidentChanged)
                .hasSizeGreaterThan(5);
        try (KeyValueIterator<String, byte[]> left = heads.range("staging/", "staging/\uffff")) {
            left.forEachRemaining(each -> assertThat(each.key)
                    .doesNotContain("/summary/", "/histories/", "/causes/", "/incidents/", "/incidents-of-suite/"));
        }
    }

    private List<EnvironmentInput> inputs(List<GoldenPath.Run> morning) {
        List<EnvironmentInput> inputs = new ArrayList<>();
        for (GoldenPath.Run run : morning) {
            List<Contribution> contributions = new ArrayList<>();
            for (TestOutcome record : run.outcomes()) {
                Outcome outcome = FromRecords.outcome(record);
                SeriesState known = series.computeIfAbsent(outcome.series(), each -> perTest.begin());
                contributions.add(
                        asOfBefore(Contribution.of((Counted) perTest.next(outcome, outcome.endedAt(), runs, known))));
            }
            inputs.addAll(Contribution.sum(contributions, RateWindows.STANDARD));
            inputs.add(FromRecords.totals(run.totals()));
        }
        return inputs;
    }

    /** The version before named the same patterns by the first version of the normaliser. */
    private Contribution asOfBefore(Contribution now) {
        ErrorPattern pattern = now.pattern();
        ErrorPattern before = null;
        if (pattern != null) {
            before = ErrorPattern.of(1, pattern.type(), pattern.template(), pattern.generic());
            idsBefore.put(pattern.id(), before.id());
        }
        return new Contribution(
                now.series(),
                now.runId(),
                now.attempt(),
                now.status(),
                now.flaky(),
                now.startedAt(),
                now.endedAt(),
                now.durationMillis(),
                now.service(),
                now.revision(),
                now.probeKind(),
                now.tags(),
                before,
                now.sample(),
                now.details(),
                now.links(),
                now.absences().stream()
                        .map(each -> new Absence(idsBefore.get(each.patternId()), each.outcomesSince()))
                        .toList());
    }

    /**
     * What is told, without what nobody sees, and without the digest: it is another since the order of failures no longer matters for
     * it.
     */
    private List<Decision> told(EnvironmentInput input, EnvironmentState state) {
        List<Decision> decisions = new ArrayList<>();
        analysis.process(input, state, decisions::add);
        state.untold().take().forEach(mark -> analysis.tell(mark, state, decisions::add));
        return decisions.stream()
                .filter(decision -> !isOfAnotherSuite(decision, input))
                .map(decision -> decision instanceof IncidentChanged changed ? comparable(changed) : decision)
                .toList();
    }

    /** What the version before left does not fall due before its next outcome. */
    private static boolean isOfAnotherSuite(Decision decision, EnvironmentInput input) {
        return decision instanceof RateChanged rate
                && rate.scope().kind() == Scope.Kind.SUITE
                && input instanceof Delta delta
                && !rate.scope().name().equals(delta.suite());
    }

    private static IncidentChanged comparable(IncidentChanged changed) {
        Incident incident = changed.incident();
        return new IncidentChanged(
                new Incident(
                        incident.origin(),
                        incident.status(),
                        new Evidence(
                                incident.evidence().failures(),
                                incident.evidence().samples(),
                                ""),
                        incident.reach(),
                        new Standing(null, List.of()),
                        incident.breachIds().stream().sorted().toList(),
                        incident.deployment(),
                        incident.facts(),
                        incident.factCount(),
                        incident.notes()),
                changed.title(),
                changed.cause(),
                changed.tests(),
                changed.suites(),
                changed.journeys(),
                changed.severityReason());
    }

    private static void read(KeyValueStore<String, byte[]> heads) throws IOException {
        try (var in = new DataInputStream(EarlierStateTest.class.getResourceAsStream(FIRST_MORNING))) {
            while (in.available() > 0) {
                String key = in.readUTF();
                heads.put(key, in.readNBytes(in.readInt()));
            }
        }
    }
}
