package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.AffectedTest;
import dev.tripline.events.Incident;
import dev.tripline.events.IncidentState;
import dev.tripline.events.Severity;
import dev.tripline.events.TestCondition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamesOfTestsTest {
    private static final Instant T0 = Instant.parse("2025-09-10T15:00:00Z");

    @Test
    void namesTheClassOnlyWhereTwoClassesHaveATestOfOneName() {
        // Given
        Incident incident = incident(
                test("login", "a.login", "pays"),
                test("login", "b.login", "pays"),
                test("login", "a.login", "ships"),
                test("stock", "a.stock", "pays"));

        // When
        var names = Records.view(incident).tests();

        // Then
        assertThat(names)
                .extracting(test -> test.suite() + ": " + test.test())
                .containsExactly("login: pays (a.login)", "login: pays (b.login)", "login: ships", "stock: pays");
    }

    private static AffectedTest test(String suite, String className, String test) {
        return AffectedTest.newBuilder()
                .setSuite(suite)
                .setClassName(className)
                .setTest(test)
                .setLocation("local")
                .setFailures(1)
                .setFirstFailedAt(T0)
                .setLastFailedAt(T0)
                .setCondition(TestCondition.FAILING)
                .build();
    }

    private static Incident incident(AffectedTest... tests) {
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
                .setTests(List.of(tests))
                .setSuites(List.of())
                .setJourneys(List.of())
                .setExpectedImpact(List.of())
                .setEvidence(List.of())
                .setFacts(List.of())
                .setNotes(List.of())
                .setEvidenceDigest("")
                .setReason("r")
                .build();
    }
}
