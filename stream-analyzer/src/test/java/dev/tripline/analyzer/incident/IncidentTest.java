package dev.tripline.analyzer.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.analyzer.breach.Severity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final Instant T0 = Instant.parse("2025-09-11T15:00:00Z");
    private static final Incident OPENED = Incident.open(
            new Incident.Origin("i1", "staging", new Cause("p", null), T0, null, null, null, null, "because"),
            Severity.HIGH);

    @Test
    void keepsTheLastHundredFactsAndCountsAll() {
        Incident incident = OPENED;
        for (int i = 2; i <= 151; i++) {
            incident = incident.with(new Incident.Fact(T0.plusSeconds(i), "escalated", "fact " + i));
        }

        assertThat(incident.factCount()).isEqualTo(151);
        assertThat(incident.facts()).hasSize(100);
        assertThat(incident.firstFactNumber()).isEqualTo(52);
        assertThat(incident.facts().get(0).text()).isEqualTo("fact 52");
    }

    @Test
    void countsWhatIsKeptWhereTheCountIsMissing() {
        var old = new Incident(
                OPENED.origin(),
                OPENED.status(),
                OPENED.evidence(),
                OPENED.reach(),
                OPENED.standing(),
                OPENED.breachIds(),
                null,
                OPENED.facts(),
                0,
                OPENED.notes());

        assertThat(old).isEqualTo(OPENED);
        assertThat(old.firstFactNumber()).isEqualTo(1);
    }
}
