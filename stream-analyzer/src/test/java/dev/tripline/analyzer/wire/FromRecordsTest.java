package dev.tripline.analyzer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FromRecordsTest {
    /** Others that publish may split {@code Password: hunter2x9} into a type and a message. */
    @ParameterizedTest
    @ValueSource(strings = {"Password", "Secret", "ApiKey"})
    void masksAMessageThatIsTheValueOfItsType(String type) {
        TestOutcome record = TestOutcome.newBuilder()
                .setEnvironment("staging")
                .setSuite("login")
                .setTest("test_jwt")
                .setLocation("eu")
                .setSource("agent-1")
                .setRun(1)
                .setAttempt(1)
                .setStatus(OutcomeStatus.FAILED)
                .setStartedAt(Instant.EPOCH)
                .setEndedAt(Instant.EPOCH)
                .setProbeKind("junit")
                .setFailure(Failure.newBuilder()
                        .setType(type)
                        .setMessage("hunter2x9")
                        .build())
                .build();

        Outcome outcome = FromRecords.outcome(record);

        assertThat(outcome.failureMessage()).isEqualTo("<masked:password>");
    }
}
