package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.TestOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PutAsideTest {
    private static final Instant NOW = Instant.parse("2025-09-11T08:00:00Z");

    private final PutAside putAside = new PutAside(InstantSource.fixed(NOW));

    @Test
    void whatIsMuchOlderThanItsSuiteIsLateUnlessSomethingOfItsRunCounts() {
        Instant old = NOW.minus(Duration.ofHours(49));
        add("s", "a", "here", 1, old);
        add("s", "a", "here", 2, NOW);
        add("s", "b", "here", 1, old);
        add("s", "b", "here", 1, old.minus(Duration.ofDays(9)));
        add("other", "b", "here", 3, old);
        assertThat(told()).isEmpty();

        add("s", "c", "here", 4, old);
        add("s", "b", "elsewhere", 1, old);
        assertThat(told())
                .singleElement()
                .asString()
                .contains("2 outcomes end more than 2 days before another of the same suite in this call", "s / c");
        assertThat(told()).isEmpty();
    }

    @Test
    void whatEndsInTheFutureMovesNobodysTime() {
        add("s", "a", "here", 1, NOW.plus(Duration.ofDays(30)));
        add("s", "a", "here", 2, NOW);
        assertThat(told()).singleElement().asString().contains("1 outcome ends more than 5 min in the future");
    }

    private void add(String suite, String test, String location, long run, Instant endedAt) {
        putAside.add(TestOutcome.newBuilder()
                .setEnvironment("staging")
                .setSuite(suite)
                .setTest(test)
                .setLocation(location)
                .setSource("report")
                .setRun(run)
                .setStatus(OutcomeStatus.PASSED)
                .setStartedAt(endedAt)
                .setEndedAt(endedAt)
                .build());
    }

    private List<String> told() {
        return putAside.tell(List.of(Path.of("report.xml")));
    }
}
