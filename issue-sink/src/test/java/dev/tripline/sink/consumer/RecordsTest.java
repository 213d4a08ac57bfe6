package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.Deployment;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentState;
import dev.tripline.events.OutcomeRef;
import dev.tripline.events.OutcomeSample;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.Severity;
import dev.tripline.events.SuspectedDeployment;
import dev.tripline.sink.filing.IncidentView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");

    @Test
    void keepsThePageOfTheDeploymentTheBuildAndWhyItIsThatBad() {
        // Given
        var deployment = new Deployment("staging", "shop", "412", T0, "ci", "https://ci.example.com/412");
        var outcome = new OutcomeRef("checkout", "", "pays", "local", "4f1c", 7L, 1, T0);
        Incident incident = Incident.newBuilder()
                .setIncidentId("i")
                .setEnvironment("staging")
                .setState(IncidentState.OPEN)
                .setSeverity(Severity.HIGH)
                .setSeverityReason("1 test in 1 suite: high from 1 suite")
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
                .setDeployment(new SuspectedDeployment(deployment, 0.5, "it came before"))
                .setEvidence(List.of(new OutcomeSample(
                        outcome,
                        OutcomeStatus.TIMED_OUT,
                        null,
                        "no answer",
                        "412",
                        Map.of("build", "https://ci.example.com/7"))))
                .setEvidenceDigest("")
                .setReason("r")
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
