package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.events.AffectedSuite;
import dev.tripline.events.AffectedTest;
import dev.tripline.events.Deployment;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentFact;
import dev.tripline.events.IncidentState;
import dev.tripline.events.LastRun;
import dev.tripline.events.OutcomeRef;
import dev.tripline.events.OutcomeSample;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.Severity;
import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuspectedDeployment;
import dev.tripline.events.TestCondition;
import dev.tripline.events.TextBounds;
import dev.tripline.events.TrackedIssue;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.KnownIssue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");

    /** As in every service before its first record; else these tests fail when they are the first. */
    @BeforeAll
    static void trustsRecords() {
        assertThat(TextBounds.name("s", TextBounds.NAME)).isEqualTo("s");
    }

    /** Some kilobytes on the wire, some twenty megabytes in memory for as long as the sink ran. */
    @Test
    void keepsNoMoreOfAnIncidentThanAnIssueCanShow() {
        var test = new AffectedTest("s", "", "t", "l", 1L, T0, T0, TestCondition.FAILING, 0L);
        var facts = new ArrayList<IncidentFact>();
        for (int i = 1; i <= 5_000; i++) {
            facts.add(new IncidentFact(T0, "note", "x".repeat(20_000), (long) i));
        }
        Incident incident = incident()
                .setTitle("t".repeat(1_000_000))
                .setTests(Collections.nCopies(100_000, test))
                .setFacts(facts)
                .build();

        IncidentView view = Records.view(incident);

        assertThat(view.tests()).hasSize(250);
        assertThat(view.title()).hasSize(2_048);
        assertThat(view.facts()).hasSize(250).last().satisfies(fact -> {
            assertThat(fact.number()).isEqualTo(5_000);
            assertThat(fact.text()).hasSize(16_384);
        });
    }

    /** An id of 65,000 characters was filed, and ended the sink when its issue had a number. */
    @Test
    void takesNoIncidentWhoseMarkerNobodyCouldFindAgain() {
        assertThatThrownBy(() -> Records.view(
                        incident().setIncidentId("i".repeat(65_000)).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("incidentId: must have at most 1024 characters, got 65000");
    }

    /** It was moved to today's key at each start, did not fit into a record, and ended the sink. */
    @Test
    void takesNothingThatCouldNotBeWrittenAgain() {
        TrackedIssue ours = Records.record(KnownIssue.planned("i", "local", T0));
        TrackedIssue many = TrackedIssue.newBuilder(ours)
                .setLabels(Collections.nCopies(1_000_000, "aaaaa"))
                .build();
        TrackedIssue large = TrackedIssue.newBuilder(ours)
                .setLabels(List.of("a".repeat(1_000_000)))
                .build();

        assertThatThrownBy(() -> Records.known(many)).hasMessage("labels: must be at most 100, got 1000000");
        assertThatThrownBy(() -> Records.known(large))
                .hasMessage("labels: must have at most 256 characters, got 1000000");
    }

    private static Incident.Builder incident() {
        return Incident.newBuilder()
                .setIncidentId("i")
                .setEnvironment("staging")
                .setState(IncidentState.OPEN)
                .setSeverity(Severity.HIGH)
                .setPriority("P1")
                .setTitle("t")
                .setStartedAt(T0)
                .setOpenedAt(T0)
                .setUpdatedAt(T0)
                .setTests(List.of())
                .setSuites(List.of())
                .setJourneys(List.of())
                .setExpectedImpact(List.of())
                .setFacts(List.of())
                .setNotes(List.of())
                .setEvidence(List.of())
                .setEvidenceDigest("")
                .setReason("r");
    }

    @Test
    void keepsHowManyOutcomesOfTheLastRunDidNotCome() {
        Incident incident = incident()
                .setSuites(List.of(suite("told", 3L), suite("untold", null)))
                .build();

        assertThat(Records.view(incident).suites())
                .extracting(suite -> suite.lastRun().lost())
                .containsExactly(3L, null);
    }

    private static AffectedSuite suite(String name, Long lost) {
        return AffectedSuite.newBuilder()
                .setSuite(name)
                .setLastRun(LastRun.newBuilder()
                        .setSuite(name)
                        .setLocation("local")
                        .setSource("4f1c")
                        .setRun(7)
                        .setStartedAt(T0)
                        .setEndedAt(T0)
                        .setCounts(new StatusCounts(2L, 3L, 0L, 0L, 0L, 0L))
                        .setLost(lost)
                        .build())
                .build();
    }

    @Test
    void keepsThePageOfTheDeploymentTheBuildAndWhyItIsThatBad() {
        // Given
        var deployment = new Deployment("staging", "shop", "412", T0, "ci", "https://ci.example.com/412");
        var outcome = new OutcomeRef("checkout", "", "pays", "local", "4f1c", 7L, 1, T0);
        Incident incident = incident()
                .setSeverityReason("1 test in 1 suite: high from 1 suite")
                .setDeployment(new SuspectedDeployment(deployment, 0.5, "it came before"))
                .setEvidence(List.of(new OutcomeSample(
                        outcome,
                        OutcomeStatus.TIMED_OUT,
                        null,
                        "no answer",
                        "412",
                        Map.of("build", "https://ci.example.com/7"))))
                .build();

        // When
        IncidentView view = Records.view(incident);

        // Then
        assertThat(view.severityReason()).isEqualTo("1 test in 1 suite: high from 1 suite");
        assertThat(view.deployment())
                .isEqualTo(new IncidentView.Suspect(
                        "shop", "412", T0, "https://ci.example.com/412", 0.5, "it came before"));
        assertThat(view.evidence())
                .containsExactly(new IncidentView.Evidence(
                        "checkout",
                        "pays",
                        "local",
                        "4f1c/7/1",
                        "timed out",
                        T0,
                        null,
                        "no answer",
                        "412",
                        new TreeMap<>(Map.of("build", "https://ci.example.com/7"))));
    }
}
